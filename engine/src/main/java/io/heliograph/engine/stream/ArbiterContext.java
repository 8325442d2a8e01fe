// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * How a subscription arbitrates: its stream, its bounds.
 *
 * <p><b>Thread:</b> immutable.
 *
 * @param streamId the stream's id in the topology.
 * @param lineNames the lines that bring its packets, in their order: A, B and so on.
 * @param join where to begin.
 * @param reorderNs how long a gap may stay open before it is given up, ns.
 * @param budgetNs how long an epoch that was followed by another is waited for, ns.
 * @param staleNs after how long a silence the quality is STALE, ns.
 * @param skewNs how much later than another one a line may constantly be, ns; {@link #HALF_OF_REORDER}, or 0 where nobody is told.
 * @param hasSeals whether the stream's ranges are sealed, and so what is delivered is checked.
 * @param windowPackets how many packets may wait for their turn.
 * @param windowBytes how many octets may wait for their turn; rounded up to a power of two.
 */
public record ArbiterContext(
        int streamId,
        List<String> lineNames,
        Join join,
        long reorderNs,
        long budgetNs,
        long staleNs,
        long skewNs,
        boolean hasSeals,
        int windowPackets,
        int windowBytes) {
    /** Where a subscription begins. */
    public enum Join {
        /** With the first packet that comes, whatever its number. */
        LIVE,
        /** With message 1 of the first epoch that is heard: what came before the join is a gap. */
        START,
        /** Where the {@link GapRepair} says, which then brings all up to what the lines bring. */
        REPLAY
    }

    /** A line may constantly be late by half of the reorder time: then the other half is left to make good for a loss. */
    public static final long HALF_OF_REORDER = -1;

    /** The default time that a gap may stay open: Aeron's NAK backs off up to 10 ms, and repairs one gap at a time. */
    public static final long DEFAULT_REORDER_NS = TimeUnit.MILLISECONDS.toNanos(250);

    /** The default time that an unfinished epoch is waited for. */
    public static final long DEFAULT_BUDGET_NS = TimeUnit.SECONDS.toNanos(1);

    /** Five heartbeats of an idle stream. */
    public static final long DEFAULT_STALE_NS = TimeUnit.MILLISECONDS.toNanos(500);

    /** 250 ms at 65,000 packets/s, or 40 ms at the 400,000/s of a full line. */
    public static final int DEFAULT_WINDOW_PACKETS = 16 * 1024;

    /** The default of packets, each of 1,376 octets, and room to spare. */
    public static final int DEFAULT_WINDOW_BYTES = 32 * 1024 * 1024;

    /**
     * The defaults for a stream.
     *
     * @param streamId the stream's id in the topology.
     * @param lineCount lines that bring its packets.
     * @return a context that joins live.
     */
    public static ArbiterContext of(int streamId, int lineCount) {
        return new ArbiterContext(
                streamId,
                names(lineCount),
                Join.LIVE,
                DEFAULT_REORDER_NS,
                DEFAULT_BUDGET_NS,
                DEFAULT_STALE_NS,
                HALF_OF_REORDER,
                true,
                DEFAULT_WINDOW_PACKETS,
                DEFAULT_WINDOW_BYTES);
    }

    /**
     * The same with another beginning.
     *
     * @param other where to begin.
     * @return a changed copy.
     */
    public ArbiterContext join(Join other) {
        return new ArbiterContext(
                streamId, lineNames, other, reorderNs, budgetNs, staleNs, skewNs, hasSeals, windowPackets, windowBytes);
    }

    /**
     * The same with other times.
     *
     * @param otherReorderNs how long a gap may stay open, ns.
     * @param otherBudgetNs how long an unfinished epoch is waited for, ns.
     * @return a changed copy.
     */
    public ArbiterContext times(long otherReorderNs, long otherBudgetNs) {
        return new ArbiterContext(
                streamId,
                lineNames,
                join,
                otherReorderNs,
                otherBudgetNs,
                staleNs,
                skewNs,
                hasSeals,
                windowPackets,
                windowBytes);
    }

    /**
     * The same with another window.
     *
     * @param packets how many packets may wait for their turn.
     * @param bytes how many octets may wait for their turn.
     * @return a changed copy.
     */
    public ArbiterContext window(int packets, int bytes) {
        return new ArbiterContext(
                streamId, lineNames, join, reorderNs, budgetNs, staleNs, skewNs, hasSeals, packets, bytes);
    }

    /**
     * The same with or without a check of seals.
     *
     * @param value false for a stream with seals="off".
     * @return a changed copy.
     */
    public ArbiterContext seals(boolean value) {
        return new ArbiterContext(
                streamId, lineNames, join, reorderNs, budgetNs, staleNs, skewNs, value, windowPackets, windowBytes);
    }

    /**
     * The same with lines of other names, where a host does not see all lines of its site.
     *
     * @param names of the lines, in their order.
     * @return a changed copy.
     */
    public ArbiterContext lineNames(List<String> names) {
        return new ArbiterContext(
                streamId,
                List.copyOf(names),
                join,
                reorderNs,
                budgetNs,
                staleNs,
                skewNs,
                hasSeals,
                windowPackets,
                windowBytes);
    }

    /**
     * The same with another bound of skew.
     *
     * @param ns how much later than another one a line may constantly be; {@link #HALF_OF_REORDER}, or 0: nobody is told.
     * @return a changed copy.
     */
    public ArbiterContext skew(long ns) {
        return new ArbiterContext(
                streamId, lineNames, join, reorderNs, budgetNs, staleNs, ns, hasSeals, windowPackets, windowBytes);
    }

    /**
     * How much later than another one a line may constantly be.
     *
     * @return ns; 0 where nobody is told.
     */
    long skewBoundNs() {
        return skewNs == HALF_OF_REORDER ? reorderNs / 2 : skewNs;
    }

    /**
     * How long a gap may stay open where somebody fetches what no line brings.
     *
     * @return ns.
     */
    long repairedNs() {
        return Math.max(budgetNs, reorderNs);
    }

    private static List<String> names(int count) {
        List<String> names = new ArrayList<>();
        for (int line = 0; line < count; line++) {
            names.add(String.valueOf((char) ('A' + line)));
        }
        return List.copyOf(names);
    }
}

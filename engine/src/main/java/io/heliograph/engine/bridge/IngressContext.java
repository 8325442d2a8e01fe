// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.bridge;

import io.heliograph.engine.priority.Marks;
import io.heliograph.engine.priority.PriorityTimes;
import java.util.concurrent.TimeUnit;

/**
 * How an ingress uses its paths.
 *
 * <p><b>Thread:</b> immutable.
 *
 * @param use which of the available paths carry a stream.
 * @param isSkipping whether an egress may leave out what is old: then its gaps are taken at once.
 * @param times how patient the choice of a path is.
 * @param highMark messages that wait at a path's other end from which on it is busy; {@link Long#MAX_VALUE}: never.
 * @param lowMark messages at which it no longer is.
 * @param gapNs so long another path is given to bring what one says is lost, ns.
 * @param penaltyNs so long a stream is not pulled over a path that brought what cannot be, ns.
 * @param creditOctets what all streams together may have on their way over all paths, where there are few.
 * @param quietNs a stream of which nothing was heard for so long is not said to live, ns.
 */
public record IngressContext(
        Use use,
        boolean isSkipping,
        PriorityTimes times,
        long highMark,
        long lowMark,
        long gapNs,
        long penaltyNs,
        int creditOctets,
        long quietNs) {
    /** What streams may have on their way where no path says that it needs more. */
    public static final int USUAL_CREDIT = 16 << 20;

    /** What they may have where paths need most. */
    private static final int MOST_CREDIT = 512 << 20;

    /** Which of the available paths of the best level carry a stream. */
    public enum Use {
        /** One carries all, the others wait. */
        FAILOVER,
        /** Each stream goes over one of them, so that they share the load. */
        SPREAD,
        /** Each stream goes over all of them; what comes first is taken. */
        HEDGE
    }

    /**
     * The same, with another patience.
     *
     * @param patience as {@code times} above.
     * @return a changed copy.
     */
    public IngressContext with(PriorityTimes patience) {
        return new IngressContext(
                use, isSkipping, patience, highMark, lowMark, gapNs, penaltyNs, creditOctets, quietNs);
    }

    /**
     * The same, with other marks.
     *
     * @param marks as {@code highMark} and {@code lowMark} above.
     * @return a changed copy.
     */
    public IngressContext with(Marks marks) {
        return new IngressContext(
                use, isSkipping, times, marks.high(), marks.low(), gapNs, penaltyNs, creditOctets, quietNs);
    }

    /**
     * The same, with room for what paths carry in a round trip: half as much again, because credit is given back by the quarter.
     *
     * @param octets that those paths have on their way which are used together.
     * @return a changed copy.
     */
    public IngressContext withOnTheWay(long octets) {
        int needed = (int) Math.min(MOST_CREDIT, octets + octets / 2);
        return new IngressContext(
                use, isSkipping, times, highMark, lowMark, gapNs, penaltyNs, Math.max(creditOctets, needed), quietNs);
    }

    /**
     * The defaults: back after 5 s, a gap is asked for elsewhere for 1 s, a penalty lasts 5 s; no path is ever busy.
     *
     * @param use as above.
     * @param isSkipping as above.
     * @return the context.
     */
    public static IngressContext of(Use use, boolean isSkipping) {
        return new IngressContext(
                use,
                isSkipping,
                PriorityTimes.DEFAULT,
                Long.MAX_VALUE,
                0,
                TimeUnit.SECONDS.toNanos(1),
                TimeUnit.SECONDS.toNanos(5),
                USUAL_CREDIT,
                TimeUnit.SECONDS.toNanos(1));
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

import io.heliograph.engine.wire.BufferCrc;
import io.heliograph.engine.wire.PacketFlyweight;
import java.util.List;
import org.agrona.DirectBuffer;

/**
 * Compares what was delivered with what the publisher's seals say of it.
 *
 * <p>Ranges begin at a multiple of {@link #RANGE} plus 1, so that any holder can begin at any of them. A seal is checked
 * when its range was delivered whole and nothing behind it yet; the other lines' copies of it change nothing. One that is ahead of
 * what was delivered is kept until that comes to it, and says nothing about those before it.
 *
 * <p><b>Thread:</b> one owner: the thread that polls.
 *
 * <p><b>Allocation:</b> none after construction but {@link BufferCrc}'s views.
 */
public final class SealCheck {
    /** Messages of a range. */
    static final int RANGE = 4096;

    /** So many seals may be ahead of what was delivered: 65,536 messages. */
    private static final int MAX_AHEAD = 16;

    private static final long NONE_AHEAD = Long.MAX_VALUE;

    private final BufferCrc crc = new BufferCrc();
    private final StreamStatistics statistics;
    private final Mismatches mismatches;
    private final long[] aheadFirsts = new long[MAX_AHEAD];
    private final long[] aheadLasts = new long[MAX_AHEAD];
    private final int[] aheadCrcs = new int[MAX_AHEAD];
    private final int[] aheadLines = new int[MAX_AHEAD];
    private int ahead;
    /** The sequence behind the nearest seal that is ahead. */
    private long aheadNext = NONE_AHEAD;

    private long rangeFirst;
    private long next;
    private boolean isWhole;
    private long sealed;
    private boolean isSealUnchecked;

    /** Told of a seal that differs from what was delivered. */
    @FunctionalInterface
    public interface Mismatches {
        /**
         * A seal differs.
         *
         * @param first message of its range.
         * @param last message of it.
         * @param line that brought the seal.
         */
        void onSealMismatch(long first, long last, int line);
    }

    /**
     * A check of its own, beside no subscription.
     *
     * @param mismatches told of seals that differ.
     */
    public SealCheck(Mismatches mismatches) {
        this(new StreamStatistics(List.of()), mismatches);
    }

    SealCheck(StreamStatistics statistics, Mismatches mismatches) {
        this.statistics = statistics;
        this.mismatches = mismatches;
    }

    /** A numbering begins, or something was lost: what comes next is {@code sequence}. */
    void restart(long sequence) {
        next = sequence;
        rangeFirst = firstOfRange(sequence);
        isWhole = sequence == rangeFirst;
        crc.reset();
        if (sequence >= aheadNext) {
            onReached();
        }
    }

    /**
     * A new epoch: seals of the old one are no longer awaited.
     *
     * @param sequence that comes first.
     */
    public void onEpoch(long sequence) {
        sealed = 0;
        isSealUnchecked = false;
        ahead = 0;
        aheadNext = NONE_AHEAD;
        restart(sequence);
    }

    /**
     * Messages were delivered.
     *
     * @param buffer holds their prefixes and bodies.
     * @param offset of the first.
     * @param length of all in octets.
     * @param first sequence.
     * @param end the sequence behind the last.
     */
    public void onDelivered(DirectBuffer buffer, int offset, int length, long first, long end) {
        if (first != next) {
            restart(first);
        }
        long range = firstOfRange(first);
        if (range != rangeFirst) {
            rangeFirst = range;
            isWhole = first == range;
            crc.reset();
        }
        if (end - range <= RANGE) {
            crc.update(buffer, offset, length);
            next = end;
            if (end >= aheadNext) {
                onReached();
            }
        } else {
            onDeliveredAcrossRanges(buffer, offset, length, first, end);
        }
    }

    /**
     * A line has brought a seal.
     *
     * @param first message of its range.
     * @param last message of it.
     * @param sealedCrc what it states.
     * @param line that brought it.
     */
    public void onSeal(long first, long last, int sealedCrc, int line) {
        if (last >= next) {
            keep(first, last, sealedCrc, line);
        } else if (last > sealed || (last == sealed && isSealUnchecked)) {
            check(first, last, sealedCrc, line);
        }
    }

    /**
     * Seals whose range was delivered whole.
     *
     * @return those that were right.
     */
    public long checked() {
        return statistics.sealsChecked;
    }

    private void check(long first, long last, int sealedCrc, int line) {
        boolean isCheckable = isWhole && first == rangeFirst && last + 1 == next;
        if (!isCheckable) {
            if (last > sealed) {
                sealed = last;
                isSealUnchecked = true;
                statistics.sealsUnchecked++;
            }
            return;
        }
        if (last == sealed) {
            statistics.sealsUnchecked--;
        }
        sealed = last;
        isSealUnchecked = false;
        if (crc.value() == sealedCrc) {
            statistics.sealsChecked++;
        } else {
            statistics.sealMismatches++;
            mismatches.onSealMismatch(first, last, line);
        }
    }

    /** Until it is reached; the nearest first, each once. */
    private void keep(long first, long last, int sealedCrc, int line) {
        int at = ahead;
        while (at > 0 && aheadLasts[at - 1] >= last) {
            at--;
        }
        if (at < ahead && aheadLasts[at] == last) {
            return;
        }
        if (ahead == MAX_AHEAD) {
            // The farthest is left: another copy of it may come nearer its time.
            if (at == MAX_AHEAD) {
                return;
            }
            ahead--;
        }
        for (int i = ahead; i > at; i--) {
            move(i - 1, i);
        }
        aheadFirsts[at] = first;
        aheadLasts[at] = last;
        aheadCrcs[at] = sealedCrc;
        aheadLines[at] = line;
        ahead++;
        aheadNext = aheadLasts[0] + 1;
    }

    private void onReached() {
        int reached = 0;
        while (reached < ahead && aheadLasts[reached] < next) {
            long last = aheadLasts[reached];
            if (last > sealed || (last == sealed && isSealUnchecked)) {
                check(aheadFirsts[reached], last, aheadCrcs[reached], aheadLines[reached]);
            }
            reached++;
        }
        for (int i = reached; i < ahead; i++) {
            move(i, i - reached);
        }
        ahead -= reached;
        aheadNext = ahead == 0 ? NONE_AHEAD : aheadLasts[0] + 1;
    }

    private void move(int from, int to) {
        aheadFirsts[to] = aheadFirsts[from];
        aheadLasts[to] = aheadLasts[from];
        aheadCrcs[to] = aheadCrcs[from];
        aheadLines[to] = aheadLines[from];
    }

    static long firstOfRange(long sequence) {
        return ((sequence - 1) & -RANGE) + 1;
    }

    /** Our publishers close a packet at a range's end; another might not. */
    private void onDeliveredAcrossRanges(DirectBuffer buffer, int offset, int length, long first, long end) {
        long boundary = firstOfRange(first) + RANGE;
        int position = PacketFlyweight.skipMessages(buffer, offset, boundary - first);
        crc.update(buffer, offset, position - offset);
        next = boundary;
        if (boundary >= aheadNext) {
            onReached();
        }
        onDelivered(buffer, position, length - (position - offset), boundary, end);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

import io.heliograph.engine.wire.PacketFlyweight;
import org.agrona.DirectBuffer;

/**
 * Compares what was delivered with what the publisher's seals say of it.
 *
 * <p>Ranges begin at a multiple of {@link #RANGE} plus 1, so that any holder can begin at any of them. A seal is checked
 * when its range was delivered whole and nothing behind it yet; the other lines' copies of it change nothing.
 *
 * <p><b>Thread:</b> one owner: the thread that polls.
 *
 * <p><b>Allocation:</b> none after construction but {@link RangeCrc}'s views.
 */
final class SealCheck {
    /** Messages of a range. */
    static final int RANGE = 4096;

    private final RangeCrc crc = new RangeCrc();
    private final StreamStatistics statistics;
    private long rangeFirst;
    private long next;
    private boolean isWhole;
    private long sealed;
    private boolean isSealUnchecked;

    SealCheck(StreamStatistics statistics) {
        this.statistics = statistics;
    }

    /** A numbering begins, or something was lost: what comes next is {@code sequence}. */
    void restart(long sequence) {
        next = sequence;
        rangeFirst = firstOfRange(sequence);
        isWhole = sequence == rangeFirst;
        crc.reset();
    }

    /** A new epoch: seals of the old one are no longer awaited. */
    void onEpoch(long sequence) {
        sealed = 0;
        isSealUnchecked = false;
        restart(sequence);
    }

    /** Messages {@code first} to {@code end - 1} were delivered; their prefixes and bodies are these octets. */
    void onDelivered(DirectBuffer buffer, int offset, int length, long first, long end) {
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
        } else {
            onDeliveredAcrossRanges(buffer, offset, length, first, end);
        }
    }

    /**
     * A seal has come.
     *
     * @return false when the range was delivered whole and its CRC is another.
     */
    boolean onSeal(long first, long last, int sealedCrc) {
        if (last < sealed || (last == sealed && !isSealUnchecked)) {
            return true;
        }
        boolean isCheckable = isWhole && first == rangeFirst && last + 1 == next;
        if (!isCheckable) {
            if (last > sealed) {
                sealed = last;
                isSealUnchecked = true;
                statistics.sealsUnchecked++;
            }
            return true;
        }
        if (last == sealed) {
            statistics.sealsUnchecked--;
        }
        sealed = last;
        isSealUnchecked = false;
        if (crc.value() == sealedCrc) {
            statistics.sealsChecked++;
            return true;
        }
        statistics.sealMismatches++;
        return false;
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
        onDelivered(buffer, position, length - (position - offset), boundary, end);
    }
}

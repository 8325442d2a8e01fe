// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.journal;

import io.heliograph.engine.wire.BufferCrc;
import io.heliograph.engine.wire.ControlFlyweight;
import io.heliograph.engine.wire.PacketFlyweight;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Checks seals against the messages before them.
 *
 * <p><b>Thread:</b> one owner.
 */
final class SealTally {
    /** Messages of a range; ranges begin at a multiple of it plus 1. */
    private static final int RANGE = 4096;

    private final BufferCrc crc = new BufferCrc();
    private long epoch = JournalEnd.NULL_EPOCH;
    private long rangeFirst;
    private long next;
    private boolean isWhole;
    private long checked;
    private long unchecked;
    private long mismatches;

    /** A data packet, from 0 on. */
    void onData(UnsafeBuffer packet, int length) {
        long sequence = PacketFlyweight.sequence(packet, 0);
        long end = sequence + PacketFlyweight.count(packet, 0);
        if (PacketFlyweight.epoch(packet, 0) != epoch || sequence != next) {
            epoch = PacketFlyweight.epoch(packet, 0);
            begin(sequence);
        }
        int from = PacketFlyweight.HEADER_LENGTH;
        long first = sequence;
        while (first < end) {
            if (firstOfRange(first) != rangeFirst) {
                begin(first);
            }
            long behind = Math.min(end, rangeFirst + RANGE);
            int to = behind == end ? length : PacketFlyweight.skipMessages(packet, from, behind - first);
            crc.update(packet, from, to - from);
            from = to;
            first = behind;
        }
        next = end;
    }

    /** A seal; false when its range was read whole and differs. */
    boolean onSeal(UnsafeBuffer packet) {
        long first = ControlFlyweight.sealFirst(packet, 0);
        long last = ControlFlyweight.sealLast(packet, 0);
        boolean isCheckable =
                PacketFlyweight.epoch(packet, 0) == epoch && isWhole && first == rangeFirst && last + 1 == next;
        if (!isCheckable) {
            unchecked++;
            return true;
        }
        if (crc.value() == ControlFlyweight.sealCrc(packet, 0)) {
            checked++;
            return true;
        }
        mismatches++;
        return false;
    }

    long checked() {
        return checked;
    }

    long unchecked() {
        return unchecked;
    }

    long mismatches() {
        return mismatches;
    }

    private void begin(long sequence) {
        rangeFirst = firstOfRange(sequence);
        isWhole = sequence == rangeFirst;
        crc.reset();
    }

    private static long firstOfRange(long sequence) {
        return ((sequence - 1) & -RANGE) + 1;
    }
}

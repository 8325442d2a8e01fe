// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

import static io.heliograph.engine.wire.PacketFlyweight.HEADER_LENGTH;

import io.heliograph.engine.wire.BufferCrc;
import io.heliograph.engine.wire.ControlFlyweight;
import io.heliograph.engine.wire.PacketFlyweight;
import io.heliograph.engine.wire.PacketKind;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * States what was sent: the CRC-32C of each range of {@link SealCheck#RANGE} messages, and of the range begun when asked.
 *
 * <p>The packet that ends a range is closed there, so one CRC call a packet is enough.
 *
 * <p><b>Thread:</b> one owner: the publication's thread.
 *
 * <p><b>Allocation:</b> none after construction.
 */
final class SealBuilder {
    private final BufferCrc crc = new BufferCrc();
    private long rangeFirst;
    private long next;
    private long sealedNext;
    /** Who goes on in the midst of a range has not its beginning: nobody seals that one. */
    private boolean isPart;

    /**
     * @param first sequence of the first message.
     */
    SealBuilder(long first) {
        rangeFirst = SealCheck.firstOfRange(first);
        next = first;
        sealedNext = first;
        isPart = first != rangeFirst;
    }

    /** A packet leaves: its messages become part of the range. */
    void onPacket(PacketBuilder packet) {
        long range = SealCheck.firstOfRange(packet.first());
        if (range != rangeFirst) {
            rangeFirst = range;
            isPart = false;
            crc.reset();
        }
        crc.update(packet.buffer(), HEADER_LENGTH, packet.length() - HEADER_LENGTH);
        next = packet.first() + packet.count();
    }

    /** Whether the range is complete and no seal was written for it. */
    boolean isRangeComplete() {
        return next - rangeFirst == SealCheck.RANGE && isBegun();
    }

    /** Whether messages were sent that no seal covers, and one can. */
    boolean isBegun() {
        return sealedNext != next && !isPart;
    }

    /** Writes the seal of all of the range that was sent; the header but sequence, time and kind is in place. */
    void write(UnsafeBuffer packet, long sentEpochNs) {
        PacketFlyweight.sequence(packet, 0, next);
        PacketFlyweight.sentEpochNs(packet, 0, sentEpochNs);
        PacketFlyweight.count(packet, 0, 0);
        PacketFlyweight.kind(packet, 0, PacketKind.SEAL);
        ControlFlyweight.seal(packet, 0, rangeFirst, next - 1, crc.value());
        sealedNext = next;
    }
}

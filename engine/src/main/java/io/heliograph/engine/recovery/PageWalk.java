// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.recovery;

import io.heliograph.engine.wire.BufferCrc;
import io.heliograph.engine.wire.PacketFlyweight;
import io.heliograph.engine.wire.PacketFraming;
import io.heliograph.engine.wire.ReplayPageFlyweight;
import org.agrona.DirectBuffer;

/**
 * Checks a page whole, before anything of it is believed, and hands out its packets.
 *
 * <p><b>Thread:</b> one owner: the thread that runs the recovery.
 */
final class PageWalk {
    /** Takes packets of a page. */
    @FunctionalInterface
    interface PacketTaker {
        /**
         * A packet whose framing was checked.
         *
         * @return false when no further one is wanted.
         */
        boolean onPacket(DirectBuffer buffer, int offset, int length);
    }

    private final BufferCrc crc = new BufferCrc();
    private final int stream;

    PageWalk(int stream) {
        this.stream = stream;
    }

    /** Whether a page is whole, of the stream, and as it was sent; and every packet in it. */
    boolean isWhole(DirectBuffer page, int offset, int length) {
        if (ReplayPageFlyweight.check(page, offset, length) != ReplayPageFlyweight.OK
                || ReplayPageFlyweight.stream(page, offset) != stream
                || crc(page, offset, length) != ReplayPageFlyweight.crc(page, offset)) {
            return false;
        }
        int at = offset + ReplayPageFlyweight.PACKETS_OFFSET;
        for (int left = ReplayPageFlyweight.count(page, offset); left > 0; left--) {
            int packet = at + ReplayPageFlyweight.LENGTH_PREFIX;
            int packetLength = ReplayPageFlyweight.packetLength(page, at);
            if (PacketFraming.check(page, packet, packetLength) != PacketFraming.OK
                    || PacketFlyweight.stream(page, packet) != stream) {
                return false;
            }
            at = packet + packetLength;
        }
        return true;
    }

    /** Hands out the packets of a page that is whole. */
    static void walk(DirectBuffer page, int offset, PacketTaker taker) {
        int at = offset + ReplayPageFlyweight.PACKETS_OFFSET;
        for (int left = ReplayPageFlyweight.count(page, offset); left > 0; left--) {
            int packet = at + ReplayPageFlyweight.LENGTH_PREFIX;
            int packetLength = ReplayPageFlyweight.packetLength(page, at);
            if (!taker.onPacket(page, packet, packetLength)) {
                return;
            }
            at = packet + packetLength;
        }
    }

    /** The CRC-32C of what follows a page's header. */
    int crc(DirectBuffer page, int offset, int length) {
        return crc.of(page, offset + ReplayPageFlyweight.PACKETS_OFFSET, length - ReplayPageFlyweight.PACKETS_OFFSET);
    }
}

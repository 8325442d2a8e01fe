// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.wire;

import static io.heliograph.engine.wire.PacketFlyweight.HEADER_LENGTH;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Makes a packet of some of another one's messages, under a header of its own: what is left of one that is old in part, or
 * what of it fills a gap.
 *
 * <p><b>Thread:</b> static functions over bytes; any thread that may touch the bytes.
 *
 * <p><b>Allocation:</b> none.
 */
public final class PacketCut {
    private PacketCut() {}

    /**
     * Copies messages {@code first} to {@code end - 1} of a data packet whose framing was checked and that has all of them.
     *
     * @param from holds the packet.
     * @param offset of its first octet.
     * @param first sequence of the first message that is wanted.
     * @param end sequence behind the last one, {@code first + 1} and up.
     * @param to receives the packet at index 0: {@link PacketFlyweight#MAX_PACKET_LENGTH} octets are always enough.
     * @return the length of the new packet in octets.
     */
    public static int messages(DirectBuffer from, int offset, long first, long end, MutableDirectBuffer to) {
        long sequence = PacketFlyweight.sequence(from, offset);
        int begin = PacketFlyweight.skipMessages(from, offset + HEADER_LENGTH, first - sequence);
        int behind = PacketFlyweight.skipMessages(from, begin, end - first);
        to.putBytes(0, from, offset, HEADER_LENGTH);
        to.putBytes(HEADER_LENGTH, from, begin, behind - begin);
        PacketFlyweight.sequence(to, 0, first);
        PacketFlyweight.count(to, 0, (int) (end - first));
        return HEADER_LENGTH + behind - begin;
    }

    /**
     * Writes a {@link PacketKind#GAP} packet.
     *
     * @param to receives it at index 0: {@link ControlFlyweight#GAP_LENGTH} octets.
     * @param stream the stream's id.
     * @param epoch 0 to 2^32 - 1.
     * @param first sequence that is lost.
     * @param last sequence that is lost.
     * @param sentEpochNs of the packet before it, so that times go on as the sequences do; ns since the Unix epoch.
     * @return its length in octets.
     */
    public static int gap(MutableDirectBuffer to, int stream, long epoch, long first, long last, long sentEpochNs) {
        PacketFlyweight.init(to, 0, stream, epoch, 0);
        PacketFlyweight.sequence(to, 0, first);
        PacketFlyweight.sentEpochNs(to, 0, sentEpochNs);
        PacketFlyweight.kind(to, 0, PacketKind.GAP);
        ControlFlyweight.gapLast(to, 0, last);
        return ControlFlyweight.GAP_LENGTH;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

import static io.heliograph.engine.wire.PacketFlyweight.HEADER_LENGTH;
import static io.heliograph.engine.wire.PacketFlyweight.MAX_PACKET_LENGTH;
import static io.heliograph.engine.wire.PacketFlyweight.VERSION_AND_DATA;

import io.heliograph.engine.wire.PacketFlyweight;
import java.lang.invoke.VarHandle;
import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Between a line and its arbiter: a packet lies in memory of the driver's, which writes that anew beneath a reader that it has
 * left behind. One that pauses in mid-packet would find zeros, or other messages, under the numbers of the first. So what is not
 * all old is copied out, and believed only if the header still is what it was once the copy is made: the driver clears its
 * memory from lower addresses to higher ones before it writes it again.
 *
 * <p><b>Thread:</b> one owner: the thread that polls.
 *
 * <p><b>Allocation:</b> none after construction.
 */
public final class SteadyPackets {
    private static final int SECOND_WORD = 16;
    private static final int THIRD_WORD = 24;
    private static final int ALIGNMENT = 64;

    private final UnsafeBuffer packet =
            new UnsafeBuffer(BufferUtil.allocateDirectAligned(MAX_PACKET_LENGTH, ALIGNMENT));

    /**
     * Hands an arbiter what a line has brought.
     *
     * @param to the stream's.
     * @param line 0 and up.
     * @param buffer holds the packet; it may be written anew at any time.
     * @param offset of the packet's first octet.
     * @param length of the packet in octets.
     */
    public void hand(Arbiter to, int line, DirectBuffer buffer, int offset, int length) {
        if (length < HEADER_LENGTH || length > MAX_PACKET_LENGTH || isAllOld(to, buffer, offset)) {
            to.onPacket(line, buffer, offset, length);
            return;
        }
        buffer.getBytes(offset, packet, 0, length);
        VarHandle.loadLoadFence();
        if (isAsItWas(buffer, offset)) {
            to.onPacket(line, packet, 0, length);
        } else {
            to.refuse(line, DropReason.WRITTEN_ANEW);
        }
    }

    /** Nearly half of what two lines bring; nothing but the header of such a packet is looked at. */
    private static boolean isAllOld(Arbiter to, DirectBuffer buffer, int offset) {
        long sourceToKind = PacketFlyweight.sourceToKind(buffer, offset);
        int count = (int) (sourceToKind >>> PacketFlyweight.COUNT_SHIFT) & 0xFFFF;
        long sequence = PacketFlyweight.sequence(buffer, offset);
        return sequence > 0
                && sequence + count <= to.nextSequence()
                && PacketFlyweight.streamAndEpoch(buffer, offset) == to.streamAndEpoch()
                && sourceToKind >>> PacketFlyweight.VERSION_AND_KIND_SHIFT == VERSION_AND_DATA;
    }

    private boolean isAsItWas(DirectBuffer buffer, int offset) {
        long first = packet.getLong(0);
        long second = packet.getLong(SECOND_WORD);
        long third = packet.getLong(THIRD_WORD);
        return first == buffer.getLong(offset)
                && second == buffer.getLong(offset + SECOND_WORD)
                && third == buffer.getLong(offset + THIRD_WORD)
                && (first | second | third) != 0;
    }
}

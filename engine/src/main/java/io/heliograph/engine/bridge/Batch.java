// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.bridge;

import io.heliograph.engine.wire.PacketFlyweight;
import io.heliograph.engine.wire.PacketsFlyweight;
import java.nio.ByteBuffer;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Packets of a stream that go over a link in one frame: each with its length ahead of it.
 *
 * <p><b>Thread:</b> one at a time, as it is handed on.
 *
 * <p><b>Allocation:</b> none after construction.
 */
final class Batch {
    /** It is full from so many octets on: with what the frame adds a write of 64 KiB. */
    static final int FULL = (64 << 10) - PacketsFlyweight.ENTRIES_OFFSET - 1_500;

    /** For the gaps that go ahead of a packet. */
    private static final int MARGIN = 256;

    private final UnsafeBuffer buffer = new UnsafeBuffer(ByteBuffer.allocateDirect(
            FULL + MARGIN + PacketsFlyweight.LENGTH_PREFIX + PacketFlyweight.MAX_PACKET_LENGTH));
    private int length;
    private int count;

    /** Its entries. */
    DirectBuffer buffer() {
        return buffer;
    }

    /** Octets of them. */
    int length() {
        return length;
    }

    /** Packets in it. */
    int count() {
        return count;
    }

    boolean isFull() {
        return length >= FULL;
    }

    /** Empties it. */
    void clear() {
        length = 0;
        count = 0;
    }

    /** Adds a packet, which it has room for while it is not full. */
    void add(DirectBuffer packet, int offset, int packetLength) {
        buffer.putBytes(length + PacketsFlyweight.LENGTH_PREFIX, packet, offset, packetLength);
        commit(packetLength);
    }

    /** Where the next packet is written in place; then {@link #commit}. */
    int place() {
        return length + PacketsFlyweight.LENGTH_PREFIX;
    }

    /** Where a packet is written in place. */
    MutableDirectBuffer room() {
        return buffer;
    }

    /** A packet was written in its place. */
    void commit(int packetLength) {
        PacketsFlyweight.packetLength(buffer, length, packetLength);
        length += PacketsFlyweight.LENGTH_PREFIX + packetLength;
        count++;
    }
}

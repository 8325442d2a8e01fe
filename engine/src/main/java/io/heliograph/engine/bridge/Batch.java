// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.bridge;

import io.heliograph.engine.wire.BufferCrc;
import io.heliograph.engine.wire.PacketFlyweight;
import io.heliograph.engine.wire.PacketsFlyweight;
import java.nio.ByteBuffer;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Packets of a stream that go over a link in one frame: each with its length ahead of it, and all of them compressed where that
 * was asked for and made them shorter. It is built where it is sent from.
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

    /** Octets of packets and their lengths that it can hold. */
    static final int ROOM = FULL + MARGIN + PacketsFlyweight.LENGTH_PREFIX + PacketFlyweight.MAX_PACKET_LENGTH;

    /** What a frame has more when it is compressed. */
    private static final int OVERHEAD = PacketsFlyweight.BLOCK_OFFSET - PacketsFlyweight.ENTRIES_OFFSET;

    private final ByteBuffer bytes = ByteBuffer.allocateDirect(PacketsFlyweight.ENTRIES_OFFSET + ROOM);
    private final UnsafeBuffer frame = new UnsafeBuffer(bytes);
    private int blockLength;
    private int length;
    private int count;

    /** The frame, whole once it is {@link #seal sealed}. */
    DirectBuffer frame() {
        return frame;
    }

    /** The frame's memory. */
    ByteBuffer bytes() {
        return bytes;
    }

    /** Octets of the packets and their lengths when they are not compressed. */
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

    boolean isCompressed() {
        return blockLength > 0;
    }

    /** Octets that go over the link for it, but for what every frame has. */
    int sentLength() {
        return isCompressed() ? OVERHEAD + blockLength : length;
    }

    /** Empties it. */
    void clear() {
        blockLength = 0;
        length = 0;
        count = 0;
    }

    /** Adds a packet, which it has room for while it is not full. */
    void add(DirectBuffer packet, int offset, int packetLength) {
        frame.putBytes(place(), packet, offset, packetLength);
        commit(packetLength);
    }

    /** Where in {@link #room} the next packet is written in place; then {@link #commit}. */
    int place() {
        return PacketsFlyweight.ENTRIES_OFFSET + length + PacketsFlyweight.LENGTH_PREFIX;
    }

    /** Where a packet is written in place. */
    MutableDirectBuffer room() {
        return frame;
    }

    /** A packet was written in its place. */
    void commit(int packetLength) {
        PacketsFlyweight.packetLength(frame, PacketsFlyweight.ENTRIES_OFFSET + length, packetLength);
        length += PacketsFlyweight.LENGTH_PREFIX + packetLength;
        count++;
    }

    /** Compresses what is in it; to be filled no further. It stays as it is where that would not make it shorter. */
    void compress(BlockCompressor compressor) {
        int octets = compressor.compress(frame, PacketsFlyweight.ENTRIES_OFFSET, length);
        if (octets + OVERHEAD < length) {
            frame.putBytes(PacketsFlyweight.BLOCK_OFFSET, compressor.block(), 0, octets);
            blockLength = octets;
        }
    }

    /** Writes what makes it a frame; to be changed no more. */
    void seal(int stream, int pull, BufferCrc crc) {
        int frameLength = PacketsFlyweight.ENTRIES_OFFSET + sentLength();
        if (isCompressed()) {
            PacketsFlyweight.encodeCompressed(frame, 0, frameLength, stream, pull, count, length);
        } else {
            PacketsFlyweight.encode(frame, 0, frameLength, stream, pull, count);
        }
        int checked = PacketsFlyweight.COUNT_OFFSET;
        PacketsFlyweight.crc(frame, 0, crc.of(frame, checked, frameLength - checked));
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.bridge;

import io.heliograph.engine.wire.PacketFlyweight;
import io.heliograph.engine.wire.PacketsFlyweight;
import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Factory;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Packets of a stream that go over a link in one frame: each with its length ahead of it, and all of them compressed where that
 * was asked for and made them shorter.
 *
 * <p><b>Thread:</b> one at a time, as it is handed on.
 *
 * <p><b>Allocation:</b> none after construction, but when it is compressed for the first time.
 */
final class Batch {
    /** It is full from so many octets on: with what the frame adds a write of 64 KiB. */
    static final int FULL = (64 << 10) - PacketsFlyweight.ENTRIES_OFFSET - 1_500;

    /** For the gaps that go ahead of a packet. */
    private static final int MARGIN = 256;

    private static final int ROOM = FULL + MARGIN + PacketsFlyweight.LENGTH_PREFIX + PacketFlyweight.MAX_PACKET_LENGTH;

    /** What a frame has more when it is compressed. */
    private static final int OVERHEAD = PacketsFlyweight.BLOCK_OFFSET - PacketsFlyweight.ENTRIES_OFFSET;

    private static final LZ4Compressor LZ4 = LZ4Factory.safeInstance().fastCompressor();

    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[ROOM]);
    private final UnsafeBuffer block = new UnsafeBuffer(new byte[0]);
    private int blockLength;
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

    /** Compresses what is in it; to be filled no further. It stays as it is where that would not make it shorter. */
    void compress() {
        if (block.capacity() == 0) {
            block.wrap(new byte[LZ4.maxCompressedLength(ROOM)]);
        }
        int octets = LZ4.compress(buffer.byteArray(), 0, length, block.byteArray(), 0, block.capacity());
        blockLength = octets + OVERHEAD < length ? octets : 0;
    }

    boolean isCompressed() {
        return blockLength > 0;
    }

    /** The LZ4 block of its entries. */
    DirectBuffer block() {
        return block;
    }

    /** Octets of the block. */
    int blockLength() {
        return blockLength;
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

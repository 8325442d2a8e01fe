// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.link.session;

import io.heliograph.engine.wire.PacketsFlyweight;
import net.jpountz.lz4.LZ4Exception;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.lz4.LZ4SafeDecompressor;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Decompresses PACKETS. The decompressor is the one in plain Java that knows the room it has: octets of strangers reach no native
 * code.
 *
 * <p><b>Thread:</b> one owner: its session's.
 *
 * <p><b>Allocation:</b> room for the longest frame so far, as long as the frame says and was checked to say.
 *
 * <p><b>Failure:</b> {@link #FOUL}, whatever the octets are.
 */
final class CompressedPackets {
    /** The block is no LZ4, or has another length than it should. */
    static final int FOUL = -1;

    private static final LZ4SafeDecompressor LZ4 = LZ4Factory.safeInstance().safeDecompressor();

    private final UnsafeBuffer plain = new UnsafeBuffer(new byte[0]);
    private byte[] block = {};

    /** Decompresses a checked frame; returns the octets of packets and their lengths, or {@link #FOUL}. */
    int open(DirectBuffer buffer, int offset, int length) {
        int wanted = PacketsFlyweight.plainLength(buffer, offset);
        int blockLength = length - PacketsFlyweight.BLOCK_OFFSET;
        if (block.length < blockLength) {
            block = new byte[blockLength];
        }
        if (plain.capacity() < wanted) {
            plain.wrap(new byte[wanted]);
        }
        buffer.getBytes(offset + PacketsFlyweight.BLOCK_OFFSET, block, 0, blockLength);
        try {
            int came = LZ4.decompress(block, 0, blockLength, plain.byteArray(), 0, wanted);
            return came == wanted ? came : FOUL;
        } catch (LZ4Exception malformed) {
            return FOUL;
        }
    }

    /** The packets that were decompressed last, each with its length ahead, from 0 on. */
    MutableDirectBuffer plain() {
        return plain;
    }
}

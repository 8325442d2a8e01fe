// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.bridge;

import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Factory;
import org.agrona.DirectBuffer;

/**
 * Makes LZ4 blocks of batches, one after the other. The plain Java compressor: no native library, and arrays are what it is
 * quickest with.
 *
 * <p><b>Thread:</b> one owner: the egress's.
 *
 * <p><b>Allocation:</b> with the first batch.
 */
final class BlockCompressor {
    private static final LZ4Compressor LZ4 = LZ4Factory.safeInstance().fastCompressor();

    private byte[] plain = new byte[0];
    private byte[] block = new byte[0];

    /** Octets of the block of so many octets, at most {@link Batch#ROOM}. */
    int compress(DirectBuffer from, int offset, int length) {
        if (plain.length == 0) {
            plain = new byte[Batch.ROOM];
            block = new byte[LZ4.maxCompressedLength(Batch.ROOM)];
        }
        from.getBytes(offset, plain, 0, length);
        return LZ4.compress(plain, 0, length, block, 0, block.length);
    }

    /** The block made last. */
    byte[] block() {
        return block;
    }
}

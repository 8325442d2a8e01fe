// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.bench.feed;

import java.nio.ByteBuffer;

/**
 * Reads every field of every message of a file into a checksum: two decoders that agree have read the same.
 *
 * <p><b>Thread:</b> one owner.
 *
 * <p><b>Allocation:</b> none after construction.
 */
public interface ItchReading {
    /**
     * Reads a file.
     *
     * @param file BinaryFILE, from its first octet to the length of 0.
     * @return messages read.
     */
    long read(ByteBuffer file);

    /**
     * What was read.
     *
     * @return the sum of all fields of all messages of the last {@link #read}, as signed 64-bit numbers, wrapping.
     */
    long checksum();
}

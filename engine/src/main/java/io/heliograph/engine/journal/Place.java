// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.journal;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * An entry of a cycle's file of places: where every 32nd record is, and what stands there.
 *
 * <p><b>Thread:</b> one owner.
 *
 * <p><b>Allocation:</b> none after construction.
 *
 * <p><b>Layout:</b> 40 octets, little-endian: i64 record's number in its cycle, u64 sequence (of a record's first message, or
 * what its kind makes of it), i64 the latest time that a packet before it was sent (ns since the Unix epoch), i64 where in
 * the cycle's file the record begins, u32 epoch, u32 CRC-32C of the 36 octets before.
 */
final class Place {
    static final int LENGTH = 40;

    /** Every so many records there is one: the queue's own index has the same spacing, so that a move there is direct. */
    static final int SPACING = 32;

    private static final int CRC_OFFSET = 36;

    private final CRC32C crc = new CRC32C();
    private final ByteBuffer bytes = ByteBuffer.allocateDirect(LENGTH);
    private final UnsafeBuffer buffer = new UnsafeBuffer(bytes);

    /** To be written to a file. */
    ByteBuffer set(long record, long sequence, long epoch, long latestSentNs, long position) {
        buffer.putLong(0, record, LITTLE_ENDIAN);
        buffer.putLong(8, sequence, LITTLE_ENDIAN);
        buffer.putLong(16, latestSentNs, LITTLE_ENDIAN);
        buffer.putLong(24, position, LITTLE_ENDIAN);
        buffer.putInt(32, (int) epoch, LITTLE_ENDIAN);
        buffer.putInt(CRC_OFFSET, crcOfAll(), LITTLE_ENDIAN);
        return whole();
    }

    /** To be read into from a file. */
    ByteBuffer whole() {
        bytes.clear();
        return bytes;
    }

    boolean isSound() {
        return buffer.getInt(CRC_OFFSET, LITTLE_ENDIAN) == crcOfAll() && record() % SPACING == 0;
    }

    long record() {
        return buffer.getLong(0, LITTLE_ENDIAN);
    }

    long sequence() {
        return buffer.getLong(8, LITTLE_ENDIAN);
    }

    long latestSentNs() {
        return buffer.getLong(16, LITTLE_ENDIAN);
    }

    long position() {
        return buffer.getLong(24, LITTLE_ENDIAN);
    }

    long epoch() {
        return buffer.getInt(32, LITTLE_ENDIAN) & 0xFFFF_FFFFL;
    }

    /** Whether what stands here is behind a sequence of an epoch. */
    boolean isAfter(long epoch, long sequence) {
        long own = epoch();
        return own > epoch || (own == epoch && sequence() > sequence);
    }

    private int crcOfAll() {
        bytes.limit(CRC_OFFSET).position(0);
        crc.reset();
        crc.update(bytes);
        return (int) crc.getValue();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.heliograph.publishers.generate;

import java.nio.ByteOrder;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Writes one ITCH 5.0 message field by field, in the specification's order.
 *
 * <p>It shares no code with the decoder, so that a mistake in one is seen by the other.
 *
 * <p><b>Thread:</b> one owner: the generator's.
 *
 * <p><b>Allocation:</b> none after construction.
 */
final class MessageWriter {
    private static final int TRACKING_NUMBER_OFFSET = 3;
    private static final int HEADER_LENGTH = 11;
    private static final int TIMESTAMP_BITS = 48;
    private static final long TRACKING_NUMBER = 2;

    private MutableDirectBuffer buffer = new UnsafeBuffer(new byte[0]);
    private int start;
    private int at;

    void wrap(MutableDirectBuffer target, int offset) {
        if (buffer != target) {
            buffer = target;
        }
        start = offset;
    }

    MessageWriter begin(char type, int stockLocate, long timestampNs) {
        buffer.putByte(start, (byte) type);
        buffer.putShort(start + 1, (short) stockLocate, ByteOrder.BIG_ENDIAN);
        buffer.putLong(
                start + TRACKING_NUMBER_OFFSET, TRACKING_NUMBER << TIMESTAMP_BITS | timestampNs, ByteOrder.BIG_ENDIAN);
        at = start + HEADER_LENGTH;
        return this;
    }

    MessageWriter code(int letter) {
        buffer.putByte(at, (byte) letter);
        at += Byte.BYTES;
        return this;
    }

    MessageWriter uint16(int value) {
        buffer.putShort(at, (short) value, ByteOrder.BIG_ENDIAN);
        at += Short.BYTES;
        return this;
    }

    MessageWriter uint32(int value) {
        buffer.putInt(at, value, ByteOrder.BIG_ENDIAN);
        at += Integer.BYTES;
        return this;
    }

    MessageWriter uint64(long value) {
        buffer.putLong(at, value, ByteOrder.BIG_ENDIAN);
        at += Long.BYTES;
        return this;
    }

    /** The message's length. */
    int end() {
        return at - start;
    }
}

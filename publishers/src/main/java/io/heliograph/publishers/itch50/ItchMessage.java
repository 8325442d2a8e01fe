// SPDX-License-Identifier: Apache-2.0
package io.heliograph.publishers.itch50;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What every ITCH 5.0 message begins with, and how its fields are read.
 *
 * <p><b>Thread:</b> one owner: whoever owns the decoder.
 *
 * <p><b>Allocation:</b> none after construction.
 *
 * <p><b>Layout:</b> big-endian, 11 octets; TotalView-ITCH 5.0, section 3 and each message's own.
 *
 * <pre>
 *   0                   1                   2                   3
 *   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *  +---------------+-------------------------------+---------------+
 *  |     type      |         stock locate          |tracking number
 *  +---------------+-------------------------------+---------------+
 *                  |        timestamp, ns since midnight (48 bits)
 *  +---------------+-----------------------------------------------+
 *                                  |  fields of the type            ...
 *  +-------------------------------+-------------------------------+
 * </pre>
 */
public abstract class ItchMessage {
    /** Octets ahead of the type's own fields. */
    public static final int HEADER_LENGTH = 11;

    static final int STOCK_LOCATE_OFFSET = 1;
    static final int TRACKING_NUMBER_OFFSET = 3;
    static final int TIMESTAMP_OFFSET = 5;

    static final DirectBuffer NOTHING = new UnsafeBuffer(new byte[0]);

    private static final long TIMESTAMP_MASK = 0xFFFF_FFFF_FFFFL;

    DirectBuffer buffer = NOTHING;
    int offset;

    ItchMessage() {}

    final void wrap(DirectBuffer message, int messageOffset) {
        if (buffer != message) {
            buffer = message;
        }
        offset = messageOffset;
    }

    /**
     * The day's number of the security that the message concerns.
     *
     * @return 1 to 65,535; 0 for messages that concern no single security.
     */
    public final int stockLocate() {
        return uint16(STOCK_LOCATE_OFFSET);
    }

    /**
     * Nasdaq's internal number.
     *
     * @return 0 to 65,535.
     */
    public final int trackingNumber() {
        return uint16(TRACKING_NUMBER_OFFSET);
    }

    /**
     * When the message was made.
     *
     * @return ns since midnight in New York, 48 bits.
     */
    public final long timestampNs() {
        // The eight octets from the tracking number on: its two ahead of the timestamp's six.
        return int64(TRACKING_NUMBER_OFFSET) & TIMESTAMP_MASK;
    }

    final int uint16(int at) {
        return buffer.getShort(offset + at, ByteOrder.BIG_ENDIAN) & 0xFFFF;
    }

    final int int32(int at) {
        return buffer.getInt(offset + at, ByteOrder.BIG_ENDIAN);
    }

    final long uint32(int at) {
        return buffer.getInt(offset + at, ByteOrder.BIG_ENDIAN) & 0xFFFF_FFFFL;
    }

    final long int64(int at) {
        return buffer.getLong(offset + at, ByteOrder.BIG_ENDIAN);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.heliograph.publishers.itch50;

import java.nio.ByteOrder;
import org.agrona.UnsafeApi;

/**
 * What every ITCH 5.0 message begins with, and how its fields are read.
 *
 * <p>The decoder checks once that the whole message lies within its buffer; fields are then read without a check each,
 * from an array or from memory. Asking which of the two it is keeps each read of a kind that the compiler can tell from
 * every other store, so that it keeps array and address in registers: together this halves the time of a message.
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

    private static final boolean IS_LITTLE_ENDIAN = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
    private static final long TIMESTAMP_MASK = 0xFFFF_FFFF_FFFFL;

    private final MessageMemory memory;

    /** Of the type letter: within the array, or an address in memory. */
    private long address;

    ItchMessage(MessageMemory memory) {
        this.memory = memory;
    }

    final void wrap(long messageAddress) {
        address = messageAddress;
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

    final byte int8(int at) {
        return memory.octet(address + at);
    }

    final int uint16(int at) {
        byte[] base = memory.array;
        short bits = base == null ? UnsafeApi.getShort(address + at) : UnsafeApi.getShort(base, address + at);
        return (IS_LITTLE_ENDIAN ? Short.reverseBytes(bits) : bits) & 0xFFFF;
    }

    final int int32(int at) {
        byte[] base = memory.array;
        int bits = base == null ? UnsafeApi.getInt(address + at) : UnsafeApi.getInt(base, address + at);
        return IS_LITTLE_ENDIAN ? Integer.reverseBytes(bits) : bits;
    }

    final long uint32(int at) {
        return int32(at) & 0xFFFF_FFFFL;
    }

    final long int64(int at) {
        byte[] base = memory.array;
        long bits = base == null ? UnsafeApi.getLong(address + at) : UnsafeApi.getLong(base, address + at);
        return IS_LITTLE_ENDIAN ? Long.reverseBytes(bits) : bits;
    }
}

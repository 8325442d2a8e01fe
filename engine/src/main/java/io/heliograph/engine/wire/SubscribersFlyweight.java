// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.wire;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * A statement of how many subscribers a host has on which lines: a UDP datagram of its own, sent beside the probes to the same
 * port. A stream in the range that it speaks of and a line that is not named has none. Its header is laid out like a probe's, so
 * that an engine that knows probes only drops and counts it.
 *
 * <p><b>Thread:</b> static functions over bytes; any thread that may touch the bytes.
 *
 * <p><b>Allocation:</b> none.
 *
 * <p><b>Layout:</b> little-endian. 24 octets of header, then {@code count} entries of 8 octets, ascending by stream and line, all
 * streams within first..last. Ids of streams are 1 to 2^31 - 1.
 *
 * <pre>
 *   0                   1                   2                   3
 *   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *  |      'H'      |      'L'      |      'E'      |      'S'      |  0
 *  +---------------+---------------+---------------+---------------+
 *  |    Version    |   Reserved    |             Count             |  4
 *  +---------------+---------------+-------------------------------+
 *  |        Topology (CRC-32C of its name in UTF-8)                |  8
 *  +---------------------------------------------------------------+
 *  |        Sender (the address of its NIC)                        | 12
 *  +---------------------------------------------------------------+
 *  |        First stream of the range spoken of                    | 16
 *  +---------------------------------------------------------------+
 *  |        Last stream of the range spoken of                     | 20
 *  +---------------------------------------------------------------+
 *  |        Entry: stream                                          | 24
 *  +-------------------------------+-------------------------------+
 *  |        Entry: line, 0 for A   |        Entry: subscribers     | 28
 *  +-------------------------------+-------------------------------+
 * </pre>
 *
 * <p><b>Failure:</b> {@link #check} gives a reason code; nothing is ever thrown, whatever the bytes are.
 */
public final class SubscribersFlyweight {
    /** What a statement begins with: {@code HLES}. */
    public static final int MAGIC = 0x53454C48;

    /** Of this layout. */
    public static final int VERSION = 1;

    /** Where the four letters are. */
    public static final int MAGIC_OFFSET = 0;

    /** Where the u8 version is. */
    public static final int VERSION_OFFSET = 4;

    /** Where a u8 is that is sent as 0 and not looked at. */
    public static final int RESERVED_OFFSET = 5;

    /** Where the u16 count of entries is. */
    public static final int COUNT_OFFSET = 6;

    /** Where the u32 check of the topology's name is. */
    public static final int TOPOLOGY_OFFSET = 8;

    /** Where the sender's address is. */
    public static final int SENDER_OFFSET = 12;

    /** Where the first stream of the range is. */
    public static final int FIRST_OFFSET = 16;

    /** Where the last stream of the range is. */
    public static final int LAST_OFFSET = 20;

    /** Where the entries begin. */
    public static final int HEADER_LENGTH = 24;

    /** Octets of an entry. */
    public static final int ENTRY_LENGTH = 8;

    /** Where in an entry the u16 line is; the u32 stream is at its start. */
    public static final int ENTRY_LINE_OFFSET = 4;

    /** Where in an entry the u16 number of subscribers is. */
    public static final int ENTRY_SUBSCRIBERS_OFFSET = 6;

    /** Entries in one statement: 24 + 8 x 150 + 28 of IP and UDP are 1,252 octets, as of the longest probe. */
    public static final int MAX_ENTRIES = 150;

    /** The longest statement, octets. */
    public static final int MAX_LENGTH = HEADER_LENGTH + MAX_ENTRIES * ENTRY_LENGTH;

    /** The most subscribers that an entry states: more are stated as so many. */
    public static final int MAX_SUBSCRIBERS = 0xFFFF;

    /** The statement may be read. */
    public static final int OK = 0;

    /** Shorter than a header. */
    public static final int TOO_SHORT = 1;

    /** It begins otherwise: something else on this port. */
    public static final int NOT_A_STATEMENT = 2;

    /** Of a version that this code does not know. */
    public static final int UNKNOWN_VERSION = 3;

    /** The count does not agree with the length, or is above {@link #MAX_ENTRIES}. */
    public static final int BAD_COUNT = 4;

    /** Entries that do not ascend or lie outside of the range, or a range that runs backwards. */
    public static final int BAD_ORDER = 5;

    private static final int U16_MASK = 0xFFFF;
    private static final int LINE_BITS = 16;

    private SubscribersFlyweight() {}

    /**
     * Writes a header; entries are added by {@link #add}.
     *
     * @param buffer with room for {@link #MAX_LENGTH} octets.
     * @param offset of the statement.
     * @param topology CRC-32C of its name.
     * @param sender address of the NIC that it leaves by.
     * @param first stream of the range that the statement speaks of.
     * @param last stream of that range.
     */
    public static void init(MutableDirectBuffer buffer, int offset, int topology, int sender, int first, int last) {
        buffer.putInt(offset + MAGIC_OFFSET, MAGIC, LITTLE_ENDIAN);
        buffer.putByte(offset + VERSION_OFFSET, (byte) VERSION);
        buffer.putByte(offset + RESERVED_OFFSET, (byte) 0);
        buffer.putShort(offset + COUNT_OFFSET, (short) 0, LITTLE_ENDIAN);
        buffer.putInt(offset + TOPOLOGY_OFFSET, topology, LITTLE_ENDIAN);
        buffer.putInt(offset + SENDER_OFFSET, sender, LITTLE_ENDIAN);
        buffer.putInt(offset + FIRST_OFFSET, first, LITTLE_ENDIAN);
        buffer.putInt(offset + LAST_OFFSET, last, LITTLE_ENDIAN);
    }

    /**
     * States one more line, which has to be above those before it and within the range.
     *
     * @param buffer holds the statement.
     * @param offset of the statement.
     * @param stream id of it.
     * @param line 0 for A.
     * @param subscribers of it; at most {@link #MAX_ENTRIES} entries in all.
     */
    public static void add(MutableDirectBuffer buffer, int offset, int stream, int line, int subscribers) {
        int count = count(buffer, offset);
        int entry = offset + length(count);
        buffer.putInt(entry, stream, LITTLE_ENDIAN);
        buffer.putShort(entry + ENTRY_LINE_OFFSET, (short) line, LITTLE_ENDIAN);
        buffer.putShort(
                entry + ENTRY_SUBSCRIBERS_OFFSET, (short) Math.min(subscribers, MAX_SUBSCRIBERS), LITTLE_ENDIAN);
        buffer.putShort(offset + COUNT_OFFSET, (short) (count + 1), LITTLE_ENDIAN);
    }

    /**
     * How long a statement is.
     *
     * @param count of entries.
     * @return octets.
     */
    public static int length(int count) {
        return HEADER_LENGTH + count * ENTRY_LENGTH;
    }

    /**
     * Whether a datagram begins like a statement, whatever follows.
     *
     * @param buffer holds the datagram.
     * @param offset of its first octet.
     * @param length of the datagram in octets.
     * @return true: {@link #check} has to say whether it is one.
     */
    public static boolean isMeant(DirectBuffer buffer, int offset, int length) {
        return length >= HEADER_LENGTH && buffer.getInt(offset + MAGIC_OFFSET, LITTLE_ENDIAN) == MAGIC;
    }

    /**
     * How many lines it states.
     *
     * @param buffer holds the statement.
     * @param offset of the statement.
     * @return 0 to 65,535 before {@link #check}, at most {@link #MAX_ENTRIES} after it.
     */
    public static int count(DirectBuffer buffer, int offset) {
        return buffer.getShort(offset + COUNT_OFFSET, LITTLE_ENDIAN) & U16_MASK;
    }

    /**
     * Which deployment it belongs to.
     *
     * @param buffer holds the statement.
     * @param offset of the statement.
     * @return CRC-32C of the topology's name.
     */
    public static int topology(DirectBuffer buffer, int offset) {
        return buffer.getInt(offset + TOPOLOGY_OFFSET, LITTLE_ENDIAN);
    }

    /**
     * Who sent it.
     *
     * @param buffer holds the statement.
     * @param offset of the statement.
     * @return the address of its NIC.
     */
    public static int sender(DirectBuffer buffer, int offset) {
        return buffer.getInt(offset + SENDER_OFFSET, LITTLE_ENDIAN);
    }

    /**
     * Where its range begins.
     *
     * @param buffer holds the statement.
     * @param offset of the statement.
     * @return id of a stream.
     */
    public static int first(DirectBuffer buffer, int offset) {
        return buffer.getInt(offset + FIRST_OFFSET, LITTLE_ENDIAN);
    }

    /**
     * Where its range ends.
     *
     * @param buffer holds the statement.
     * @param offset of the statement.
     * @return id of a stream.
     */
    public static int last(DirectBuffer buffer, int offset) {
        return buffer.getInt(offset + LAST_OFFSET, LITTLE_ENDIAN);
    }

    /**
     * The stream of an entry.
     *
     * @param buffer holds a statement that was checked.
     * @param offset of the statement.
     * @param index 0 to {@link #count} - 1.
     * @return its id.
     */
    public static int stream(DirectBuffer buffer, int offset, int index) {
        return buffer.getInt(offset + length(index), LITTLE_ENDIAN);
    }

    /**
     * The line of an entry.
     *
     * @param buffer holds a statement that was checked.
     * @param offset of the statement.
     * @param index 0 to {@link #count} - 1.
     * @return 0 for A.
     */
    public static int line(DirectBuffer buffer, int offset, int index) {
        return buffer.getShort(offset + length(index) + ENTRY_LINE_OFFSET, LITTLE_ENDIAN) & U16_MASK;
    }

    /**
     * The subscribers of an entry.
     *
     * @param buffer holds a statement that was checked.
     * @param offset of the statement.
     * @param index 0 to {@link #count} - 1.
     * @return how many.
     */
    public static int subscribers(DirectBuffer buffer, int offset, int index) {
        return buffer.getShort(offset + length(index) + ENTRY_SUBSCRIBERS_OFFSET, LITTLE_ENDIAN) & U16_MASK;
    }

    /**
     * Checks a datagram whole, before anything of it is believed.
     *
     * @param buffer holds the datagram.
     * @param offset of its first octet.
     * @param length of the datagram in octets.
     * @return {@link #OK}, or the reason why it must be dropped.
     */
    public static int check(DirectBuffer buffer, int offset, int length) {
        if (length < HEADER_LENGTH) {
            return TOO_SHORT;
        }
        if (buffer.getInt(offset + MAGIC_OFFSET, LITTLE_ENDIAN) != MAGIC) {
            return NOT_A_STATEMENT;
        }
        if (buffer.getByte(offset + VERSION_OFFSET) != VERSION) {
            return UNKNOWN_VERSION;
        }
        int count = count(buffer, offset);
        if (count > MAX_ENTRIES || length != length(count)) {
            return BAD_COUNT;
        }
        return isInOrder(buffer, offset, count) ? OK : BAD_ORDER;
    }

    private static boolean isInOrder(DirectBuffer buffer, int offset, int count) {
        int first = first(buffer, offset);
        int last = last(buffer, offset);
        if (first < 0 || first > last) {
            return false;
        }
        long before = -1;
        for (int i = 0; i < count; i++) {
            int stream = stream(buffer, offset, i);
            long place = ((long) stream << LINE_BITS) + line(buffer, offset, i);
            if (stream < first || stream > last || place <= before) {
                return false;
            }
            before = place;
        }
        return true;
    }
}

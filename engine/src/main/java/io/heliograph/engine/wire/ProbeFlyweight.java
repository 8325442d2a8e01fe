// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.wire;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * A probe, by which the engines of a site tell each other on every NIC whom they hear there: a UDP datagram of its own,
 * not an Aeron message. Who is in the range that a probe speaks of and is not named was not heard lately.
 *
 * <p>Hosts are called by the address that the topology gives to the NIC, so a probe needs no numbering of hosts. A site
 * with more than {@value #MAX_HEARD} hosts takes several probes, each for a range of addresses.
 *
 * <p><b>Thread:</b> static functions over bytes; any thread that may touch the bytes.
 *
 * <p><b>Allocation:</b> none.
 *
 * <p><b>Layout:</b> little-endian; an IPv4 address is a u32 with its first octet in the highest eight bits. 24 octets of
 * header, then {@code count} addresses, ascending, all within first..last.
 *
 * <pre>
 *   0                   1                   2                   3
 *   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *  |      'H'      |      'L'      |      'E'      |      'P'      |  0
 *  +---------------+---------------+---------------+---------------+
 *  |    Version    |   Reserved    |             Count             |  4
 *  +---------------+---------------+-------------------------------+
 *  |        Topology (CRC-32C of its name in UTF-8)                |  8
 *  +---------------------------------------------------------------+
 *  |        Sender (the address of its NIC)                        | 12
 *  +---------------------------------------------------------------+
 *  |        First address of the range spoken of                   | 16
 *  +---------------------------------------------------------------+
 *  |        Last address of the range spoken of                    | 20
 *  +---------------------------------------------------------------+
 *  |        Heard: an address                                  ... | 24
 *  +---------------------------------------------------------------+
 * </pre>
 *
 * <p><b>Failure:</b> {@link #check} gives a reason code; nothing is ever thrown, whatever the bytes are.
 */
public final class ProbeFlyweight {
    /** What a probe begins with: {@code HLEP}. */
    public static final int MAGIC = 0x50454C48;

    /** Of this layout. */
    public static final int VERSION = 1;

    /** Where the four letters are. */
    public static final int MAGIC_OFFSET = 0;

    /** Where the u8 version is. */
    public static final int VERSION_OFFSET = 4;

    /** Where a u8 is that is sent as 0 and not looked at. */
    public static final int RESERVED_OFFSET = 5;

    /** Where the u16 count of addresses is. */
    public static final int COUNT_OFFSET = 6;

    /** Where the u32 check of the topology's name is. */
    public static final int TOPOLOGY_OFFSET = 8;

    /** Where the sender's address is. */
    public static final int SENDER_OFFSET = 12;

    /** Where the first address of the range is. */
    public static final int FIRST_OFFSET = 16;

    /** Where the last address of the range is. */
    public static final int LAST_OFFSET = 20;

    /** Where the addresses begin. */
    public static final int HEADER_LENGTH = 24;

    /** Octets of an address. */
    public static final int ADDRESS_LENGTH = 4;

    /** Addresses in one probe: 24 + 4 x 300 + 28 of IP and UDP are 1,252 octets, below any MTU in use. */
    public static final int MAX_HEARD = 300;

    /** The longest probe, octets. */
    public static final int MAX_LENGTH = HEADER_LENGTH + MAX_HEARD * ADDRESS_LENGTH;

    /** The probe may be read. */
    public static final int OK = 0;

    /** Shorter than a header. */
    public static final int TOO_SHORT = 1;

    /** It begins otherwise: something else on this port. */
    public static final int NOT_A_PROBE = 2;

    /** Of a version that this code does not know. */
    public static final int UNKNOWN_VERSION = 3;

    /** The count does not agree with the length, or is above {@link #MAX_HEARD}. */
    public static final int BAD_COUNT = 4;

    /** Addresses that do not ascend or lie outside of the range, or a range that runs backwards. */
    public static final int BAD_ORDER = 5;

    private static final int U16_MASK = 0xFFFF;

    private ProbeFlyweight() {}

    /**
     * Writes a header; addresses are added by {@link #add}.
     *
     * @param buffer with room for {@link #MAX_LENGTH} octets.
     * @param offset of the probe.
     * @param topology CRC-32C of its name.
     * @param sender address of the NIC that it leaves by.
     * @param first address of the range that the probe speaks of.
     * @param last address of that range.
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
     * Names one more address, which has to be above those before it and within the range.
     *
     * @param buffer holds the probe.
     * @param offset of the probe.
     * @param address of a host that was heard; at most {@link #MAX_HEARD} of them.
     */
    public static void add(MutableDirectBuffer buffer, int offset, int address) {
        int count = count(buffer, offset);
        buffer.putInt(offset + length(count), address, LITTLE_ENDIAN);
        buffer.putShort(offset + COUNT_OFFSET, (short) (count + 1), LITTLE_ENDIAN);
    }

    /**
     * How long a probe is.
     *
     * @param count of addresses.
     * @return octets.
     */
    public static int length(int count) {
        return HEADER_LENGTH + count * ADDRESS_LENGTH;
    }

    /**
     * How many addresses it names.
     *
     * @param buffer holds the probe.
     * @param offset of the probe.
     * @return 0 to 65,535 before {@link #check}, at most {@link #MAX_HEARD} after it.
     */
    public static int count(DirectBuffer buffer, int offset) {
        return buffer.getShort(offset + COUNT_OFFSET, LITTLE_ENDIAN) & U16_MASK;
    }

    /**
     * Which deployment it belongs to.
     *
     * @param buffer holds the probe.
     * @param offset of the probe.
     * @return CRC-32C of the topology's name.
     */
    public static int topology(DirectBuffer buffer, int offset) {
        return buffer.getInt(offset + TOPOLOGY_OFFSET, LITTLE_ENDIAN);
    }

    /**
     * Who sent it.
     *
     * @param buffer holds the probe.
     * @param offset of the probe.
     * @return the address of its NIC.
     */
    public static int sender(DirectBuffer buffer, int offset) {
        return buffer.getInt(offset + SENDER_OFFSET, LITTLE_ENDIAN);
    }

    /**
     * Whether the probe speaks of an address at all.
     *
     * @param buffer holds a probe that was checked.
     * @param offset of the probe.
     * @param address of a host.
     * @return true within first..last.
     */
    public static boolean covers(DirectBuffer buffer, int offset, int address) {
        return Integer.compareUnsigned(address, buffer.getInt(offset + FIRST_OFFSET, LITTLE_ENDIAN)) >= 0
                && Integer.compareUnsigned(address, buffer.getInt(offset + LAST_OFFSET, LITTLE_ENDIAN)) <= 0;
    }

    /**
     * Whether the sender heard somebody lately.
     *
     * @param buffer holds a probe that was checked.
     * @param offset of the probe.
     * @param address of a host.
     * @return true when it is named.
     */
    public static boolean names(DirectBuffer buffer, int offset, int address) {
        int end = offset + length(count(buffer, offset));
        for (int at = offset + HEADER_LENGTH; at < end; at += ADDRESS_LENGTH) {
            if (buffer.getInt(at, LITTLE_ENDIAN) == address) {
                return true;
            }
        }
        return false;
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
            return NOT_A_PROBE;
        }
        if (buffer.getByte(offset + VERSION_OFFSET) != VERSION) {
            return UNKNOWN_VERSION;
        }
        int count = count(buffer, offset);
        if (count > MAX_HEARD || length != length(count)) {
            return BAD_COUNT;
        }
        return isInOrder(buffer, offset, count) ? OK : BAD_ORDER;
    }

    private static boolean isInOrder(DirectBuffer buffer, int offset, int count) {
        int last = buffer.getInt(offset + LAST_OFFSET, LITTLE_ENDIAN);
        int floor = buffer.getInt(offset + FIRST_OFFSET, LITTLE_ENDIAN);
        if (Integer.compareUnsigned(floor, last) > 0) {
            return false;
        }
        for (int i = 0; i < count; i++) {
            int address = buffer.getInt(offset + length(i), LITTLE_ENDIAN);
            int order = Integer.compareUnsigned(address, floor);
            if (order < 0 || (order == 0 && i > 0) || Integer.compareUnsigned(address, last) > 0) {
                return false;
            }
            floor = address;
        }
        return true;
    }
}

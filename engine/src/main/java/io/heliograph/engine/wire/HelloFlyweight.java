// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.wire;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * HELLO: who speaks, of which site, and which versions of the protocol it knows.
 *
 * <p><b>Thread:</b> static functions over bytes; any thread that may touch the bytes.
 *
 * <p><b>Allocation:</b> none.
 *
 * <p><b>Layout:</b> little-endian, behind the header of {@link LinkFrame}; at most {@value #MAX_LENGTH} octets, so that a stranger
 * makes nobody keep more.
 *
 * <pre>
 *   8  u16  lowest version that the sender knows
 *  10  u16  highest version that it knows
 *  12  u8   length of the name, 1 to 64
 *  13  u8   length of the site, 0 to 64
 *  14  u16  0
 *  16       name, site (letters, digits, '.', '_' and '-'), then zeros up to a multiple of 8
 * </pre>
 */
public final class HelloFlyweight {
    /** Where the u16 lowest version is. */
    public static final int LOWEST_OFFSET = 8;

    /** Where the u16 highest version is. */
    public static final int HIGHEST_OFFSET = 10;

    /** Where the u8 length of the name is. */
    public static final int NAME_LENGTH_OFFSET = 12;

    /** Where the u8 length of the site is. */
    public static final int SITE_LENGTH_OFFSET = 13;

    /** Where a u16 is that stays 0. */
    public static final int RESERVED_OFFSET = 14;

    /** Where name and site begin. */
    public static final int NAMES_OFFSET = 16;

    /** The longest name, and the longest site. */
    public static final int MAX_NAME_LENGTH = 64;

    /** The longest HELLO. */
    public static final int MAX_LENGTH = NAMES_OFFSET + 2 * MAX_NAME_LENGTH;

    private HelloFlyweight() {}

    /**
     * How long a HELLO is.
     *
     * @param nameLength octets of the name.
     * @param siteLength octets of the site.
     * @return a multiple of 8.
     */
    public static int lengthOf(int nameLength, int siteLength) {
        return (NAMES_OFFSET + nameLength + siteLength + 7) & ~7;
    }

    /**
     * Writes all but the names, and zeros where they come.
     *
     * @param buffer where the frame is built.
     * @param offset of its first octet.
     * @param lowest version that the sender knows.
     * @param highest version that it knows.
     * @param nameLength octets of the name, which is to be written at {@link #NAMES_OFFSET}.
     * @param siteLength octets of the site, which is to be written behind it.
     * @return the frame's length.
     */
    public static int encode(
            MutableDirectBuffer buffer, int offset, int lowest, int highest, int nameLength, int siteLength) {
        int length = lengthOf(nameLength, siteLength);
        buffer.setMemory(offset, length, (byte) 0);
        LinkFrame.header(buffer, offset, length, LinkFrame.HELLO, 0);
        buffer.putShort(offset + LOWEST_OFFSET, (short) lowest, LITTLE_ENDIAN);
        buffer.putShort(offset + HIGHEST_OFFSET, (short) highest, LITTLE_ENDIAN);
        buffer.putByte(offset + NAME_LENGTH_OFFSET, (byte) nameLength);
        buffer.putByte(offset + SITE_LENGTH_OFFSET, (byte) siteLength);
        return length;
    }

    /**
     * The lowest version that the sender knows.
     *
     * @param buffer holds the frame.
     * @param offset of its first octet.
     * @return 0 to 65,535.
     */
    public static int lowest(DirectBuffer buffer, int offset) {
        return buffer.getShort(offset + LOWEST_OFFSET, LITTLE_ENDIAN) & 0xFFFF;
    }

    /**
     * The highest version that the sender knows.
     *
     * @param buffer holds the frame.
     * @param offset of its first octet.
     * @return 0 to 65,535.
     */
    public static int highest(DirectBuffer buffer, int offset) {
        return buffer.getShort(offset + HIGHEST_OFFSET, LITTLE_ENDIAN) & 0xFFFF;
    }

    /**
     * The length of the name.
     *
     * @param buffer holds the frame.
     * @param offset of its first octet.
     * @return 1 to 64 in a frame that was checked.
     */
    public static int nameLength(DirectBuffer buffer, int offset) {
        return buffer.getByte(offset + NAME_LENGTH_OFFSET) & 0xFF;
    }

    /**
     * The length of the site.
     *
     * @param buffer holds the frame.
     * @param offset of its first octet.
     * @return 0 to 64 in a frame that was checked.
     */
    public static int siteLength(DirectBuffer buffer, int offset) {
        return buffer.getByte(offset + SITE_LENGTH_OFFSET) & 0xFF;
    }

    /**
     * What stays 0.
     *
     * @param buffer holds the frame.
     * @param offset of its first octet.
     * @return 0 in a frame that was checked.
     */
    public static int reserved(DirectBuffer buffer, int offset) {
        return buffer.getShort(offset + RESERVED_OFFSET, LITTLE_ENDIAN) & 0xFFFF;
    }
}

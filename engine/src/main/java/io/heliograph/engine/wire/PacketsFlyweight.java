// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.wire;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * PACKETS: a batch of stream packets that answers a pull.
 *
 * <p><b>Thread:</b> static functions over bytes; any thread that may touch the bytes.
 *
 * <p><b>Allocation:</b> none.
 *
 * <p><b>Layout:</b> little-endian, behind the header of {@link LinkFrame}.
 *
 * <pre>
 *   8  u32  stream
 *  12  u32  pull: the number of the PULL that this answers
 *  16  u32  CRC-32C of all that follows
 *  20  u32  count of packets, 1 and up
 *  24       for each: u32 length (32 to 65,569), and so many octets of {@link PacketFlyweight}
 * </pre>
 *
 * <p>With {@link #FLAG_COMPRESSED}:
 *
 * <pre>
 *  24  u32  octets that the packets and their lengths have when they are not compressed
 *  28       one LZ4 block of them
 * </pre>
 */
public final class PacketsFlyweight {
    /** The packets and their lengths are compressed. */
    public static final int FLAG_COMPRESSED = 1;

    /** Where the u32 stream is. */
    public static final int STREAM_OFFSET = 8;

    /** Where the u32 number of the pull is. */
    public static final int PULL_OFFSET = 12;

    /** Where the u32 CRC is. */
    public static final int CRC_OFFSET = 16;

    /** Where the u32 count is: the CRC is over all from here. */
    public static final int COUNT_OFFSET = 20;

    /** Where the first packet's length is. */
    public static final int ENTRIES_OFFSET = 24;

    /** Where, with {@link #FLAG_COMPRESSED}, the u32 length is that the packets and their lengths have when they are not. */
    public static final int PLAIN_LENGTH_OFFSET = 24;

    /** Where, with {@link #FLAG_COMPRESSED}, the LZ4 block is. */
    public static final int BLOCK_OFFSET = 28;

    /** So many octets of packets and their lengths may be in a frame, compressed or not. */
    public static final int MAX_PLAIN_LENGTH = LinkFrame.MAX_LENGTH - ENTRIES_OFFSET;

    /** Octets of length ahead of each packet. */
    public static final int LENGTH_PREFIX = 4;

    private PacketsFlyweight() {}

    /**
     * Writes what is ahead of the packets.
     *
     * @param buffer where the frame is built.
     * @param offset of its first octet.
     * @param length of the whole frame in octets.
     * @param stream id.
     * @param pull the number of the PULL that this answers.
     * @param count of packets.
     */
    public static void encode(MutableDirectBuffer buffer, int offset, int length, int stream, int pull, int count) {
        LinkFrame.header(buffer, offset, length, LinkFrame.PACKETS, 0);
        buffer.putInt(offset + STREAM_OFFSET, stream, LITTLE_ENDIAN);
        buffer.putInt(offset + PULL_OFFSET, pull, LITTLE_ENDIAN);
        buffer.putInt(offset + COUNT_OFFSET, count, LITTLE_ENDIAN);
    }

    /**
     * Writes what is ahead of a compressed block of packets.
     *
     * @param buffer where the frame is built.
     * @param offset of its first octet.
     * @param length of the whole frame in octets.
     * @param stream id.
     * @param pull the number of the PULL that this answers.
     * @param count of packets.
     * @param plainLength octets that they and their lengths have when they are not compressed.
     */
    public static void encodeCompressed(
            MutableDirectBuffer buffer, int offset, int length, int stream, int pull, int count, int plainLength) {
        encode(buffer, offset, length, stream, pull, count);
        LinkFrame.header(buffer, offset, length, LinkFrame.PACKETS, FLAG_COMPRESSED);
        buffer.putInt(offset + PLAIN_LENGTH_OFFSET, plainLength, LITTLE_ENDIAN);
    }

    /**
     * Whether the packets are compressed.
     *
     * @param buffer holds the frame.
     * @param offset of its first octet.
     * @return false: they are behind {@link #ENTRIES_OFFSET} as they are.
     */
    public static boolean isCompressed(DirectBuffer buffer, int offset) {
        return LinkFrame.flags(buffer, offset) == FLAG_COMPRESSED;
    }

    /**
     * What the packets and their lengths have when they are not compressed, in a frame in which they are.
     *
     * @param buffer holds the frame.
     * @param offset of its first octet.
     * @return octets; 0 to {@link #MAX_PLAIN_LENGTH} in a frame that was checked.
     */
    public static int plainLength(DirectBuffer buffer, int offset) {
        return buffer.getInt(offset + PLAIN_LENGTH_OFFSET, LITTLE_ENDIAN);
    }

    /**
     * What a frame costs of a pull's credit: as much as it would be long if it were not compressed, for so much it needs where
     * it arrives.
     *
     * @param buffer holds the frame, checked.
     * @param offset of its first octet.
     * @param length of the whole frame in octets.
     * @return octets.
     */
    public static int cost(DirectBuffer buffer, int offset, int length) {
        return isCompressed(buffer, offset) ? Math.max(length, ENTRIES_OFFSET + plainLength(buffer, offset)) : length;
    }

    /**
     * Writes the CRC.
     *
     * @param buffer where the frame is built.
     * @param offset of its first octet.
     * @param crc CRC-32C of all from {@link #COUNT_OFFSET}.
     */
    public static void crc(MutableDirectBuffer buffer, int offset, int crc) {
        buffer.putInt(offset + CRC_OFFSET, crc, LITTLE_ENDIAN);
    }

    /**
     * Writes the length ahead of a packet.
     *
     * @param buffer where the frame is built.
     * @param entry where the length is.
     * @param length of the packet in octets.
     */
    public static void packetLength(MutableDirectBuffer buffer, int entry, int length) {
        buffer.putInt(entry, length, LITTLE_ENDIAN);
    }

    /**
     * The length ahead of a packet.
     *
     * @param buffer holds the frame.
     * @param entry where the length is.
     * @return octets; below 0 only in a malformed frame.
     */
    public static int packetLength(DirectBuffer buffer, int entry) {
        return buffer.getInt(entry, LITTLE_ENDIAN);
    }

    /**
     * The stream of all packets.
     *
     * @param buffer holds the frame.
     * @param offset of its first octet.
     * @return its id.
     */
    public static int stream(DirectBuffer buffer, int offset) {
        return buffer.getInt(offset + STREAM_OFFSET, LITTLE_ENDIAN);
    }

    /**
     * The number of the PULL that this answers.
     *
     * @param buffer holds the frame.
     * @param offset of its first octet.
     * @return 1 and up in a frame that was checked.
     */
    public static int pull(DirectBuffer buffer, int offset) {
        return buffer.getInt(offset + PULL_OFFSET, LITTLE_ENDIAN);
    }

    /**
     * The CRC-32C of all from {@link #COUNT_OFFSET}.
     *
     * @param buffer holds the frame.
     * @param offset of its first octet.
     * @return as a signed int.
     */
    public static int crc(DirectBuffer buffer, int offset) {
        return buffer.getInt(offset + CRC_OFFSET, LITTLE_ENDIAN);
    }

    /**
     * How many packets follow.
     *
     * @param buffer holds the frame.
     * @param offset of its first octet.
     * @return 1 and up in a frame that was checked.
     */
    public static int count(DirectBuffer buffer, int offset) {
        return buffer.getInt(offset + COUNT_OFFSET, LITTLE_ENDIAN);
    }
}

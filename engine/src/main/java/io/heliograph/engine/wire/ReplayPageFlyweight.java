// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.wire;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * A page of the answer of the service {@code replay}: whole stream packets in order, and how the holder stands.
 *
 * <p>What lies between the packets of an answer, or before the first, the holder does not have: it is gone there.
 *
 * <p><b>Thread:</b> static functions over bytes; any thread that may touch the bytes.
 *
 * <p><b>Allocation:</b> none.
 *
 * <p><b>Layout:</b> little-endian: the body of a link's REPLY.
 *
 * <pre>
 *   0  u8   version, 1
 *   1  u8   status, below
 *   2  u16  wait: ms after which to ask again, with BUSY and ON_LINE
 *   4  u32  stream
 *   8  u32  epoch of the place that this page begins at
 *  12  u32  epoch of the place behind this page
 *  16  u64  sequence that this page begins at
 *  24  u64  sequence to ask for next
 *  32  u32  count of packets
 *  36  u32  CRC-32C of all that follows
 *  40       for each: u32 length (32 to 65,569), and so many octets of {@link PacketFlyweight}
 * </pre>
 *
 * <p><b>Failure:</b> {@link #check} gives a reason code; nothing is ever thrown, whatever the bytes are. The CRC is the
 * reader's to check.
 */
public final class ReplayPageFlyweight {
    /** Of this layout. */
    public static final int VERSION = 1;

    /** Where the u8 version is. */
    public static final int VERSION_OFFSET = 0;

    /** Where the u8 status is. */
    public static final int STATUS_OFFSET = 1;

    /** Where the u16 wait is. */
    public static final int WAIT_OFFSET = 2;

    /** Where the u32 stream is. */
    public static final int STREAM_OFFSET = 4;

    /** Where the u32 epoch of the beginning is. */
    public static final int EPOCH_OFFSET = 8;

    /** Where the u32 epoch of the end is. */
    public static final int NEXT_EPOCH_OFFSET = 12;

    /** Where the u64 sequence of the beginning is. */
    public static final int FIRST_OFFSET = 16;

    /** Where the u64 sequence of the end is. */
    public static final int NEXT_OFFSET = 24;

    /** Where the u32 count is. */
    public static final int COUNT_OFFSET = 32;

    /** Where the u32 CRC is. */
    public static final int CRC_OFFSET = 36;

    /** Where the packets begin: octets of a page without any. */
    public static final int PACKETS_OFFSET = 40;

    /** Octets of length ahead of each packet. */
    public static final int LENGTH_PREFIX = 4;

    /** The longest page: a link's frame takes no more. */
    public static final int MAX_LENGTH = 1 << 20;

    /** There is more of what was asked for: in further pages of this answer, or from {@code next} on. */
    public static final int MORE = 0;

    /** All that was asked for was looked at. */
    public static final int DONE = 1;

    /** The holder has come to its end: what follows it does not have yet. */
    public static final int END = 2;

    /** It is being sent on the stream's lines, to all: look there, and ask again after the wait. */
    public static final int ON_LINE = 3;

    /** Asked too much or too often: ask again after the wait. */
    public static final int BUSY = 4;

    /** The page may be read. */
    public static final int OK = 0;

    /** Shorter than its header, or longer than {@link #MAX_LENGTH}. */
    public static final int BAD_LENGTH = 1;

    /** Of a version that this code does not know. */
    public static final int UNKNOWN_VERSION = 2;

    /** Of a status that this code does not know. */
    public static final int UNKNOWN_STATUS = 3;

    /** A sequence below 1 or above {@link PacketFraming#MAX_SEQUENCE}, or a place behind that lies before. */
    public static final int BAD_PLACE = 4;

    /** The packets do not fill the page exactly, or one of them is too short or too long. */
    public static final int BAD_PACKETS = 5;

    private ReplayPageFlyweight() {}

    /**
     * Writes a page's header, all but its CRC.
     *
     * @param buffer where the page is built.
     * @param offset of its first octet.
     * @param status of it.
     * @param stream id.
     * @param count of packets.
     */
    public static void encode(MutableDirectBuffer buffer, int offset, int status, int stream, int count) {
        buffer.putByte(offset + VERSION_OFFSET, (byte) VERSION);
        buffer.putByte(offset + STATUS_OFFSET, (byte) status);
        buffer.putShort(offset + WAIT_OFFSET, (short) 0, LITTLE_ENDIAN);
        buffer.putInt(offset + STREAM_OFFSET, stream, LITTLE_ENDIAN);
        buffer.putInt(offset + COUNT_OFFSET, count, LITTLE_ENDIAN);
    }

    /**
     * Writes from where to where a page goes.
     *
     * @param buffer where the page is built.
     * @param offset of its first octet.
     * @param epoch of its beginning.
     * @param first sequence of its beginning.
     * @param nextEpoch of the place behind it.
     * @param next sequence of the place behind it.
     */
    public static void places(
            MutableDirectBuffer buffer, int offset, long epoch, long first, long nextEpoch, long next) {
        buffer.putInt(offset + EPOCH_OFFSET, (int) epoch, LITTLE_ENDIAN);
        buffer.putInt(offset + NEXT_EPOCH_OFFSET, (int) nextEpoch, LITTLE_ENDIAN);
        buffer.putLong(offset + FIRST_OFFSET, first, LITTLE_ENDIAN);
        buffer.putLong(offset + NEXT_OFFSET, next, LITTLE_ENDIAN);
    }

    /**
     * Says after which time to ask again.
     *
     * @param buffer holds a page.
     * @param offset of its first octet.
     * @param waitMs 0 to 65,535 ms.
     */
    public static void waitMs(MutableDirectBuffer buffer, int offset, int waitMs) {
        buffer.putShort(offset + WAIT_OFFSET, (short) waitMs, LITTLE_ENDIAN);
    }

    /**
     * Writes the CRC.
     *
     * @param buffer holds a page.
     * @param offset of its first octet.
     * @param crc CRC-32C of all from {@link #PACKETS_OFFSET}.
     */
    public static void crc(MutableDirectBuffer buffer, int offset, int crc) {
        buffer.putInt(offset + CRC_OFFSET, crc, LITTLE_ENDIAN);
    }

    /**
     * Checks the framing of a page whole; not the CRC, and not the packets themselves.
     *
     * @param buffer holds it.
     * @param offset of its first octet.
     * @param length of it in octets.
     * @return {@link #OK}, or the reason why it must be dropped.
     */
    public static int check(DirectBuffer buffer, int offset, int length) {
        if (length < PACKETS_OFFSET || length > MAX_LENGTH) {
            return BAD_LENGTH;
        }
        if (buffer.getByte(offset + VERSION_OFFSET) != VERSION) {
            return UNKNOWN_VERSION;
        }
        if (status(buffer, offset) > BUSY) {
            return UNKNOWN_STATUS;
        }
        long first = first(buffer, offset);
        long next = next(buffer, offset);
        boolean isForward = nextEpoch(buffer, offset) > epoch(buffer, offset)
                || (nextEpoch(buffer, offset) == epoch(buffer, offset) && next >= first);
        if (first < 1 || first > PacketFraming.MAX_SEQUENCE || next < 1 || next > PacketFraming.MAX_SEQUENCE) {
            return BAD_PLACE;
        }
        return isForward ? checkPackets(buffer, offset, length) : BAD_PLACE;
    }

    private static int checkPackets(DirectBuffer buffer, int offset, int length) {
        long end = (long) offset + length;
        long position = (long) offset + PACKETS_OFFSET;
        int count = buffer.getInt(offset + COUNT_OFFSET, LITTLE_ENDIAN);
        if (count < 0 || count > length / LENGTH_PREFIX) {
            return BAD_PACKETS;
        }
        for (int i = 0; i < count; i++) {
            if (position + LENGTH_PREFIX > end) {
                return BAD_PACKETS;
            }
            int packet = buffer.getInt((int) position, LITTLE_ENDIAN);
            if (packet < PacketFlyweight.HEADER_LENGTH || packet > PacketFlyweight.MAX_PACKET_LENGTH) {
                return BAD_PACKETS;
            }
            position += LENGTH_PREFIX + packet;
        }
        return position == end ? OK : BAD_PACKETS;
    }

    /**
     * The status.
     *
     * @param buffer holds a page.
     * @param offset of its first octet.
     * @return {@link #MORE}, {@link #DONE}, {@link #END}, {@link #ON_LINE}, {@link #BUSY}, or something unknown.
     */
    public static int status(DirectBuffer buffer, int offset) {
        return buffer.getByte(offset + STATUS_OFFSET) & 0xFF;
    }

    /**
     * The time after which to ask again.
     *
     * @param buffer holds a page.
     * @param offset of its first octet.
     * @return ms.
     */
    public static int waitMs(DirectBuffer buffer, int offset) {
        return buffer.getShort(offset + WAIT_OFFSET, LITTLE_ENDIAN) & 0xFFFF;
    }

    /**
     * The stream.
     *
     * @param buffer holds a page.
     * @param offset of its first octet.
     * @return its id.
     */
    public static int stream(DirectBuffer buffer, int offset) {
        return buffer.getInt(offset + STREAM_OFFSET, LITTLE_ENDIAN);
    }

    /**
     * The epoch of the place that a page begins at.
     *
     * @param buffer holds a page.
     * @param offset of its first octet.
     * @return 0 to 2^32 - 1.
     */
    public static long epoch(DirectBuffer buffer, int offset) {
        return buffer.getInt(offset + EPOCH_OFFSET, LITTLE_ENDIAN) & 0xFFFF_FFFFL;
    }

    /**
     * The epoch of the place behind a page.
     *
     * @param buffer holds a page.
     * @param offset of its first octet.
     * @return 0 to 2^32 - 1.
     */
    public static long nextEpoch(DirectBuffer buffer, int offset) {
        return buffer.getInt(offset + NEXT_EPOCH_OFFSET, LITTLE_ENDIAN) & 0xFFFF_FFFFL;
    }

    /**
     * The sequence that a page begins at.
     *
     * @param buffer holds a page.
     * @param offset of its first octet.
     * @return a sequence.
     */
    public static long first(DirectBuffer buffer, int offset) {
        return buffer.getLong(offset + FIRST_OFFSET, LITTLE_ENDIAN);
    }

    /**
     * The sequence to ask for next.
     *
     * @param buffer holds a page.
     * @param offset of its first octet.
     * @return a sequence.
     */
    public static long next(DirectBuffer buffer, int offset) {
        return buffer.getLong(offset + NEXT_OFFSET, LITTLE_ENDIAN);
    }

    /**
     * How many packets a page has.
     *
     * @param buffer holds a page.
     * @param offset of its first octet.
     * @return packets.
     */
    public static int count(DirectBuffer buffer, int offset) {
        return buffer.getInt(offset + COUNT_OFFSET, LITTLE_ENDIAN);
    }

    /**
     * The CRC.
     *
     * @param buffer holds a page.
     * @param offset of its first octet.
     * @return as a signed int.
     */
    public static int crc(DirectBuffer buffer, int offset) {
        return buffer.getInt(offset + CRC_OFFSET, LITTLE_ENDIAN);
    }

    /**
     * The length of a packet.
     *
     * @param buffer holds a page.
     * @param entry offset of the length ahead of the packet.
     * @return octets.
     */
    public static int packetLength(DirectBuffer buffer, int entry) {
        return buffer.getInt(entry, LITTLE_ENDIAN);
    }

    /**
     * Writes the length of a packet.
     *
     * @param buffer where the page is built.
     * @param entry offset of the length ahead of the packet.
     * @param length octets.
     */
    public static void packetLength(MutableDirectBuffer buffer, int entry, int length) {
        buffer.putInt(entry, length, LITTLE_ENDIAN);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.wire;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * What the service {@code replay} is asked: from which place of a stream on how many messages, in how many octets at most.
 *
 * <p><b>Thread:</b> static functions over bytes; any thread that may touch the bytes.
 *
 * <p><b>Allocation:</b> none.
 *
 * <p><b>Layout:</b> little-endian, 32 octets: the body of a link's REQUEST.
 *
 * <pre>
 *   0  u8   version, 1
 *   1  u8   place: what {@code from} counts from, below
 *   2  u16  0
 *   4  u32  stream
 *   8  u32  epoch; 0 where the place needs none
 *  12  u32  octets: of packets in all pages of the answer at most, 1,024 to 16,777,216; one packet always
 *  16  i64  from: a sequence, or ns since the Unix epoch
 *  24  i64  count of messages, 1 and up; {@link #ALL} for as many as there are
 * </pre>
 *
 * <p><b>Failure:</b> {@link #check} gives a reason code; nothing is ever thrown, whatever the bytes are.
 */
public final class ReplayRequestFlyweight {
    /** Of this layout. */
    public static final int VERSION = 1;

    /** Octets of a request. */
    public static final int LENGTH = 32;

    /** Where the u8 version is. */
    public static final int VERSION_OFFSET = 0;

    /** Where the u8 place is. */
    public static final int PLACE_OFFSET = 1;

    /** Where the u32 stream is. */
    public static final int STREAM_OFFSET = 4;

    /** Where the u32 epoch is. */
    public static final int EPOCH_OFFSET = 8;

    /** Where the u32 bound on octets is. */
    public static final int OCTETS_OFFSET = 12;

    /** Where the i64 is from which on is asked. */
    public static final int FROM_OFFSET = 16;

    /** Where the i64 count of messages is. */
    public static final int COUNT_OFFSET = 24;

    /** {@code from} is a sequence of {@code epoch}. */
    public static final int IN_EPOCH = 0;

    /** {@code from} is a sequence of the latest epoch that the holder has. */
    public static final int IN_LATEST_EPOCH = 1;

    /** {@code from} is a time: the first message that was sent then or later. */
    public static final int AT_TIME = 2;

    /** A count that stands for as many as there are. */
    public static final long ALL = Long.MAX_VALUE;

    /** The fewest octets that may be asked for. */
    public static final int MIN_OCTETS = 1024;

    /** The most octets that may be asked for at once. */
    public static final int MAX_OCTETS = 16 << 20;

    /** The request may be read. */
    public static final int OK = 0;

    /** Not as long as a request. */
    public static final int BAD_LENGTH = 1;

    /** Of a version that this code does not know. */
    public static final int UNKNOWN_VERSION = 2;

    /** Of a place that this code does not know. */
    public static final int UNKNOWN_PLACE = 3;

    /** A sequence below 1 or above {@link PacketFraming#MAX_SEQUENCE}, or a time below 0. */
    public static final int BAD_FROM = 4;

    /** Fewer messages than one, or more than {@link PacketFraming#MAX_SEQUENCE} that are not {@link #ALL}. */
    public static final int BAD_COUNT = 5;

    /** Fewer octets than {@link #MIN_OCTETS}, or more than {@link #MAX_OCTETS}. */
    public static final int BAD_OCTETS = 6;

    private ReplayRequestFlyweight() {}

    /**
     * Writes a request from a sequence on; {@link #place} makes another one of it.
     *
     * @param buffer of {@link #LENGTH} octets from the offset on.
     * @param offset of its first octet.
     * @param stream id.
     * @param epoch 0 to 2^32 - 1.
     * @param from the first sequence that is wanted.
     * @param count of messages, or {@link #ALL}.
     * @param octets of packets at most.
     */
    public static void encode(
            MutableDirectBuffer buffer, int offset, int stream, long epoch, long from, long count, int octets) {
        buffer.putLong(offset, VERSION, LITTLE_ENDIAN);
        buffer.putInt(offset + STREAM_OFFSET, stream, LITTLE_ENDIAN);
        buffer.putInt(offset + EPOCH_OFFSET, (int) epoch, LITTLE_ENDIAN);
        buffer.putInt(offset + OCTETS_OFFSET, octets, LITTLE_ENDIAN);
        buffer.putLong(offset + FROM_OFFSET, from, LITTLE_ENDIAN);
        buffer.putLong(offset + COUNT_OFFSET, count, LITTLE_ENDIAN);
    }

    /**
     * Says what {@code from} counts from.
     *
     * @param buffer holds a request.
     * @param offset of its first octet.
     * @param place {@link #IN_EPOCH}, {@link #IN_LATEST_EPOCH} or {@link #AT_TIME}.
     */
    public static void place(MutableDirectBuffer buffer, int offset, int place) {
        buffer.putByte(offset + PLACE_OFFSET, (byte) place);
    }

    /**
     * Checks a request whole.
     *
     * @param buffer holds it.
     * @param offset of its first octet.
     * @param length of it in octets.
     * @return {@link #OK}, or the reason why it must be refused.
     */
    public static int check(DirectBuffer buffer, int offset, int length) {
        if (length != LENGTH) {
            return BAD_LENGTH;
        }
        if (buffer.getByte(offset + VERSION_OFFSET) != VERSION) {
            return UNKNOWN_VERSION;
        }
        int place = place(buffer, offset);
        if (place > AT_TIME) {
            return UNKNOWN_PLACE;
        }
        long from = from(buffer, offset);
        if (place == AT_TIME ? from < 0 : from < 1 || from > PacketFraming.MAX_SEQUENCE) {
            return BAD_FROM;
        }
        long count = count(buffer, offset);
        if (count < 1 || (count > PacketFraming.MAX_SEQUENCE && count != ALL)) {
            return BAD_COUNT;
        }
        int octets = octets(buffer, offset);
        return octets < MIN_OCTETS || octets > MAX_OCTETS ? BAD_OCTETS : OK;
    }

    /**
     * What {@code from} counts from.
     *
     * @param buffer holds a request.
     * @param offset of its first octet.
     * @return {@link #IN_EPOCH}, {@link #IN_LATEST_EPOCH}, {@link #AT_TIME}, or something unknown.
     */
    public static int place(DirectBuffer buffer, int offset) {
        return buffer.getByte(offset + PLACE_OFFSET) & 0xFF;
    }

    /**
     * The stream.
     *
     * @param buffer holds a request.
     * @param offset of its first octet.
     * @return its id.
     */
    public static int stream(DirectBuffer buffer, int offset) {
        return buffer.getInt(offset + STREAM_OFFSET, LITTLE_ENDIAN);
    }

    /**
     * The epoch.
     *
     * @param buffer holds a request.
     * @param offset of its first octet.
     * @return 0 to 2^32 - 1.
     */
    public static long epoch(DirectBuffer buffer, int offset) {
        return buffer.getInt(offset + EPOCH_OFFSET, LITTLE_ENDIAN) & 0xFFFF_FFFFL;
    }

    /**
     * How many octets of packets the answer may have.
     *
     * @param buffer holds a request.
     * @param offset of its first octet.
     * @return octets.
     */
    public static int octets(DirectBuffer buffer, int offset) {
        return buffer.getInt(offset + OCTETS_OFFSET, LITTLE_ENDIAN);
    }

    /**
     * From where on is asked.
     *
     * @param buffer holds a request.
     * @param offset of its first octet.
     * @return a sequence, or ns since the Unix epoch.
     */
    public static long from(DirectBuffer buffer, int offset) {
        return buffer.getLong(offset + FROM_OFFSET, LITTLE_ENDIAN);
    }

    /**
     * How many messages are asked for.
     *
     * @param buffer holds a request.
     * @param offset of its first octet.
     * @return messages, or {@link #ALL}.
     */
    public static long count(DirectBuffer buffer, int offset) {
        return buffer.getLong(offset + COUNT_OFFSET, LITTLE_ENDIAN);
    }
}

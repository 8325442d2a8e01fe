// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.wire;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * PULL and CREDIT: who receives says what it wants and how much of it. A sender never sends more than it has credit for, so a
 * stream that cannot be taken stalls none of its neighbours.
 *
 * <p><b>Thread:</b> static functions over bytes; any thread that may touch the bytes.
 *
 * <p><b>Allocation:</b> none.
 *
 * <p><b>Layout:</b> little-endian, behind the header of {@link LinkFrame}.
 *
 * <pre>
 *  PULL, 40 octets; flag 1: no more of it (then epoch, sequence and credit are 0)
 *   8  u32  stream
 *  12  u32  epoch
 *  16  u64  sequence of the first message wanted, 1 and up
 *  24  u64  credit, bytes of PACKETS frames, whole frames counted
 *  32  u32  pull: its number, which grows with each PULL of a connection; CREDIT and PACKETS repeat it
 *  36  u32  0
 *
 *  CREDIT, 24 octets
 *   8  u32  stream
 *  12  u32  pull
 *  16  u64  further credit, bytes
 * </pre>
 */
public final class PullFlyweight {
    /** Where the u32 stream is, in both. */
    public static final int STREAM_OFFSET = 8;

    /** Where a PULL's u32 epoch is. */
    public static final int EPOCH_OFFSET = 12;

    /** Where a PULL's u64 sequence is. */
    public static final int SEQUENCE_OFFSET = 16;

    /** Where a PULL's u64 credit is. */
    public static final int CREDIT_OFFSET = 24;

    /** Where a PULL's u32 number is. */
    public static final int PULL_OFFSET = 32;

    /** Where a u32 of a PULL is that stays 0. */
    public static final int RESERVED_OFFSET = 36;

    /** Octets of a PULL. */
    public static final int LENGTH = 40;

    /** Where a CREDIT's u32 number of the pull is. */
    public static final int FURTHER_PULL_OFFSET = 12;

    /** Where a CREDIT's u64 of further credit is. */
    public static final int FURTHER_CREDIT_OFFSET = 16;

    /** Octets of a CREDIT. */
    public static final int CREDIT_LENGTH = 24;

    /** Flag of a PULL: no more of the stream. */
    public static final int FLAG_STOP = 1;

    /** The most credit that a frame gives, bytes: sums stay far from overflowing. */
    public static final long MAX_CREDIT = 1L << 40;

    private PullFlyweight() {}

    /**
     * Writes a PULL.
     *
     * @param buffer where the frame is built.
     * @param offset of its first octet.
     * @param stream id.
     * @param pull its number.
     * @param epoch 0 to 2^32 - 1.
     * @param sequence of the first message wanted.
     * @param credit bytes.
     */
    public static void encodePull(
            MutableDirectBuffer buffer, int offset, int stream, int pull, long epoch, long sequence, long credit) {
        LinkFrame.header(buffer, offset, LENGTH, LinkFrame.PULL, 0);
        buffer.putInt(offset + STREAM_OFFSET, stream, LITTLE_ENDIAN);
        buffer.putInt(offset + EPOCH_OFFSET, (int) epoch, LITTLE_ENDIAN);
        buffer.putLong(offset + SEQUENCE_OFFSET, sequence, LITTLE_ENDIAN);
        buffer.putLong(offset + CREDIT_OFFSET, credit, LITTLE_ENDIAN);
        buffer.putInt(offset + PULL_OFFSET, pull, LITTLE_ENDIAN);
        buffer.putInt(offset + RESERVED_OFFSET, 0, LITTLE_ENDIAN);
    }

    /**
     * Writes a PULL that ends another.
     *
     * @param buffer where the frame is built.
     * @param offset of its first octet.
     * @param stream id.
     * @param pull the number of the pull that ends.
     */
    public static void encodeStop(MutableDirectBuffer buffer, int offset, int stream, int pull) {
        encodePull(buffer, offset, stream, pull, 0, 0, 0);
        LinkFrame.header(buffer, offset, LENGTH, LinkFrame.PULL, FLAG_STOP);
    }

    /**
     * Writes a CREDIT.
     *
     * @param buffer where the frame is built.
     * @param offset of its first octet.
     * @param stream id.
     * @param pull the number of the pull.
     * @param credit further bytes.
     */
    public static void encodeCredit(MutableDirectBuffer buffer, int offset, int stream, int pull, long credit) {
        LinkFrame.header(buffer, offset, CREDIT_LENGTH, LinkFrame.CREDIT, 0);
        buffer.putInt(offset + STREAM_OFFSET, stream, LITTLE_ENDIAN);
        buffer.putInt(offset + FURTHER_PULL_OFFSET, pull, LITTLE_ENDIAN);
        buffer.putLong(offset + FURTHER_CREDIT_OFFSET, credit, LITTLE_ENDIAN);
    }

    /**
     * The stream of either frame.
     *
     * @param buffer holds the frame.
     * @param offset of its first octet.
     * @return its id.
     */
    public static int stream(DirectBuffer buffer, int offset) {
        return buffer.getInt(offset + STREAM_OFFSET, LITTLE_ENDIAN);
    }

    /**
     * The epoch of a PULL.
     *
     * @param buffer holds the frame.
     * @param offset of its first octet.
     * @return 0 to 2^32 - 1.
     */
    public static long epoch(DirectBuffer buffer, int offset) {
        return buffer.getInt(offset + EPOCH_OFFSET, LITTLE_ENDIAN) & 0xFFFF_FFFFL;
    }

    /**
     * The first message that a PULL wants.
     *
     * @param buffer holds the frame.
     * @param offset of its first octet.
     * @return 1 and up in a frame that was checked; 0 in one that stops.
     */
    public static long sequence(DirectBuffer buffer, int offset) {
        return buffer.getLong(offset + SEQUENCE_OFFSET, LITTLE_ENDIAN);
    }

    /**
     * The credit of a PULL.
     *
     * @param buffer holds the frame.
     * @param offset of its first octet.
     * @return bytes; 0 to {@link #MAX_CREDIT} in a frame that was checked.
     */
    public static long credit(DirectBuffer buffer, int offset) {
        return buffer.getLong(offset + CREDIT_OFFSET, LITTLE_ENDIAN);
    }

    /**
     * The number of a PULL.
     *
     * @param buffer holds the frame.
     * @param offset of its first octet.
     * @return 1 and up in a frame that was checked.
     */
    public static int pull(DirectBuffer buffer, int offset) {
        return buffer.getInt(offset + PULL_OFFSET, LITTLE_ENDIAN);
    }

    /**
     * What stays 0 in a PULL.
     *
     * @param buffer holds the frame.
     * @param offset of its first octet.
     * @return 0 in a frame that was checked.
     */
    public static int reserved(DirectBuffer buffer, int offset) {
        return buffer.getInt(offset + RESERVED_OFFSET, LITTLE_ENDIAN);
    }

    /**
     * The number of the pull that a CREDIT is for.
     *
     * @param buffer holds the frame.
     * @param offset of its first octet.
     * @return 1 and up in a frame that was checked.
     */
    public static int furtherPull(DirectBuffer buffer, int offset) {
        return buffer.getInt(offset + FURTHER_PULL_OFFSET, LITTLE_ENDIAN);
    }

    /**
     * The credit of a CREDIT.
     *
     * @param buffer holds the frame.
     * @param offset of its first octet.
     * @return bytes; 1 to {@link #MAX_CREDIT} in a frame that was checked.
     */
    public static long furtherCredit(DirectBuffer buffer, int offset) {
        return buffer.getLong(offset + FURTHER_CREDIT_OFFSET, LITTLE_ENDIAN);
    }
}

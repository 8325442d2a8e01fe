// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.wire;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * The header of a stream packet, which is one Aeron message: what publishers build and arbitration reads.
 *
 * <p><b>Thread:</b> static functions over bytes; any thread that may touch the bytes.
 *
 * <p><b>Allocation:</b> none.
 *
 * <p><b>Layout:</b> little-endian, 32 octets of header, then {@code count} messages.
 *
 * <pre>
 *   0                   1                   2                   3
 *   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *  |                           Sequence                            |  0
 *  |                                                               |
 *  +---------------------------------------------------------------+
 *  |                 Sent (ns since the Unix epoch)                |  8
 *  |                                                               |
 *  +---------------------------------------------------------------+
 *  |                            Stream                             | 16
 *  +---------------------------------------------------------------+
 *  |                             Epoch                             | 20
 *  +-------------------------------+-------------------------------+
 *  |            Source             |             Count             | 24
 *  +---------------+---------------+---------------+---------------+
 *  |     Flags     |     Hops      |    Version    |     Kind      | 28
 *  +---------------+---------------+---------------+---------------+
 *  |  Message: u16 length, then as many octets of body         ... | 32
 *  +---------------------------------------------------------------+
 * </pre>
 */
public final class PacketFlyweight {
    /** Where the u64 sequence is. */
    public static final int SEQUENCE_OFFSET = 0;

    /** Where the i64 wall clock of the first message's offer is. */
    public static final int SENT_OFFSET = 8;

    /** Where the u32 stream id is. */
    public static final int STREAM_OFFSET = 16;

    /** Where the u32 epoch is. */
    public static final int EPOCH_OFFSET = 20;

    /** Where the u16 source is. */
    public static final int SOURCE_OFFSET = 24;

    /** Where the u16 count is. */
    public static final int COUNT_OFFSET = 26;

    /** Where the u8 flags are. */
    public static final int FLAGS_OFFSET = 28;

    /** Where the u8 count of bridges crossed is. */
    public static final int HOPS_OFFSET = 29;

    /** Where the u8 version is. */
    public static final int VERSION_OFFSET = 30;

    /** Where the u8 kind is. */
    public static final int KIND_OFFSET = 31;

    /** Octets ahead of the first message. */
    public static final int HEADER_LENGTH = 32;

    /** Octets of length ahead of each message's body. */
    public static final int LENGTH_PREFIX = 2;

    /** The longest body: what a u16 can say. */
    public static final int MAX_MESSAGE_LENGTH = 0xFFFF;

    /** The longest packet: one message of the greatest length, fragmented by Aeron. */
    public static final int MAX_PACKET_LENGTH = HEADER_LENGTH + LENGTH_PREFIX + MAX_MESSAGE_LENGTH;

    /** The version that this code writes and reads. */
    public static final int VERSION = 1;

    /** Flag: the messages may have been delivered before. */
    public static final int FLAG_POSSIBLE_DUPLICATE = 1;

    /** Flag: sent again from a resend window or a journal. */
    public static final int FLAG_REPLAYED = 2;

    /** Where the count begins in {@link #sourceToKind}, in bits. */
    public static final int COUNT_SHIFT = 16;

    /** Where version and kind begin in {@link #sourceToKind}, in bits: nothing is above them. */
    public static final int VERSION_AND_KIND_SHIFT = 48;

    /** What version and kind are together for a data packet of this version. */
    public static final int VERSION_AND_DATA = VERSION | PacketKind.DATA << 8;

    private PacketFlyweight() {}

    /**
     * Writes the fields that stay the same for all packets of a publication; the others become 0.
     *
     * @param buffer where the packet is built.
     * @param offset of its first octet.
     * @param stream id, 1 and up.
     * @param epoch 0 to 2^32 - 1.
     * @param source the publisher's place in {@code publishers=}, 0 to 65,535.
     */
    public static void init(MutableDirectBuffer buffer, int offset, int stream, long epoch, int source) {
        buffer.setMemory(offset, HEADER_LENGTH, (byte) 0);
        buffer.putInt(offset + STREAM_OFFSET, stream, LITTLE_ENDIAN);
        buffer.putInt(offset + EPOCH_OFFSET, (int) epoch, LITTLE_ENDIAN);
        buffer.putShort(offset + SOURCE_OFFSET, (short) source, LITTLE_ENDIAN);
        buffer.putByte(offset + VERSION_OFFSET, (byte) VERSION);
    }

    /**
     * The sequence of the first message, or what the kind makes of it.
     *
     * @param buffer holds the packet.
     * @param offset of its first octet.
     * @return the sequence; below 1 only in a malformed packet.
     */
    public static long sequence(DirectBuffer buffer, int offset) {
        return buffer.getLong(offset + SEQUENCE_OFFSET, LITTLE_ENDIAN);
    }

    /**
     * Sets sequence: see the getter.
     *
     * @param buffer where the packet is built.
     * @param offset of its first octet.
     * @param sequence to write.
     */
    public static void sequence(MutableDirectBuffer buffer, int offset, long sequence) {
        buffer.putLong(offset + SEQUENCE_OFFSET, sequence, LITTLE_ENDIAN);
    }

    /**
     * When the packet's first message was offered, by the origin publisher's wall clock.
     *
     * @param buffer holds the packet.
     * @param offset of its first octet.
     * @return ns since the Unix epoch.
     */
    public static long sentEpochNs(DirectBuffer buffer, int offset) {
        return buffer.getLong(offset + SENT_OFFSET, LITTLE_ENDIAN);
    }

    /**
     * Sets sentEpochNs: see the getter.
     *
     * @param buffer where the packet is built.
     * @param offset of its first octet.
     * @param sentEpochNs to write.
     */
    public static void sentEpochNs(MutableDirectBuffer buffer, int offset, long sentEpochNs) {
        buffer.putLong(offset + SENT_OFFSET, sentEpochNs, LITTLE_ENDIAN);
    }

    /**
     * The stream's id in the topology.
     *
     * @param buffer holds the packet.
     * @param offset of its first octet.
     * @return the id.
     */
    public static int stream(DirectBuffer buffer, int offset) {
        return buffer.getInt(offset + STREAM_OFFSET, LITTLE_ENDIAN);
    }

    /**
     * The numbering's life.
     *
     * @param buffer holds the packet.
     * @param offset of its first octet.
     * @return 0 to 2^32 - 1.
     */
    public static long epoch(DirectBuffer buffer, int offset) {
        return buffer.getInt(offset + EPOCH_OFFSET, LITTLE_ENDIAN) & 0xFFFF_FFFFL;
    }

    /**
     * The publisher's place in {@code publishers=}.
     *
     * @param buffer holds the packet.
     * @param offset of its first octet.
     * @return 0 to 65,535.
     */
    public static int source(DirectBuffer buffer, int offset) {
        return buffer.getShort(offset + SOURCE_OFFSET, LITTLE_ENDIAN) & 0xFFFF;
    }

    /**
     * How many messages (or, in a heartbeat, further streams) follow the header.
     *
     * @param buffer holds the packet.
     * @param offset of its first octet.
     * @return 0 to 65,535.
     */
    public static int count(DirectBuffer buffer, int offset) {
        return buffer.getShort(offset + COUNT_OFFSET, LITTLE_ENDIAN) & 0xFFFF;
    }

    /**
     * Sets count: see the getter.
     *
     * @param buffer where the packet is built.
     * @param offset of its first octet.
     * @param count to write.
     */
    public static void count(MutableDirectBuffer buffer, int offset, int count) {
        buffer.putShort(offset + COUNT_OFFSET, (short) count, LITTLE_ENDIAN);
    }

    /**
     * {@link #FLAG_POSSIBLE_DUPLICATE} and {@link #FLAG_REPLAYED}.
     *
     * @param buffer holds the packet.
     * @param offset of its first octet.
     * @return the flags, or'ed.
     */
    public static int flags(DirectBuffer buffer, int offset) {
        return buffer.getByte(offset + FLAGS_OFFSET) & 0xFF;
    }

    /**
     * Sets flags: see the getter.
     *
     * @param buffer where the packet is built.
     * @param offset of its first octet.
     * @param flags to write.
     */
    public static void flags(MutableDirectBuffer buffer, int offset, int flags) {
        buffer.putByte(offset + FLAGS_OFFSET, (byte) flags);
    }

    /**
     * Bridges crossed.
     *
     * @param buffer holds the packet.
     * @param offset of its first octet.
     * @return 0 to 255.
     */
    public static int hops(DirectBuffer buffer, int offset) {
        return buffer.getByte(offset + HOPS_OFFSET) & 0xFF;
    }

    /**
     * Writes how many bridges it has crossed.
     *
     * @param buffer holds the packet.
     * @param offset of its first octet.
     * @param hops 0 to 255.
     */
    public static void hops(MutableDirectBuffer buffer, int offset, int hops) {
        buffer.putByte(offset + HOPS_OFFSET, (byte) hops);
    }

    /**
     * Writes the epoch.
     *
     * @param buffer holds the packet.
     * @param offset of its first octet.
     * @param epoch 0 to 2^32 - 1.
     */
    public static void epoch(MutableDirectBuffer buffer, int offset, long epoch) {
        buffer.putInt(offset + EPOCH_OFFSET, (int) epoch, LITTLE_ENDIAN);
    }

    /**
     * Writes the publisher's place.
     *
     * @param buffer holds the packet.
     * @param offset of its first octet.
     * @param source 0 to 65,535.
     */
    public static void source(MutableDirectBuffer buffer, int offset, int source) {
        buffer.putShort(offset + SOURCE_OFFSET, (short) source, LITTLE_ENDIAN);
    }

    /**
     * The version of the format.
     *
     * @param buffer holds the packet.
     * @param offset of its first octet.
     * @return {@link #VERSION}, or what a stranger wrote.
     */
    public static int version(DirectBuffer buffer, int offset) {
        return buffer.getByte(offset + VERSION_OFFSET) & 0xFF;
    }

    /**
     * What the packet is for.
     *
     * @param buffer holds the packet.
     * @param offset of its first octet.
     * @return a {@link PacketKind}, or what a stranger wrote.
     */
    public static int kind(DirectBuffer buffer, int offset) {
        return buffer.getByte(offset + KIND_OFFSET) & 0xFF;
    }

    /**
     * Sets kind: see the getter.
     *
     * @param buffer where the packet is built.
     * @param offset of its first octet.
     * @param kind to write.
     */
    public static void kind(MutableDirectBuffer buffer, int offset, int kind) {
        buffer.putByte(offset + KIND_OFFSET, (byte) kind);
    }

    /**
     * Stream and epoch together, so that the hot path asks one question instead of two.
     *
     * @param buffer holds the packet.
     * @param offset of its first octet.
     * @return the epoch in the upper 32 bits, the stream in the lower.
     */
    public static long streamAndEpoch(DirectBuffer buffer, int offset) {
        return buffer.getLong(offset + STREAM_OFFSET, LITTLE_ENDIAN);
    }

    /**
     * The last eight octets of the header at once: source, count, flags, hops, version, kind from the lowest bits up.
     *
     * @param buffer holds the packet.
     * @param offset of its first octet.
     * @return to be taken apart by {@link #COUNT_SHIFT} and {@link #VERSION_AND_KIND_SHIFT}.
     */
    public static long sourceToKind(DirectBuffer buffer, int offset) {
        return buffer.getLong(offset + SOURCE_OFFSET, LITTLE_ENDIAN);
    }

    /**
     * The length of the body behind a length prefix.
     *
     * @param buffer holds the packet.
     * @param offset of the message's length prefix.
     * @return 0 to 65,535.
     */
    public static int messageLength(DirectBuffer buffer, int offset) {
        return buffer.getShort(offset, LITTLE_ENDIAN) & 0xFFFF;
    }

    /**
     * Steps over messages of a packet whose framing was checked.
     *
     * @param buffer holds the packet.
     * @param offset of the first message's length prefix.
     * @param count of messages to step over, 0 and up.
     * @return the offset behind them.
     */
    public static int skipMessages(DirectBuffer buffer, int offset, long count) {
        int position = offset;
        for (long left = count; left > 0; left--) {
            position += LENGTH_PREFIX + messageLength(buffer, position);
        }
        return position;
    }

    /**
     * Sets a message's length prefix.
     *
     * @param buffer where the packet is built.
     * @param offset of the message's length prefix.
     * @param length of the body, 0 to 65,535.
     */
    public static void messageLength(MutableDirectBuffer buffer, int offset, int length) {
        buffer.putShort(offset, (short) length, LITTLE_ENDIAN);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.wire;

import static io.heliograph.engine.wire.PacketFlyweight.HEADER_LENGTH;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * What follows the header in a packet that is no data: a gap's end, a seal, a heartbeat's further streams.
 *
 * <p><b>Thread:</b> static functions over bytes; any thread that may touch the bytes.
 *
 * <p><b>Allocation:</b> none.
 *
 * <p><b>Layout:</b> little-endian, behind the 32 octets of {@link PacketFlyweight}:
 *
 * <pre>
 *  GAP                u64 last                               40 octets with the header
 *  SEAL               u64 first, u64 last, u32 CRC-32C       52 octets
 *  HEARTBEAT          u32 stream, u32 epoch, u64 next        16 octets for each further stream
 *  END_OF_EPOCH       nothing                                32 octets
 * </pre>
 */
public final class ControlFlyweight {
    /** Octets of a heartbeat's entry for a further stream: u32 stream, u32 epoch, u64 next. */
    public static final int HEARTBEAT_ENTRY_LENGTH = 16;

    /** Octets of a gap packet: header, u64 last. */
    public static final int GAP_LENGTH = HEADER_LENGTH + 8;

    /** Octets of a seal: header, u64 first, u64 last, u32 CRC-32C. */
    public static final int SEAL_LENGTH = HEADER_LENGTH + 20;

    private ControlFlyweight() {}

    /**
     * The last lost sequence of a {@link PacketKind#GAP} packet.
     *
     * @param buffer holds the packet.
     * @param offset of its first octet.
     * @return the last sequence that is lost for good.
     */
    public static long gapLast(DirectBuffer buffer, int offset) {
        return buffer.getLong(offset + HEADER_LENGTH, LITTLE_ENDIAN);
    }

    /**
     * Writes the body of a {@link PacketKind#GAP} packet.
     *
     * @param buffer where the packet is built.
     * @param offset of its first octet.
     * @param last the last sequence that is lost for good.
     */
    public static void gapLast(MutableDirectBuffer buffer, int offset, long last) {
        buffer.putLong(offset + HEADER_LENGTH, last, LITTLE_ENDIAN);
    }

    /**
     * The first sequence that a {@link PacketKind#SEAL} covers.
     *
     * @param buffer holds the packet.
     * @param offset of its first octet.
     * @return the first sequence of the range.
     */
    public static long sealFirst(DirectBuffer buffer, int offset) {
        return buffer.getLong(offset + HEADER_LENGTH, LITTLE_ENDIAN);
    }

    /**
     * The last sequence that a {@link PacketKind#SEAL} covers.
     *
     * @param buffer holds the packet.
     * @param offset of its first octet.
     * @return the last sequence of the range.
     */
    public static long sealLast(DirectBuffer buffer, int offset) {
        return buffer.getLong(offset + HEADER_LENGTH + 8, LITTLE_ENDIAN);
    }

    /**
     * The CRC-32C over the length-and-body octets of the range that a {@link PacketKind#SEAL} covers.
     *
     * @param buffer holds the packet.
     * @param offset of its first octet.
     * @return the CRC as a signed int.
     */
    public static int sealCrc(DirectBuffer buffer, int offset) {
        return buffer.getInt(offset + HEADER_LENGTH + 16, LITTLE_ENDIAN);
    }

    /**
     * Writes the body of a {@link PacketKind#SEAL}.
     *
     * @param buffer where the packet is built.
     * @param offset of its first octet.
     * @param first sequence of the range.
     * @param last sequence of the range.
     * @param crc CRC-32C over the length-and-body octets of the range.
     */
    public static void seal(MutableDirectBuffer buffer, int offset, long first, long last, int crc) {
        buffer.putLong(offset + HEADER_LENGTH, first, LITTLE_ENDIAN);
        buffer.putLong(offset + HEADER_LENGTH + 8, last, LITTLE_ENDIAN);
        buffer.putInt(offset + HEADER_LENGTH + 16, crc, LITTLE_ENDIAN);
    }

    /**
     * Writes a heartbeat's entry for a further stream.
     *
     * @param buffer where the packet is built.
     * @param entry offset of the entry.
     * @param stream the stream's id.
     * @param epoch its numbering, 0 to 2^32 - 1.
     * @param next the sequence to expect next of it.
     */
    public static void heartbeatEntry(MutableDirectBuffer buffer, int entry, int stream, long epoch, long next) {
        buffer.putInt(entry, stream, LITTLE_ENDIAN);
        buffer.putInt(entry + 4, (int) epoch, LITTLE_ENDIAN);
        buffer.putLong(entry + 8, next, LITTLE_ENDIAN);
    }

    /**
     * The stream that a heartbeat's entry speaks of.
     *
     * @param buffer holds the packet.
     * @param entry offset of the entry.
     * @return the stream's id.
     */
    public static int heartbeatStream(DirectBuffer buffer, int entry) {
        return buffer.getInt(entry, LITTLE_ENDIAN);
    }

    /**
     * The epoch that a heartbeat's entry speaks of.
     *
     * @param buffer holds the packet.
     * @param entry offset of the entry.
     * @return 0 to 2^32 - 1.
     */
    public static long heartbeatEpoch(DirectBuffer buffer, int entry) {
        return buffer.getInt(entry + 4, LITTLE_ENDIAN) & 0xFFFF_FFFFL;
    }

    /**
     * The next sequence to expect of the stream that a heartbeat's entry speaks of.
     *
     * @param buffer holds the packet.
     * @param entry offset of the entry.
     * @return the sequence; below 1 only in a malformed packet.
     */
    public static long heartbeatNext(DirectBuffer buffer, int entry) {
        return buffer.getLong(entry + 8, LITTLE_ENDIAN);
    }
}

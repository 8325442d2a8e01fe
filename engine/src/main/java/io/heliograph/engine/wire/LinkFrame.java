// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.wire;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * The header that every frame of a link begins with, and the types of frames.
 *
 * <p><b>Thread:</b> static functions over bytes; any thread that may touch the bytes.
 *
 * <p><b>Allocation:</b> none.
 *
 * <p><b>Layout:</b> little-endian, 8 octets; what follows depends on the type.
 *
 * <pre>
 *   0                   1                   2                   3
 *   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *  +---------------------------------------------------------------+
 *  |        Length (of the whole frame, these octets too)          |  0
 *  +---------------+---------------+-------------------------------+
 *  |    Version    |     Type      |             Flags             |  4
 *  +---------------+---------------+-------------------------------+
 * </pre>
 *
 * <p>The first octet of a HELLO, the lowest of its length, is a multiple of 8, so never the 0xFF of a ZMTP greeting.
 */
public final class LinkFrame {
    /** Where the u32 length is. */
    public static final int LENGTH_OFFSET = 0;

    /** Where the u8 version is. */
    public static final int VERSION_OFFSET = 4;

    /** Where the u8 type is. */
    public static final int TYPE_OFFSET = 5;

    /** Where the u16 flags are. */
    public static final int FLAGS_OFFSET = 6;

    /** Octets that every frame has. */
    public static final int HEADER_LENGTH = 8;

    /** The longest frame, header and all: 1 MiB. */
    public static final int MAX_LENGTH = 1 << 20;

    /** The version that this code writes and reads. */
    public static final int VERSION = 1;

    /** Who speaks, of which site, and which versions it knows: the first frame of either side. */
    public static final int HELLO = 1;

    /** Why the sender closes the connection: a code and words. The last frame of its sender. */
    public static final int REJECT = 2;

    /** The sender lives; times for round trip and clock offset. */
    public static final int HEARTBEAT = 3;

    /** Asks for all packets of a stream from a sequence on, with so many bytes of credit; or for no more of them. */
    public static final int PULL = 4;

    /** Further credit for a pull. */
    public static final int CREDIT = 5;

    /** Stream packets that answer a pull. */
    public static final int PACKETS = 6;

    /** Asks a service; or takes the question back. */
    public static final int REQUEST = 7;

    /** A page of the answer to a request. */
    public static final int REPLY = 8;

    /** Reserved: a message for a consumer of a work group. Refused as unknown. */
    public static final int DELIVER = 9;

    /** Reserved: a consumer has done with a message. Refused as unknown. */
    public static final int ACK = 10;

    /** Reserved: entries of the directory of nodes. Refused as unknown. */
    public static final int NODES = 11;

    /** The sender will send nothing more: an orderly end. The last frame of its sender. */
    public static final int BYE = 12;

    /** Types end below. */
    public static final int TYPE_LIMIT = 13;

    private LinkFrame() {}

    /**
     * Writes a header.
     *
     * @param buffer where the frame is built.
     * @param offset of its first octet.
     * @param length of the whole frame in octets.
     * @param type of the frame.
     * @param flags of the type.
     */
    public static void header(MutableDirectBuffer buffer, int offset, int length, int type, int flags) {
        buffer.putInt(offset + LENGTH_OFFSET, length, LITTLE_ENDIAN);
        buffer.putByte(offset + VERSION_OFFSET, (byte) VERSION);
        buffer.putByte(offset + TYPE_OFFSET, (byte) type);
        buffer.putShort(offset + FLAGS_OFFSET, (short) flags, LITTLE_ENDIAN);
    }

    /**
     * What the frame says that it is long, header and all.
     *
     * @param buffer holds the frame.
     * @param offset of its first octet.
     * @return 0 to 2^32 - 1, whatever a stranger wrote.
     */
    public static long length(DirectBuffer buffer, int offset) {
        return buffer.getInt(offset + LENGTH_OFFSET, LITTLE_ENDIAN) & 0xFFFF_FFFFL;
    }

    /**
     * The version of the format.
     *
     * @param buffer holds the frame.
     * @param offset of its first octet.
     * @return {@link #VERSION}, or what a stranger wrote.
     */
    public static int version(DirectBuffer buffer, int offset) {
        return buffer.getByte(offset + VERSION_OFFSET) & 0xFF;
    }

    /**
     * What the frame is for.
     *
     * @param buffer holds the frame.
     * @param offset of its first octet.
     * @return {@link #HELLO} to {@link #BYE}, or what a stranger wrote.
     */
    public static int type(DirectBuffer buffer, int offset) {
        return buffer.getByte(offset + TYPE_OFFSET) & 0xFF;
    }

    /**
     * What the type makes of them; all others are 0.
     *
     * @param buffer holds the frame.
     * @param offset of its first octet.
     * @return the flags, or'ed.
     */
    public static int flags(DirectBuffer buffer, int offset) {
        return buffer.getShort(offset + FLAGS_OFFSET, LITTLE_ENDIAN) & 0xFFFF;
    }
}

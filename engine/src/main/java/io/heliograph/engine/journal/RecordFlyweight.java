// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.journal;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.heliograph.engine.wire.PacketFlyweight;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * A record of a journal: a header, and the stream packet as it is.
 *
 * <p><b>Thread:</b> static functions over bytes.
 *
 * <p><b>Allocation:</b> none.
 *
 * <p><b>Layout:</b> little-endian; the document of the queue may be up to three octets longer than the record.
 *
 * <pre>
 *   0                   1                   2                   3
 *   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *  +-------------------------------+---------------+---------------+
 *  |         Magic 0x4A48          |    Version    |       0       |  0
 *  +-------------------------------+---------------+---------------+
 *  |                        Packet's length                        |  4
 *  +---------------------------------------------------------------+
 *  |                 CRC-32C of the packet's octets                |  8
 *  +---------------------------------------------------------------+
 *  |  Packet                                                   ... | 12
 *  +---------------------------------------------------------------+
 * </pre>
 */
final class RecordFlyweight {
    /** The first four octets of every record: "HJ", version 1, 0. */
    static final int MAGIC_AND_VERSION = 0x0001_4A48;

    static final int LENGTH_OFFSET = 4;
    static final int CRC_OFFSET = 8;
    static final int HEADER_LENGTH = 12;

    /** How much longer a document may be than its record. */
    static final int MAX_PADDING = 3;

    private RecordFlyweight() {}

    static void header(MutableDirectBuffer buffer, int offset, int packetLength, int crc) {
        buffer.putInt(offset, MAGIC_AND_VERSION, LITTLE_ENDIAN);
        buffer.putInt(offset + LENGTH_OFFSET, packetLength, LITTLE_ENDIAN);
        buffer.putInt(offset + CRC_OFFSET, crc, LITTLE_ENDIAN);
    }

    static int packetLength(DirectBuffer buffer, int offset) {
        return buffer.getInt(offset + LENGTH_OFFSET, LITTLE_ENDIAN);
    }

    static int crc(DirectBuffer buffer, int offset) {
        return buffer.getInt(offset + CRC_OFFSET, LITTLE_ENDIAN);
    }

    /** What is wrong with a document of {@code length} octets before its CRC is looked at; empty when nothing is. */
    static String problem(DirectBuffer buffer, int offset, int length) {
        if (length < HEADER_LENGTH + PacketFlyweight.HEADER_LENGTH) {
            return "its " + length + " octets are too few for a packet";
        }
        int magic = buffer.getInt(offset, LITTLE_ENDIAN);
        if (magic != MAGIC_AND_VERSION) {
            return "it begins with 0x" + Integer.toHexString(magic) + " in place of magic and version 1";
        }
        int packet = packetLength(buffer, offset);
        int rest = length - HEADER_LENGTH - packet;
        if (packet < PacketFlyweight.HEADER_LENGTH || rest < 0 || rest > MAX_PADDING) {
            return "it states a packet of " + packet + " octets and has " + (length - HEADER_LENGTH);
        }
        return "";
    }
}

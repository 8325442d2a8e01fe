// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.wire;

import static io.heliograph.engine.wire.PacketFlyweight.HEADER_LENGTH;
import static io.heliograph.engine.wire.PacketFlyweight.LENGTH_PREFIX;

import org.agrona.DirectBuffer;

/**
 * Checks a packet's framing whole, before anything of it is believed.
 *
 * <p><b>Thread:</b> static functions; any thread.
 *
 * <p><b>Allocation:</b> none.
 *
 * <p><b>Failure:</b> a reason code; nothing is ever thrown, whatever the bytes are.
 */
public final class PacketFraming {
    /** The packet may be read. */
    public static final int OK = 0;

    /** Shorter than a header. */
    public static final int TOO_SHORT = 1;

    /** Of a version that this code does not know. */
    public static final int UNKNOWN_VERSION = 2;

    /** Of a kind that this code does not know. */
    public static final int UNKNOWN_KIND = 3;

    /** A sequence below 1, above {@link #MAX_SEQUENCE}, or a range that runs backwards. */
    public static final int BAD_SEQUENCE = 4;

    /** A data packet without messages, more of them announced than there are octets, or a count where the kind has none. */
    public static final int BAD_COUNT = 5;

    /** A message's length runs over the packet's end. */
    public static final int LENGTH_PAST_END = 6;

    /** Octets are left over behind the last message. */
    public static final int TRAILING_OCTETS = 7;

    /** Sequences stay below, so that adding a packet's count never overflows. */
    public static final long MAX_SEQUENCE = 1L << 62;

    private PacketFraming() {}

    /**
     * Checks a packet of any kind.
     *
     * @param buffer holds the packet.
     * @param offset of its first octet.
     * @param length of the packet in octets.
     * @return {@link #OK}, or the reason why it must be dropped.
     */
    public static int check(DirectBuffer buffer, int offset, int length) {
        if (length < HEADER_LENGTH) {
            return TOO_SHORT;
        }
        if (PacketFlyweight.version(buffer, offset) != PacketFlyweight.VERSION) {
            return UNKNOWN_VERSION;
        }
        int kind = PacketFlyweight.kind(buffer, offset);
        if (kind > PacketKind.END_OF_EPOCH) {
            return UNKNOWN_KIND;
        }
        long sequence = PacketFlyweight.sequence(buffer, offset);
        if (sequence < 1 || sequence > MAX_SEQUENCE) {
            return BAD_SEQUENCE;
        }
        int count = PacketFlyweight.count(buffer, offset);
        if (count != 0 && kind >= PacketKind.GAP) {
            return BAD_COUNT;
        }
        return switch (kind) {
            case PacketKind.DATA -> checkMessages(buffer, offset, length, count);
            case PacketKind.HEARTBEAT -> exact(length, HEADER_LENGTH + count * ControlFlyweight.HEARTBEAT_ENTRY_LENGTH);
            case PacketKind.GAP -> checkGap(buffer, offset, length, sequence);
            case PacketKind.SEAL -> checkSeal(buffer, offset, length, sequence);
            default -> exact(length, HEADER_LENGTH);
        };
    }

    /**
     * Checks that {@code count} messages fill a packet exactly.
     *
     * @param buffer holds the packet.
     * @param offset of its first octet.
     * @param length of the packet in octets, at least a header's.
     * @param count of messages that the header announces.
     * @return {@link #OK}, or the reason why it must be dropped.
     */
    public static int checkMessages(DirectBuffer buffer, int offset, int length, int count) {
        int end = offset + length;
        int position = offset + HEADER_LENGTH;
        if (count == 0 || count > (end - position) / LENGTH_PREFIX) {
            return BAD_COUNT;
        }
        for (int i = 0; i < count; i++) {
            if (position + LENGTH_PREFIX > end) {
                return BAD_COUNT;
            }
            position += LENGTH_PREFIX + PacketFlyweight.messageLength(buffer, position);
        }
        if (position > end) {
            return LENGTH_PAST_END;
        }
        return position == end ? OK : TRAILING_OCTETS;
    }

    /**
     * Checks that one message fills a packet exactly.
     *
     * @param buffer holds the packet.
     * @param offset of its first octet.
     * @param length of the packet in octets, at least a header's.
     * @return true when it may be read.
     */
    public static boolean isOneMessage(DirectBuffer buffer, int offset, int length) {
        int body = length - HEADER_LENGTH - LENGTH_PREFIX;
        return body >= 0 && PacketFlyweight.messageLength(buffer, offset + HEADER_LENGTH) == body;
    }

    private static int checkGap(DirectBuffer buffer, int offset, int length, long sequence) {
        if (length != ControlFlyweight.GAP_LENGTH) {
            return exact(length, ControlFlyweight.GAP_LENGTH);
        }
        long last = ControlFlyweight.gapLast(buffer, offset);
        return last < sequence || last > MAX_SEQUENCE ? BAD_SEQUENCE : OK;
    }

    private static int checkSeal(DirectBuffer buffer, int offset, int length, long sequence) {
        if (length != ControlFlyweight.SEAL_LENGTH) {
            return exact(length, ControlFlyweight.SEAL_LENGTH);
        }
        long first = ControlFlyweight.sealFirst(buffer, offset);
        long last = ControlFlyweight.sealLast(buffer, offset);
        return first < 1 || last < first || last + 1 != sequence ? BAD_SEQUENCE : OK;
    }

    private static int exact(int length, int expected) {
        if (length < expected) {
            return LENGTH_PAST_END;
        }
        return length == expected ? OK : TRAILING_OCTETS;
    }
}

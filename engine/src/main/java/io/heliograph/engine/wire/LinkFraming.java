// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.wire;

import org.agrona.DirectBuffer;

/**
 * Checks a link frame whole, before anything of it is believed: its header as soon as that is there, the rest when all octets
 * are.
 *
 * <p><b>Thread:</b> static functions; any thread.
 *
 * <p><b>Allocation:</b> none.
 *
 * <p><b>Failure:</b> a reason code; nothing is ever thrown, whatever the bytes are.
 */
public final class LinkFraming {
    /** The frame may be read. */
    public static final int OK = 0;

    /** The stated length is none that a frame can have. */
    public static final int BAD_LENGTH = 1;

    /** Of a version that this code does not know. */
    public static final int UNKNOWN_VERSION = 2;

    /** Of a type that this code does not know, or that is reserved. */
    public static final int UNKNOWN_TYPE = 3;

    /** A flag is set that the type does not have, or a field that stays 0 is not. */
    public static final int BAD_FLAGS = 4;

    /** A field's value is out of its range, or its parts do not fill the frame. */
    public static final int BAD_FIELD = 5;

    /** A name has an octet that names do not have. */
    public static final int BAD_NAME = 6;

    /** A packet in the frame is malformed, or of another stream than the frame says. */
    public static final int BAD_PACKET = 7;

    private LinkFraming() {}

    /**
     * Checks a header.
     *
     * @param buffer holds at least the header.
     * @param offset of its first octet.
     * @return {@link #OK}, or the reason why the connection must be closed.
     */
    public static int checkHeader(DirectBuffer buffer, int offset) {
        long length = LinkFrame.length(buffer, offset);
        if (length < LinkFrame.HEADER_LENGTH || length > LinkFrame.MAX_LENGTH) {
            return BAD_LENGTH;
        }
        if (LinkFrame.version(buffer, offset) != LinkFrame.VERSION) {
            return UNKNOWN_VERSION;
        }
        return switch (LinkFrame.type(buffer, offset)) {
            case LinkFrame.HELLO -> HelloFlyweight.MAX_LENGTH < length ? BAD_LENGTH : OK;
            case LinkFrame.REJECT, LinkFrame.BYE ->
                FarewellFlyweight.WORDS_OFFSET + FarewellFlyweight.MAX_WORDS_LENGTH < length ? BAD_LENGTH : OK;
            case LinkFrame.HEARTBEAT -> length == HeartbeatFlyweight.LENGTH ? OK : BAD_LENGTH;
            case LinkFrame.PULL -> length == PullFlyweight.LENGTH ? OK : BAD_LENGTH;
            case LinkFrame.CREDIT -> length == PullFlyweight.CREDIT_LENGTH ? OK : BAD_LENGTH;
            case LinkFrame.PACKETS, LinkFrame.REQUEST, LinkFrame.REPLY -> OK;
            default -> UNKNOWN_TYPE;
        };
    }

    /**
     * Checks a whole frame, its header too. The CRC of PACKETS is left to whoever reads them, and what is in a compressed block.
     *
     * @param buffer holds the frame.
     * @param offset of its first octet.
     * @param length octets that are there.
     * @return {@link #OK}, or the reason why the connection must be closed.
     */
    public static int check(DirectBuffer buffer, int offset, int length) {
        if (length < LinkFrame.HEADER_LENGTH) {
            return BAD_LENGTH;
        }
        int header = checkHeader(buffer, offset);
        if (header != OK) {
            return header;
        }
        if (LinkFrame.length(buffer, offset) != length) {
            return BAD_LENGTH;
        }
        return switch (LinkFrame.type(buffer, offset)) {
            case LinkFrame.HELLO -> checkHello(buffer, offset, length);
            case LinkFrame.REJECT, LinkFrame.BYE -> checkFarewell(buffer, offset, length);
            case LinkFrame.HEARTBEAT -> checkHeartbeat(buffer, offset);
            case LinkFrame.PULL -> checkPull(buffer, offset);
            case LinkFrame.CREDIT -> checkCredit(buffer, offset);
            case LinkFrame.PACKETS -> checkPackets(buffer, offset, length);
            case LinkFrame.REQUEST -> checkRequest(buffer, offset, length);
            default -> checkReply(buffer, offset, length);
        };
    }

    private static int checkHello(DirectBuffer buffer, int offset, int length) {
        if (length < HelloFlyweight.NAMES_OFFSET) {
            return BAD_LENGTH;
        }
        int name = HelloFlyweight.nameLength(buffer, offset);
        int site = HelloFlyweight.siteLength(buffer, offset);
        if (name < 1
                || name > HelloFlyweight.MAX_NAME_LENGTH
                || site > HelloFlyweight.MAX_NAME_LENGTH
                || HelloFlyweight.lengthOf(name, site) != length
                || HelloFlyweight.lowest(buffer, offset) > HelloFlyweight.highest(buffer, offset)) {
            return BAD_FIELD;
        }
        int names = offset + HelloFlyweight.NAMES_OFFSET;
        int flags = LinkFrame.flags(buffer, offset) | HelloFlyweight.reserved(buffer, offset);
        for (int i = names + name + site; i < offset + length; i++) {
            flags |= buffer.getByte(i);
        }
        if (flags != 0) {
            return BAD_FLAGS;
        }
        return isName(buffer, names, name) && (site == 0 || isName(buffer, names + name, site)) ? OK : BAD_NAME;
    }

    private static int checkFarewell(DirectBuffer buffer, int offset, int length) {
        if (length < FarewellFlyweight.WORDS_OFFSET) {
            return BAD_LENGTH;
        }
        if (LinkFrame.flags(buffer, offset) != 0) {
            return BAD_FLAGS;
        }
        return FarewellFlyweight.WORDS_OFFSET + FarewellFlyweight.wordsLength(buffer, offset) == length
                ? OK
                : BAD_FIELD;
    }

    private static int checkHeartbeat(DirectBuffer buffer, int offset) {
        if (LinkFrame.flags(buffer, offset) != 0) {
            return BAD_FLAGS;
        }
        long held = HeartbeatFlyweight.heldNs(buffer, offset);
        return held < 0 || (held != 0 && HeartbeatFlyweight.echoNs(buffer, offset) == 0) ? BAD_FIELD : OK;
    }

    private static int checkPull(DirectBuffer buffer, int offset) {
        int flags = LinkFrame.flags(buffer, offset);
        if ((flags & ~PullFlyweight.FLAG_STOP) != 0 || PullFlyweight.reserved(buffer, offset) != 0) {
            return BAD_FLAGS;
        }
        if (PullFlyweight.stream(buffer, offset) < 1 || PullFlyweight.pull(buffer, offset) < 1) {
            return BAD_FIELD;
        }
        long sequence = PullFlyweight.sequence(buffer, offset);
        long credit = PullFlyweight.credit(buffer, offset);
        if (flags == PullFlyweight.FLAG_STOP) {
            return sequence == 0 && credit == 0 && PullFlyweight.epoch(buffer, offset) == 0 ? OK : BAD_FIELD;
        }
        return sequence < 1 || sequence > PacketFraming.MAX_SEQUENCE || credit < 0 || credit > PullFlyweight.MAX_CREDIT
                ? BAD_FIELD
                : OK;
    }

    private static int checkCredit(DirectBuffer buffer, int offset) {
        if (LinkFrame.flags(buffer, offset) != 0) {
            return BAD_FLAGS;
        }
        long credit = PullFlyweight.furtherCredit(buffer, offset);
        return PullFlyweight.stream(buffer, offset) < 1
                        || PullFlyweight.furtherPull(buffer, offset) < 1
                        || credit < 1
                        || credit > PullFlyweight.MAX_CREDIT
                ? BAD_FIELD
                : OK;
    }

    private static int checkPackets(DirectBuffer buffer, int offset, int length) {
        if (length < PacketsFlyweight.ENTRIES_OFFSET) {
            return BAD_LENGTH;
        }
        if ((LinkFrame.flags(buffer, offset) & ~PacketsFlyweight.FLAG_COMPRESSED) != 0) {
            return BAD_FLAGS;
        }
        int stream = PacketsFlyweight.stream(buffer, offset);
        int count = PacketsFlyweight.count(buffer, offset);
        if (stream < 1 || PacketsFlyweight.pull(buffer, offset) < 1 || count < 1) {
            return BAD_FIELD;
        }
        int entries = PacketsFlyweight.ENTRIES_OFFSET;
        return PacketsFlyweight.isCompressed(buffer, offset)
                ? checkBlock(buffer, offset, length, count)
                : checkEntries(buffer, offset + entries, length - entries, stream, count);
    }

    /** What can be said of it before it is decompressed. */
    private static int checkBlock(DirectBuffer buffer, int offset, int length, int count) {
        if (length <= PacketsFlyweight.BLOCK_OFFSET) {
            return BAD_LENGTH;
        }
        int plain = PacketsFlyweight.plainLength(buffer, offset);
        long least = (long) count * (PacketsFlyweight.LENGTH_PREFIX + PacketFlyweight.HEADER_LENGTH);
        return plain < least || plain > PacketsFlyweight.MAX_PLAIN_LENGTH ? BAD_FIELD : OK;
    }

    /**
     * Checks the packets of PACKETS, each with its length ahead: {@link #check} has done so where they are not compressed.
     *
     * @param buffer holds them.
     * @param offset of the first length.
     * @param length octets of all.
     * @param stream that they have to be of.
     * @param count of them.
     * @return {@link #OK}, or the reason why the connection must be closed.
     */
    public static int checkEntries(DirectBuffer buffer, int offset, int length, int stream, int count) {
        int end = offset + length;
        int entry = offset;
        for (int i = 0; i < count; i++) {
            if (end - entry < PacketsFlyweight.LENGTH_PREFIX) {
                return BAD_FIELD;
            }
            int packetLength = PacketsFlyweight.packetLength(buffer, entry);
            int packet = entry + PacketsFlyweight.LENGTH_PREFIX;
            if (packetLength < PacketFlyweight.HEADER_LENGTH || packetLength > end - packet) {
                return BAD_FIELD;
            }
            if (PacketFlyweight.stream(buffer, packet) != stream
                    || packetLength > PacketFlyweight.MAX_PACKET_LENGTH
                    || PacketFraming.check(buffer, packet, packetLength) != PacketFraming.OK) {
                return BAD_PACKET;
            }
            entry = packet + packetLength;
        }
        return entry == end ? OK : BAD_FIELD;
    }

    private static int checkRequest(DirectBuffer buffer, int offset, int length) {
        if (length < RequestFlyweight.BODY_OFFSET) {
            return BAD_LENGTH;
        }
        int flags = LinkFrame.flags(buffer, offset);
        if ((flags & ~RequestFlyweight.FLAG_CANCEL) != 0 || RequestFlyweight.reserved(buffer, offset) != 0) {
            return BAD_FLAGS;
        }
        if (RequestFlyweight.id(buffer, offset) < 1) {
            return BAD_FIELD;
        }
        long deadline = RequestFlyweight.deadlineMs(buffer, offset);
        int service = RequestFlyweight.serviceLength(buffer, offset);
        if (flags == RequestFlyweight.FLAG_CANCEL) {
            return deadline == 0 && service == 0 && length == RequestFlyweight.BODY_OFFSET ? OK : BAD_FIELD;
        }
        if (deadline < 1
                || deadline > RequestFlyweight.MAX_DEADLINE_MS
                || service < 1
                || service > RequestFlyweight.MAX_SERVICE_LENGTH
                || service > length - RequestFlyweight.BODY_OFFSET) {
            return BAD_FIELD;
        }
        return isName(buffer, offset + RequestFlyweight.BODY_OFFSET, service) ? OK : BAD_NAME;
    }

    private static int checkReply(DirectBuffer buffer, int offset, int length) {
        if (length < RequestFlyweight.BODY_OFFSET) {
            return BAD_LENGTH;
        }
        int flags = LinkFrame.flags(buffer, offset);
        if ((flags & ~RequestFlyweight.FLAG_LAST) != 0 || RequestFlyweight.reserved(buffer, offset) != 0) {
            return BAD_FLAGS;
        }
        // Only a last page can say that the request failed.
        boolean isFailure = RequestFlyweight.status(buffer, offset) != 0;
        return RequestFlyweight.id(buffer, offset) < 1 || (isFailure && flags == 0) ? BAD_FIELD : OK;
    }

    /** Letters, digits, '.', '_' and '-', a letter or digit first: as in the topology file. */
    private static boolean isName(DirectBuffer buffer, int offset, int length) {
        for (int i = 0; i < length; i++) {
            int octet = buffer.getByte(offset + i);
            boolean isAlphanumeric =
                    (octet >= 'a' && octet <= 'z') || (octet >= 'A' && octet <= 'Z') || (octet >= '0' && octet <= '9');
            if (!isAlphanumeric && (i == 0 || (octet != '.' && octet != '_' && octet != '-'))) {
                return false;
            }
        }
        return true;
    }
}

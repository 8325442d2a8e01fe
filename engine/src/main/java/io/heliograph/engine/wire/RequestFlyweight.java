// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.wire;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * REQUEST and REPLY: a question to a service by its name, and the pages of the answer.
 *
 * <p><b>Thread:</b> static functions over bytes; any thread that may touch the bytes.
 *
 * <p><b>Allocation:</b> none.
 *
 * <p><b>Layout:</b> little-endian, behind the header of {@link LinkFrame}.
 *
 * <pre>
 *  REQUEST; flag 1: taken back (then deadline and length of the service are 0, and the frame ends at 24)
 *   8  u64  id, 1 and up; grows with each REQUEST of a connection
 *  16  u32  deadline: ms from now within which the answer is wanted, 1 to 86,400,000
 *  20  u16  length of the service's name, 1 to 64
 *  22  u16  0
 *  24       name of the service, then the body up to the frame's end
 *
 *  REPLY; flag 1: the last page
 *   8  u64  id of the request
 *  16  u32  page, from 0 on
 *  20  u16  status: link.session.ReplyStatus
 *  22  u16  0
 *  24       the page's body; with another status than OK it is the last page, and words in UTF-8
 * </pre>
 */
public final class RequestFlyweight {
    /** Where the u64 id is, in both. */
    public static final int ID_OFFSET = 8;

    /** Where a REQUEST's u32 deadline is. */
    public static final int DEADLINE_OFFSET = 16;

    /** Where a REQUEST's u16 length of the service's name is. */
    public static final int SERVICE_LENGTH_OFFSET = 20;

    /** Where a REPLY's u32 page is. */
    public static final int PAGE_OFFSET = 16;

    /** Where a REPLY's u16 status is. */
    public static final int STATUS_OFFSET = 20;

    /** Where a u16 is that stays 0, in both. */
    public static final int RESERVED_OFFSET = 22;

    /** Where a REQUEST's name of the service and a REPLY's body begin. */
    public static final int BODY_OFFSET = 24;

    /** The longest name of a service. */
    public static final int MAX_SERVICE_LENGTH = 64;

    /** The latest deadline, ms: a day. */
    public static final long MAX_DEADLINE_MS = 86_400_000L;

    /** The longest body of a REPLY, octets. */
    public static final int MAX_REPLY_BODY = LinkFrame.MAX_LENGTH - BODY_OFFSET;

    /** The longest body of a REQUEST, whatever the length of the service's name, octets. */
    public static final int MAX_REQUEST_BODY = MAX_REPLY_BODY - MAX_SERVICE_LENGTH;

    /** Flag of a REQUEST: it is taken back. */
    public static final int FLAG_CANCEL = 1;

    /** Flag of a REPLY: no page follows. */
    public static final int FLAG_LAST = 1;

    private RequestFlyweight() {}

    /**
     * Writes all of a REQUEST but the service's name and the body.
     *
     * @param buffer where the frame is built.
     * @param offset of its first octet.
     * @param id of the request.
     * @param deadlineMs from now.
     * @param serviceLength octets of the service's name, which is to be written at {@link #BODY_OFFSET}.
     * @param bodyLength octets of the body, which is to be written behind it.
     * @return the frame's length.
     */
    public static int encodeRequest(
            MutableDirectBuffer buffer, int offset, long id, long deadlineMs, int serviceLength, int bodyLength) {
        int length = BODY_OFFSET + serviceLength + bodyLength;
        LinkFrame.header(buffer, offset, length, LinkFrame.REQUEST, 0);
        buffer.putLong(offset + ID_OFFSET, id, LITTLE_ENDIAN);
        buffer.putInt(offset + DEADLINE_OFFSET, (int) deadlineMs, LITTLE_ENDIAN);
        buffer.putShort(offset + SERVICE_LENGTH_OFFSET, (short) serviceLength, LITTLE_ENDIAN);
        buffer.putShort(offset + RESERVED_OFFSET, (short) 0, LITTLE_ENDIAN);
        return length;
    }

    /**
     * Writes a REQUEST that takes another back.
     *
     * @param buffer where the frame is built.
     * @param offset of its first octet.
     * @param id of the request that is taken back.
     * @return the frame's length.
     */
    public static int encodeCancel(MutableDirectBuffer buffer, int offset, long id) {
        int length = encodeRequest(buffer, offset, id, 0, 0, 0);
        LinkFrame.header(buffer, offset, length, LinkFrame.REQUEST, FLAG_CANCEL);
        return length;
    }

    /**
     * Writes all of a REPLY but the body.
     *
     * @param buffer where the frame is built.
     * @param offset of its first octet.
     * @param id of the request.
     * @param page from 0 on.
     * @param status of the answer.
     * @param isLast whether no page follows.
     * @param bodyLength octets of the body, which is to be written at {@link #BODY_OFFSET}.
     * @return the frame's length.
     */
    public static int encodeReply(
            MutableDirectBuffer buffer, int offset, long id, long page, int status, boolean isLast, int bodyLength) {
        int length = BODY_OFFSET + bodyLength;
        LinkFrame.header(buffer, offset, length, LinkFrame.REPLY, isLast ? FLAG_LAST : 0);
        buffer.putLong(offset + ID_OFFSET, id, LITTLE_ENDIAN);
        buffer.putInt(offset + PAGE_OFFSET, (int) page, LITTLE_ENDIAN);
        buffer.putShort(offset + STATUS_OFFSET, (short) status, LITTLE_ENDIAN);
        buffer.putShort(offset + RESERVED_OFFSET, (short) 0, LITTLE_ENDIAN);
        return length;
    }

    /**
     * The request that either frame is about.
     *
     * @param buffer holds the frame.
     * @param offset of its first octet.
     * @return its id; 1 and up in a frame that was checked.
     */
    public static long id(DirectBuffer buffer, int offset) {
        return buffer.getLong(offset + ID_OFFSET, LITTLE_ENDIAN);
    }

    /**
     * Within which time a REQUEST wants its answer.
     *
     * @param buffer holds the frame.
     * @param offset of its first octet.
     * @return ms from its arrival.
     */
    public static long deadlineMs(DirectBuffer buffer, int offset) {
        return buffer.getInt(offset + DEADLINE_OFFSET, LITTLE_ENDIAN) & 0xFFFF_FFFFL;
    }

    /**
     * The length of the service's name in a REQUEST.
     *
     * @param buffer holds the frame.
     * @param offset of its first octet.
     * @return 1 to 64 in a frame that was checked; 0 in one that takes a request back.
     */
    public static int serviceLength(DirectBuffer buffer, int offset) {
        return buffer.getShort(offset + SERVICE_LENGTH_OFFSET, LITTLE_ENDIAN) & 0xFFFF;
    }

    /**
     * Which page of the answer a REPLY is.
     *
     * @param buffer holds the frame.
     * @param offset of its first octet.
     * @return 0 and up.
     */
    public static long page(DirectBuffer buffer, int offset) {
        return buffer.getInt(offset + PAGE_OFFSET, LITTLE_ENDIAN) & 0xFFFF_FFFFL;
    }

    /**
     * How the request fared, in a REPLY.
     *
     * @param buffer holds the frame.
     * @param offset of its first octet.
     * @return 0 to 65,535.
     */
    public static int status(DirectBuffer buffer, int offset) {
        return buffer.getShort(offset + STATUS_OFFSET, LITTLE_ENDIAN) & 0xFFFF;
    }

    /**
     * What stays 0 in both.
     *
     * @param buffer holds the frame.
     * @param offset of its first octet.
     * @return 0 in a frame that was checked.
     */
    public static int reserved(DirectBuffer buffer, int offset) {
        return buffer.getShort(offset + RESERVED_OFFSET, LITTLE_ENDIAN) & 0xFFFF;
    }
}

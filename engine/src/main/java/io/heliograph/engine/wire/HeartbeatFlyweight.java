// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.wire;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * HEARTBEAT: the sender lives. From the times in it the receiver works out round trip and clock offset.
 *
 * <p><b>Thread:</b> static functions over bytes; any thread that may touch the bytes.
 *
 * <p><b>Allocation:</b> none.
 *
 * <p><b>Layout:</b> little-endian, behind the header of {@link LinkFrame}; {@value #LENGTH} octets.
 *
 * <pre>
 *   8  i64  sent: the sender's monotonic clock, ns; it means nothing to the receiver, who sends it back
 *  16  i64  sent: the sender's wall clock, ns since the Unix epoch
 *  24  i64  echo: "sent, monotonic" of the last heartbeat that came from the receiver; 0: none came
 *  32  i64  held: how long ago that one came when this one was sent, ns; 0 without an echo
 * </pre>
 *
 * <p>Round trip = now - echo - held, all by the receiver's clock but the last, a difference of the sender's. Clock offset =
 * sent, wall + round trip / 2 - now, wall: right to half of what the two ways differ.
 */
public final class HeartbeatFlyweight {
    /** Where the i64 monotonic time of sending is. */
    public static final int SENT_OFFSET = 8;

    /** Where the i64 wall clock of sending is. */
    public static final int SENT_EPOCH_OFFSET = 16;

    /** Where the i64 echo is. */
    public static final int ECHO_OFFSET = 24;

    /** Where the i64 time that the echo was held is. */
    public static final int HELD_OFFSET = 32;

    /** Octets of a heartbeat. */
    public static final int LENGTH = 40;

    private HeartbeatFlyweight() {}

    /**
     * Writes a heartbeat.
     *
     * @param buffer where the frame is built.
     * @param offset of its first octet.
     * @param sentNs the sender's monotonic clock.
     * @param sentEpochNs the sender's wall clock, ns since the Unix epoch.
     * @param echoNs what the receiver wrote as sent in its last heartbeat; 0: none came.
     * @param heldNs since that one came.
     */
    public static void encode(
            MutableDirectBuffer buffer, int offset, long sentNs, long sentEpochNs, long echoNs, long heldNs) {
        LinkFrame.header(buffer, offset, LENGTH, LinkFrame.HEARTBEAT, 0);
        buffer.putLong(offset + SENT_OFFSET, sentNs, LITTLE_ENDIAN);
        buffer.putLong(offset + SENT_EPOCH_OFFSET, sentEpochNs, LITTLE_ENDIAN);
        buffer.putLong(offset + ECHO_OFFSET, echoNs, LITTLE_ENDIAN);
        buffer.putLong(offset + HELD_OFFSET, heldNs, LITTLE_ENDIAN);
    }

    /**
     * When it was sent, by the sender's monotonic clock.
     *
     * @param buffer holds the frame.
     * @param offset of its first octet.
     * @return ns; to be sent back, and nothing else.
     */
    public static long sentNs(DirectBuffer buffer, int offset) {
        return buffer.getLong(offset + SENT_OFFSET, LITTLE_ENDIAN);
    }

    /**
     * When it was sent, by the sender's wall clock.
     *
     * @param buffer holds the frame.
     * @param offset of its first octet.
     * @return ns since the Unix epoch.
     */
    public static long sentEpochNs(DirectBuffer buffer, int offset) {
        return buffer.getLong(offset + SENT_EPOCH_OFFSET, LITTLE_ENDIAN);
    }

    /**
     * What the receiver wrote as sent in its last heartbeat.
     *
     * @param buffer holds the frame.
     * @param offset of its first octet.
     * @return ns of the receiver's monotonic clock; 0: none came.
     */
    public static long echoNs(DirectBuffer buffer, int offset) {
        return buffer.getLong(offset + ECHO_OFFSET, LITTLE_ENDIAN);
    }

    /**
     * How long the sender held the echo.
     *
     * @param buffer holds the frame.
     * @param offset of its first octet.
     * @return ns; 0 and up in a frame that was checked.
     */
    public static long heldNs(DirectBuffer buffer, int offset) {
        return buffer.getLong(offset + HELD_OFFSET, LITTLE_ENDIAN);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

import static io.heliograph.engine.wire.PacketFlyweight.HEADER_LENGTH;
import static io.heliograph.engine.wire.PacketFlyweight.LENGTH_PREFIX;

import java.nio.ByteBuffer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A place far ahead of all that is known, of which one packet has spoken so far: believed only when a second packet goes with
 * it, so that a single wrong sequence number does not end a stream.
 *
 * <p>A second packet goes with the first when it lies within {@link #NEAR} messages of it and shares no message with it: the
 * other lines' copies of one wrong packet confirm nothing. An announcement is confirmed by the same line when it repeats it, as
 * heartbeats do. The first packet's messages wait here meanwhile, so that a jump that is true loses nothing by it.
 *
 * <p><b>Thread:</b> one owner: the thread that polls.
 *
 * <p><b>Allocation:</b> none after construction.
 */
final class FarClaim {
    /** Up to so many messages ahead one packet is believed: a tenth of a second at 650,000 messages/s. */
    static final int NEAR = 1 << 16;

    /** The longest packet that is kept: one with the longest message. Of a longer one only the place is. */
    private static final int CAPACITY = HEADER_LENGTH + LENGTH_PREFIX + 0xFFFF;

    private final UnsafeBuffer packet = new UnsafeBuffer(ByteBuffer.allocateDirect(CAPACITY));
    private boolean isMade;
    private int line;
    private long epoch;
    private long sequence;
    private long end;
    private long sinceNs;
    private int length;
    private int copies;

    /** Whether a place waits to be confirmed. */
    boolean isMade() {
        return isMade;
    }

    int line() {
        return line;
    }

    long epoch() {
        return epoch;
    }

    /** How many packets have spoken of the place: one, and the copies of it. */
    int packets() {
        return 1 + copies;
    }

    DirectBuffer packet() {
        return packet;
    }

    /** Of the data packet that waits; 0 when none does. */
    int length() {
        return length;
    }

    /** Whether a packet of messages {@code from} to {@code to - 1}, or an announcement of {@code from == to}, goes with it. */
    boolean isConfirmedBy(int byLine, long ofEpoch, long from, long to) {
        if (!isNear(ofEpoch, from)) {
            return false;
        }
        if (from == to && from == sequence && sequence == end) {
            return byLine == line;
        }
        return from >= end || to <= sequence;
    }

    /** Whether a packet speaks of the same place, be it or not that it confirms it. */
    boolean isNear(long ofEpoch, long from) {
        return isMade && ofEpoch == epoch && from - sequence <= NEAR && sequence - from <= NEAR;
    }

    /** A copy of the packet that waits, or of a part of it: dropped, and counted with it if it is not confirmed. */
    void onCopy() {
        copies++;
    }

    void make(int byLine, long ofEpoch, long from, long to, long nowNs) {
        isMade = true;
        line = byLine;
        epoch = ofEpoch;
        sequence = from;
        end = to;
        sinceNs = nowNs;
        length = 0;
        copies = 0;
    }

    /** Keeps the data packet by which the claim was made; a copy of it changes nothing. */
    void keep(int byLine, long from, DirectBuffer buffer, int offset, int packetLength) {
        if (length == 0 && byLine == line && from == sequence && from != end && packetLength <= CAPACITY) {
            packet.putBytes(0, buffer, offset, packetLength);
            length = packetLength;
        }
    }

    void clear() {
        isMade = false;
    }

    boolean isDue(long nowNs, long patienceNs) {
        return isMade && nowNs - sinceNs >= patienceNs;
    }
}

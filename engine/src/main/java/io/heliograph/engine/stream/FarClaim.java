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
    private final Refusals refusals;
    private final long patienceNs;
    private boolean isMade;
    private int line;
    private long epoch;
    private long sequence;
    private long end;
    private long sinceNs;
    private int length;
    private int copies;

    /**
     * @param refusals told of what nothing went with.
     * @param patienceNs how long a first packet waits for a second, ns.
     */
    FarClaim(Refusals refusals, long patienceNs) {
        this.refusals = refusals;
        this.patienceNs = patienceNs;
    }

    /**
     * A line speaks of a place far ahead: a packet of messages {@code from} to {@code to - 1}, or an announcement of
     * {@code from == to}.
     *
     * @return whether that goes with what was said before, which then is no claim any longer; else it is noted.
     */
    boolean isConfirmed(int byLine, long ofEpoch, long from, long to, long nowNs) {
        boolean isNear = isMade && ofEpoch == epoch && from - sequence <= NEAR && sequence - from <= NEAR;
        if (isNear && goesWith(byLine, from, to)) {
            isMade = false;
            return true;
        }
        if (isNear) {
            copies++;
        } else {
            refuse();
            make(byLine, ofEpoch, from, to, nowNs);
        }
        return false;
    }

    /** Keeps the data packet by which a claim was made; a copy of it changes nothing. */
    void keep(int byLine, long from, DirectBuffer buffer, int offset, int packetLength) {
        if (length == 0 && byLine == line && from == sequence && from != end && packetLength <= CAPACITY) {
            packet.putBytes(0, buffer, offset, packetLength);
            length = packetLength;
        }
    }

    /** The line that spoke first. */
    int line() {
        return line;
    }

    DirectBuffer packet() {
        return packet;
    }

    /** Of the data packet that was kept; 0 when none was. */
    int length() {
        return length;
    }

    /** Another epoch begins. */
    void onEpoch(long begun) {
        if (epoch != begun) {
            refuse();
        }
    }

    /** A duty cycle is over. */
    void onCycle(long nowNs) {
        if (isMade && nowNs - sinceNs >= patienceNs) {
            refuse();
        }
    }

    /** Nothing has gone with it, or it cannot be true: drops it, and counts the packet and its copies. */
    void refuse() {
        if (isMade) {
            isMade = false;
            for (int packets = 1 + copies; packets > 0; packets--) {
                refusals.refuse(line, DropReason.IMPLAUSIBLE);
            }
        }
    }

    private boolean goesWith(int byLine, long from, long to) {
        boolean isRepeated = from == to && from == sequence && sequence == end;
        return isRepeated ? byLine == line : from >= end || to <= sequence;
    }

    private void make(int byLine, long ofEpoch, long from, long to, long nowNs) {
        isMade = true;
        line = byLine;
        epoch = ofEpoch;
        sequence = from;
        end = to;
        sinceNs = nowNs;
        length = 0;
        copies = 0;
    }
}

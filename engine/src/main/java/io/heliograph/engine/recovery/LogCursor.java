// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.recovery;

import io.heliograph.engine.wire.ControlFlyweight;
import io.heliograph.engine.wire.PacketFlyweight;
import io.heliograph.engine.wire.PacketKind;
import io.heliograph.engine.wire.ReplayRequestFlyweight;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A reader that is one packet ahead, so that one that does not fit any more, or is not wanted, is not lost; it remembers where it
 * is, so that who goes on there need not seek.
 *
 * <p><b>Thread:</b> one owner: the thread that reads.
 */
final class LogCursor implements ReplayLog.Taker {
    /** So many records in a row are passed over at once; more of them at the next look. */
    private static final int MOST_UNREADABLE = 64;

    private final ReplayLog log;
    /** Where the log has it: until it is asked for the next one. */
    private final UnsafeBuffer packet = new UnsafeBuffer(0, 0);

    private int length;
    private boolean isKnown;
    private long epoch;
    private long next;
    private long damages;
    private String damage = "";

    LogCursor(ReplayLog log) {
        this.log = log;
    }

    ReplayLog log() {
        return log;
    }

    /** Where an ask begins. Who looks for a time is no longer where he was. */
    ReplayPlace place(ReplayAsk ask) {
        if (ask.place() == ReplayRequestFlyweight.AT_TIME) {
            length = 0;
            isKnown = false;
        }
        return ReplayPlace.of(ask, log);
    }

    /** Goes to a place, if it is not there. */
    void at(long placeEpoch, long sequence) {
        if (!isAt(placeEpoch, sequence)) {
            length = 0;
            isKnown = false;
            try {
                log.seek(placeEpoch, sequence);
            } catch (RuntimeException unreadable) {
                onUnreadable(unreadable);
            }
            isKnown = true;
            epoch = placeEpoch;
            next = sequence;
        }
    }

    boolean isAt(long placeEpoch, long sequence) {
        return isKnown && epoch == placeEpoch && next == sequence;
    }

    /** Whether there is a packet to look at. */
    boolean hasPacket() {
        if (length == 0) {
            try {
                log.next(this);
            } catch (RuntimeException unreadable) {
                // What comes next lies behind it: the hole shows by that.
                onUnreadable(unreadable);
                return isNextReadable();
            }
        }
        return length > 0;
    }

    private boolean isNextReadable() {
        for (int tries = 0; length == 0 && tries < MOST_UNREADABLE; tries++) {
            try {
                log.next(this);
                return length > 0;
            } catch (RuntimeException unreadable) {
                onUnreadable(unreadable);
            }
        }
        return length > 0;
    }

    private void onUnreadable(RuntimeException why) {
        damages++;
        damage = String.valueOf(why.getMessage());
    }

    /** Records that could not be read, as often as they were met. */
    long damages() {
        return damages;
    }

    /** The last of them, for people. */
    String damage() {
        return damage;
    }

    @Override
    public void onPacket(DirectBuffer buffer, int offset, int octets) {
        packet.wrap(buffer, offset, octets);
        length = octets;
    }

    /** The packet to look at, from 0 on. */
    DirectBuffer packet() {
        return packet;
    }

    int length() {
        return length;
    }

    /** The packet was taken: goes on behind it. */
    void take() {
        long of = PacketFlyweight.epoch(packet, 0);
        long end = PacketFlyweight.sequence(packet, 0);
        int kind = PacketFlyweight.kind(packet, 0);
        if (kind == PacketKind.DATA) {
            end += PacketFlyweight.count(packet, 0);
        } else if (kind == PacketKind.GAP) {
            end = ControlFlyweight.gapLast(packet, 0) + 1;
        }
        length = 0;
        next = of == epoch ? Math.max(next, end) : end;
        epoch = of;
    }

    /** The packet is not wanted: one before the place. */
    void drop() {
        length = 0;
    }

    long epoch() {
        return epoch;
    }

    long next() {
        return next;
    }
}

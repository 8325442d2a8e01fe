// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.journal;

import io.heliograph.engine.wire.ControlFlyweight;
import io.heliograph.engine.wire.PacketFlyweight;
import io.heliograph.engine.wire.PacketKind;
import org.agrona.DirectBuffer;

/**
 * How far a journal has come: what the packets in it, taken in order, leave to be expected.
 *
 * <p><b>Thread:</b> one owner.
 *
 * <p><b>Allocation:</b> none.
 */
final class JournalEnd {
    /** No packet was taken. */
    static final long NULL_EPOCH = -1;

    private long epoch = NULL_EPOCH;
    private long next = 1;
    private boolean isEnded;
    private long sealed;
    private long latestSentNs = Long.MIN_VALUE;
    private long sentNs;

    /** Goes on from a place: what stands there is taken next. */
    void set(Place place) {
        epoch = place.epoch();
        next = place.sequence();
        isEnded = false;
        sealed = 0;
        latestSentNs = place.latestSentNs();
    }

    /** A packet whose framing is sound. */
    void take(DirectBuffer packet, int offset) {
        long packetEpoch = PacketFlyweight.epoch(packet, offset);
        if (packetEpoch != epoch) {
            epoch = packetEpoch;
            isEnded = false;
            sealed = 0;
        }
        long sequence = PacketFlyweight.sequence(packet, offset);
        switch (PacketFlyweight.kind(packet, offset)) {
            case PacketKind.DATA -> {
                next = sequence + PacketFlyweight.count(packet, offset);
                sentNs = PacketFlyweight.sentEpochNs(packet, offset);
                latestSentNs = Math.max(latestSentNs, sentNs);
            }
            case PacketKind.GAP -> next = ControlFlyweight.gapLast(packet, offset) + 1;
            case PacketKind.SEAL -> {
                next = sequence;
                sealed = sequence - 1;
            }
            default -> {
                next = sequence;
                isEnded = true;
            }
        }
    }

    long epoch() {
        return epoch;
    }

    /** The sequence that comes next in the epoch. */
    long next() {
        return next;
    }

    boolean isEnded() {
        return isEnded;
    }

    /** The last message that a seal has covered, in this epoch, as far as known. */
    long sealed() {
        return sealed;
    }

    /** The latest time that any of the packets was sent. */
    long latestSentNs() {
        return latestSentNs;
    }

    /** When the last data packet was sent. */
    long sentNs() {
        return sentNs;
    }
}

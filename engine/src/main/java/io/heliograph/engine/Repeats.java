// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine;

import io.heliograph.engine.stream.KeptPackets;
import io.heliograph.engine.stream.PublicationTick;
import io.heliograph.engine.stream.StreamPublication;
import io.heliograph.engine.wire.PacketFlyweight;
import io.heliograph.engine.wire.PacketFraming;
import io.heliograph.engine.wire.PacketKind;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.ControlledMessageHandler;
import org.agrona.concurrent.SystemNanoClock;
import org.jspecify.annotations.Nullable;

/**
 * Sends on a publication's lines what its host's engine wants sent once more, some packets every few milliseconds, so that what is
 * live goes on beside it.
 *
 * <p><b>Thread:</b> the one that publishes.
 *
 * <p><b>Allocation:</b> none after construction.
 *
 * <p><b>Failure:</b> what is no packet of data of the stream is dropped; so is a range that nobody wants any more, and of a range what
 * the publication has kept no longer.
 */
final class Repeats implements PublicationTick, ControlledMessageHandler {
    /** Every 5 ms: some 0.2 ms of the publisher's time. */
    private static final int LIMIT = 64;

    /** Of ranges, which the publisher has itself, as much: one packet may be long. */
    private static final int OCTETS = 96 << 10;

    private final RepeatRing ring;
    private final int streamId;
    private final PublicationTick counters;
    private @Nullable StreamPublication publication;
    private long nowNs;
    private int packetsLeft;
    /** Where the range at the ring's head goes on; 0: at its beginning. */
    private long rangeNext;

    /**
     * @param ring that is read, and closed with this.
     * @param streamId of the stream.
     * @param counters shown at each tick too, and closed with this.
     */
    Repeats(RepeatRing ring, int streamId, PublicationTick counters) {
        this.ring = ring;
        this.streamId = streamId;
        this.counters = counters;
        ring.beat(SystemNanoClock.INSTANCE.nanoTime());
    }

    @Override
    public void publish(StreamPublication to) {
        counters.publish(to);
        publication = to;
        nowNs = SystemNanoClock.INSTANCE.nanoTime();
        ring.beat(nowNs);
        KeptPackets kept = to.lines().kept();
        if (kept.isKeeping()) {
            ring.keeps(to.epoch(), kept.first(), to.nextSequence() - to.unsent());
        }
        if (ring.empty()) {
            rangeNext = 0;
        }
        packetsLeft = LIMIT;
        ring.read(this, LIMIT);
    }

    @Override
    public Action onMessage(int typeId, MutableDirectBuffer buffer, int offset, int length) {
        StreamPublication to = publication;
        if (typeId == RepeatRing.RANGE) {
            return to == null || length != RepeatRing.RANGE_LENGTH || isSent(to, buffer, offset)
                    ? Action.CONTINUE
                    : Action.ABORT;
        }
        boolean isPacket = PacketFraming.check(buffer, offset, length) == PacketFraming.OK
                && PacketFlyweight.stream(buffer, offset) == streamId
                && PacketFlyweight.kind(buffer, offset) == PacketKind.DATA;
        return !isPacket || to == null || to.repeat(buffer, offset, length) ? Action.CONTINUE : Action.ABORT;
    }

    /** Sends what it may of a range; whether that is over. */
    private boolean isSent(StreamPublication to, DirectBuffer range, int offset) {
        if (nowNs - range.getLong(offset + RepeatRing.RANGE_UNTIL_OFFSET) >= 0) {
            rangeNext = 0;
            return true;
        }
        if (packetsLeft <= 0) {
            return false;
        }
        long end = range.getLong(offset + RepeatRing.RANGE_END_OFFSET);
        long first = Math.max(rangeNext, range.getLong(offset));
        long before = to.sending().resent();
        long next = to.lines().kept().replay(first, end, packetsLeft, OCTETS);
        packetsLeft -= (int) (to.sending().resent() - before);
        rangeNext = next >= end ? 0 : next;
        return next >= end;
    }

    @Override
    public void close() {
        try (ring) {
            counters.close();
        }
    }
}

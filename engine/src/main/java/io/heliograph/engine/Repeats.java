// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine;

import io.heliograph.engine.stream.PublicationTick;
import io.heliograph.engine.stream.StreamPublication;
import io.heliograph.engine.wire.PacketFlyweight;
import io.heliograph.engine.wire.PacketFraming;
import io.heliograph.engine.wire.PacketKind;
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
 * <p><b>Failure:</b> what is no packet of data of the stream is dropped.
 */
final class Repeats implements PublicationTick, ControlledMessageHandler {
    /** Every 5 ms: some 0.2 ms of the publisher's time. */
    private static final int LIMIT = 64;

    private final RepeatRing ring;
    private final int streamId;
    private final PublicationTick counters;
    private @Nullable StreamPublication publication;

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
        ring.beat(SystemNanoClock.INSTANCE.nanoTime());
        ring.read(this, LIMIT);
    }

    @Override
    public Action onMessage(int typeId, MutableDirectBuffer buffer, int offset, int length) {
        StreamPublication to = publication;
        boolean isPacket = PacketFraming.check(buffer, offset, length) == PacketFraming.OK
                && PacketFlyweight.stream(buffer, offset) == streamId
                && PacketFlyweight.kind(buffer, offset) == PacketKind.DATA;
        return !isPacket || to == null || to.repeat(buffer, offset, length) ? Action.CONTINUE : Action.ABORT;
    }

    @Override
    public void close() {
        try (ring) {
            counters.close();
        }
    }
}

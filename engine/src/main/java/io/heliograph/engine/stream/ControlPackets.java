// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

import static io.heliograph.engine.wire.PacketFlyweight.HEADER_LENGTH;

import io.heliograph.engine.wire.ControlFlyweight;
import io.heliograph.engine.wire.PacketFlyweight;
import io.heliograph.engine.wire.PacketKind;
import java.nio.ByteBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What a publication sends beside its data: seals, heartbeats, the end of its epoch.
 *
 * <p>A seal has to arrive, like data, and is offered again until it was taken; a heartbeat is repeated anyway, and is not.
 *
 * <p><b>Thread:</b> one owner: the publication's thread.
 *
 * <p><b>Allocation:</b> none after construction.
 */
final class ControlPackets {
    private static final int CAPACITY = 64;

    private final PublicationContext context;
    private final SendingLines lines;
    private final LineFanout fanout;
    private final UnsafeBuffer packet = new UnsafeBuffer(ByteBuffer.allocateDirect(CAPACITY));
    private final SealBuilder seals;
    private final HeartbeatSchedule heartbeats;
    private boolean isSealPending;

    ControlPackets(PublicationContext context, SendingLines lines, long nowNs) {
        this.context = context;
        this.lines = lines;
        this.fanout = new LineFanout(lines, context.isLossless());
        this.seals = new SealBuilder(context.first());
        this.heartbeats = new HeartbeatSchedule(nowNs);
        PacketFlyweight.init(packet, 0, context.streamId(), context.epoch(), context.source());
    }

    /** A packet is complete: its messages become part of the sealed range. */
    void onComplete(PacketBuilder data) {
        if (context.hasSeals()) {
            seals.onPacket(data);
        }
    }

    /** A packet has left; a seal is due where it ended a range. */
    void onSent() {
        isSealPending = context.hasSeals() && seals.isRangeComplete();
    }

    /** Packets were sent until now: heartbeats begin anew. */
    void onActive(long nowNs) {
        heartbeats.onPacket(nowNs);
    }

    boolean isSealPending() {
        return isSealPending;
    }

    /** What no seal covers yet gets one, whole range or not. */
    void sealRest() {
        isSealPending |= context.hasSeals() && seals.isBegun();
    }

    /** Sends the seal that is due, if one is; false when it has to be offered again. */
    boolean sendPendingSeal() {
        if (!isSealPending) {
            return true;
        }
        if (seals.isBegun()) {
            seals.write(packet, context.wallClock().nanoTime());
        }
        if (fanout.send(packet, 0, ControlFlyweight.SEAL_LENGTH) == LineFanout.REFUSED) {
            return false;
        }
        isSealPending = false;
        return true;
    }

    /** Whether a heartbeat is due; with those of others that have been idle for long every one of a stream that has, too. */
    boolean isBeatDue(long nowNs, boolean isWithSteady) {
        return heartbeats.isDue(nowNs) || (isWithSteady && heartbeats.isSteady());
    }

    /** Whether heartbeats come every 100 ms. */
    boolean isSteady() {
        return heartbeats.isSteady();
    }

    /** Whether a stream idle for long has something that no seal covers: it is sealed before it goes on with heartbeats. */
    boolean isToSeal() {
        return context.hasSeals() && heartbeats.isSteady() && seals.isBegun();
    }

    /** Sends a seal in place of a heartbeat. */
    void sealIdle() {
        isSealPending = true;
        sendPendingSeal();
    }

    /** A heartbeat was sent, or a seal in its place. */
    void onBeat(long nowNs) {
        heartbeats.onSent(nowNs);
    }

    /**
     * Tells every line that the stream is sent on what to expect next.
     *
     * @param kind {@link PacketKind#HEARTBEAT} or {@link PacketKind#END_OF_EPOCH}.
     */
    void announce(long sentNext, int kind) {
        PacketFlyweight.sequence(packet, 0, sentNext);
        PacketFlyweight.sentEpochNs(packet, 0, context.wallClock().nanoTime());
        PacketFlyweight.count(packet, 0, 0);
        PacketFlyweight.kind(packet, 0, kind);
        lines.announce(packet, 0, HEADER_LENGTH);
    }

    /** Nothing more is to be sent. */
    void close() {
        isSealPending = false;
    }
}

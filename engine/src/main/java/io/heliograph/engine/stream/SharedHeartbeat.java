// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

import static io.heliograph.engine.wire.PacketFlyweight.HEADER_LENGTH;

import io.heliograph.engine.wire.ControlFlyweight;
import io.heliograph.engine.wire.PacketFlyweight;
import io.heliograph.engine.wire.PacketKind;
import java.nio.ByteBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The heartbeat of streams that share lines: one packet, or as few as it takes, says of every stream that is idle what to
 * expect next.
 *
 * <p>With the stream that is due go all others whose heartbeat is due too, and among streams that have been idle for long all
 * of them: so they fall into step, and 64 idle streams cost 10 packets a second and not 640.
 *
 * <p><b>Thread:</b> one owner: the publications' thread.
 *
 * <p><b>Allocation:</b> none after construction.
 */
final class SharedHeartbeat {
    private final SendingLines lines;
    private final UnsafeBuffer packet;
    private final int mostEntries;
    private int entries;

    /**
     * @param lines that it is sent on.
     * @param maxPayloadLength octets of a packet that leaves in one datagram.
     */
    SharedHeartbeat(SendingLines lines, int maxPayloadLength) {
        this.lines = lines;
        this.mostEntries = (maxPayloadLength - HEADER_LENGTH) / ControlFlyweight.HEARTBEAT_ENTRY_LENGTH;
        this.packet = new UnsafeBuffer(
                ByteBuffer.allocateDirect(HEADER_LENGTH + mostEntries * ControlFlyweight.HEARTBEAT_ENTRY_LENGTH));
    }

    /** Speaks for the stream that is due and for all that go with it; their schedules go on, but that of the one that is due. */
    @SuppressWarnings("ReferenceEquality") // Another stream is another object.
    void send(PacketSender due, PacketSender[] all, long nowNs) {
        boolean isSteady = due.isSteady();
        begin(due);
        for (int i = 0; i < all.length; i++) {
            PacketSender other = all[i];
            if (other != due && other.isToBeat(nowNs, isSteady)) {
                if (entries == mostEntries) {
                    leave();
                    begin(other);
                } else {
                    add(other);
                }
                other.onBeat(nowNs);
            }
        }
        leave();
    }

    private void begin(PacketSender first) {
        PublicationContext context = first.context();
        entries = 0;
        PacketFlyweight.init(packet, 0, context.streamId(), context.epoch(), context.source());
        PacketFlyweight.kind(packet, 0, PacketKind.HEARTBEAT);
        PacketFlyweight.sequence(packet, 0, first.sentNext());
        PacketFlyweight.sentEpochNs(packet, 0, context.wallClock().nanoTime());
    }

    private void add(PacketSender other) {
        PublicationContext context = other.context();
        int entry = HEADER_LENGTH + entries * ControlFlyweight.HEARTBEAT_ENTRY_LENGTH;
        ControlFlyweight.heartbeatEntry(packet, entry, context.streamId(), context.epoch(), other.sentNext());
        entries++;
    }

    private void leave() {
        PacketFlyweight.count(packet, 0, entries);
        lines.announce(packet, 0, HEADER_LENGTH + entries * ControlFlyweight.HEARTBEAT_ENTRY_LENGTH);
    }
}

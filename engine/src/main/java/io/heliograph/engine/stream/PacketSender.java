// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

import io.heliograph.engine.wire.PacketKind;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Sends a publication's packets: data as it is complete, seals behind the ranges that they cover, heartbeats while there is
 * nothing else. What no line takes is offered again, in its order.
 *
 * <p><b>Thread:</b> one owner: the publication's thread.
 *
 * <p><b>Allocation:</b> none after construction.
 */
final class PacketSender {
    /** Of each line that catches up, in a duty cycle. */
    private static final int CATCH_UP_LIMIT = 64;

    private final PublicationContext context;
    private final PacketBuilder packet;
    private final PublicationLines publications;
    private final SendingLines lines;
    private final LineFanout fanout;
    private final ControlPackets control;
    private final boolean isGated;
    private long sentNext;
    private long packets;
    private boolean isPacketPending;
    private boolean hasSent;
    private boolean isEnding;

    PacketSender(PublicationContext context, PacketBuilder packet, PublicationLines publications, long nowNs) {
        this.context = context;
        this.sentNext = context.first();
        this.isGated = context.gate() != SendGate.NONE;
        this.packet = packet;
        this.publications = publications;
        this.lines = publications.sending();
        this.fanout = new LineFanout(lines, context.isLossless());
        this.control = new ControlPackets(context, lines, nowNs);
    }

    /** The sequence behind the last message that has left. */
    long sentNext() {
        return sentNext;
    }

    /** Data packets that left. */
    long packets() {
        return packets;
    }

    /** Data packets for which no line had a listener. */
    long unheard() {
        return fanout.unheard();
    }

    /** Offers the open packet to the lines; false when it has to be offered again. */
    boolean send() {
        UnsafeBuffer bytes = packet.close();
        if (isGated && isHeldBack()) {
            return false;
        }
        if (!isPacketPending) {
            control.onComplete(packet);
            context.place().onSend(packet.first(), packet.first() + packet.count());
        }
        if (fanout.send(bytes, 0, packet.length()) == LineFanout.REFUSED) {
            isPacketPending = true;
            return false;
        }
        isPacketPending = false;
        hasSent = true;
        packets++;
        sentNext = packet.first() + packet.count();
        context.gate().onSent(sentNext, packet.length());
        packet.reset();
        control.onSent();
        return true;
    }

    /** Whether nothing may be sent now: what nobody hears, no journal does. */
    boolean isHeldBack() {
        return isGated && (!context.gate().isOpen() || !lines.isAnyConnected(lines.active()));
    }

    /** Sends the seal that is due, if one is, behind the data that it covers; false when it has to be offered again. */
    boolean sendPendingSeal() {
        return !control.isSealPending() || (packet.isEmpty() && control.sendPendingSeal());
    }

    /** Sends what waits, whatever it is; false when some of it has to be offered again. */
    boolean flush() {
        return (packet.isEmpty() || send()) && sendPendingSeal();
    }

    /** The duty cycle: returns the work done; what is refused is none, so that the caller idles and others get to run. */
    int doWork(long nowNs, int kindOfHeartbeat) {
        int work = !packet.isEmpty() && send() ? 1 : 0;
        work += control.isSealPending() && sendPendingSeal() ? 1 : 0;
        if (lines.isBehind()) {
            work += lines.catchUp(CATCH_UP_LIMIT);
        }
        if (hasSent) {
            hasSent = false;
            control.onActive(nowNs);
        } else if (packet.isEmpty() && !control.isSealPending() && control.isBeatDue(nowNs, false)) {
            beat(nowNs, kindOfHeartbeat);
            work++;
        }
        return work;
    }

    /** Says that the stream lives and what to expect next; a stream idle for long is sealed first. */
    private void beat(long nowNs, int kind) {
        if (control.isToSeal()) {
            control.sealIdle();
        } else if (kind == PacketKind.HEARTBEAT && publications.isShared()) {
            publications.beat(this, nowNs);
        } else {
            control.announce(sentNext, kind);
        }
        control.onBeat(nowNs);
    }

    /** Whether a heartbeat of another stream on the same lines is to speak for this one too. */
    boolean isToBeat(long nowNs, boolean isWithSteady) {
        return control.isBeatDue(nowNs, isWithSteady)
                && !hasSent
                && !isEnding
                && packet.isEmpty()
                && !control.isSealPending()
                && !control.isToSeal();
    }

    /** A heartbeat has spoken for this stream. */
    void onBeat(long nowNs) {
        control.onBeat(nowNs);
    }

    /** Whether the stream has been idle for so long that heartbeats come every 100 ms. */
    boolean isSteady() {
        return control.isSteady();
    }

    /** What it is a stream of. */
    PublicationContext context() {
        return context;
    }

    /** A seal for what none covers yet, when the epoch ends: from now on the end is told in place of heartbeats. */
    void sealRest() {
        isEnding = true;
        control.sealRest();
    }

    /** Tells the end of the epoch. */
    void announceEnd() {
        hasSent = true;
        control.announce(sentNext, PacketKind.END_OF_EPOCH);
    }

    /** Nothing more is to be sent. */
    void close() {
        packet.reset();
        control.close();
    }
}

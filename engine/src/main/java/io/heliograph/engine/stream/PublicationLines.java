// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

import static io.heliograph.engine.wire.PacketFlyweight.MAX_PACKET_LENGTH;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The lines that packets leave on: a publication's own, or those that all publications of a carrier share. What concerns the
 * lines and not a stream happens here, once: which of them are sent on, what is kept for a move, the heartbeat that speaks for
 * all streams that are idle.
 *
 * <p>They are closed with the last publication on them.
 *
 * <p><b>Thread:</b> one owner: the thread of all publications on them.
 *
 * <p><b>Allocation:</b> none after construction, but when a publication comes or goes.
 */
public final class PublicationLines {
    /** Lines look after themselves so often, and figures are shown. */
    static final long TICK_NS = TimeUnit.MILLISECONDS.toNanos(5);

    /** At once with a move, of what a lost line did not bring. */
    private static final int CATCH_UP_LIMIT = 64;

    private final PublicationLine[] lines;
    private final SendingLines sending;
    private final KeptPackets kept;
    private final @Nullable LineMoves moves;
    private final LinesTick tick;
    private final int maxPayloadLength;
    private final int maxPacketLength;
    private final SharedHeartbeat heartbeat;
    private PacketSender[] senders = {};
    private long tickAtNs;
    private boolean isClosed;

    /**
     * Lines that are open, or asked for.
     *
     * @param route which of the lines are sent on; null: every one, whatever happens.
     * @param packetLines in the order of their names.
     * @param pause runs between the retries of a line that pushes back: a spin hint, or the driver's duty cycle where that
     *     runs on this thread.
     * @param tick shows the figures every few milliseconds; closed with the lines.
     * @param nowNs the time, of the publications' clock.
     */
    public PublicationLines(
            @Nullable LineRoute route, PacketLine[] packetLines, Runnable pause, LinesTick tick, long nowNs) {
        this.tick = tick;
        this.tickAtNs = nowNs;
        this.lines = new PublicationLine[packetLines.length];
        int payloadLength = Integer.MAX_VALUE;
        int packetLength = MAX_PACKET_LENGTH;
        for (int i = 0; i < packetLines.length; i++) {
            lines[i] = new PublicationLine(packetLines[i], pause);
            payloadLength = Math.min(payloadLength, packetLines[i].maxPayloadLength());
            packetLength = Math.min(packetLength, packetLines[i].maxPacketLength());
        }
        this.maxPayloadLength = payloadLength;
        this.maxPacketLength = packetLength;
        this.sending = SendingLines.of(lines, route, TICK_NS);
        this.kept = new KeptPackets(sending);
        this.moves = route == null ? null : new LineMoves(route.choice(), route.health(), sending);
        this.heartbeat = new SharedHeartbeat(sending, payloadLength);
    }

    /**
     * Which of the lines are sent on.
     *
     * @return live figures.
     */
    public SendingLines sending() {
        return sending;
    }

    /**
     * What was kept of what was sent, by the numbers of one stream: of use where no other one is on the lines.
     *
     * @return for as long as the lines are open.
     */
    public KeptPackets kept() {
        return kept;
    }

    /**
     * The number of lines.
     *
     * @return 1 and up.
     */
    public int count() {
        return lines.length;
    }

    /**
     * What a line took and refused.
     *
     * @param index 0 for A, 1 for B and so on.
     * @return live figures.
     */
    public PublicationLine line(int index) {
        return lines[index];
    }

    /**
     * How many publications are on the lines.
     *
     * @return 0 before the first has come and after the last has gone.
     */
    public int publications() {
        return senders.length;
    }

    /**
     * Whether the last publication has gone, and the lines with it.
     *
     * @return true when nothing can be sent any more.
     */
    public boolean isClosed() {
        return isClosed;
    }

    /** Closes the lines, whoever is on them: for one who could put nobody on them. Idempotent. */
    public void close() {
        if (!isClosed) {
            isClosed = true;
            sending.close();
            tick.close();
        }
    }

    /** Octets of a packet that leaves in one datagram, on any of the lines. */
    int maxPayloadLength() {
        return maxPayloadLength;
    }

    /** Octets of the longest packet, on any of the lines. */
    int maxPacketLength() {
        return maxPacketLength;
    }

    /** Whether a heartbeat may speak for several streams. */
    boolean isShared() {
        return senders.length > 1;
    }

    /** Says of a stream whose heartbeat is due that it lives, and of all that are idle with it. */
    void beat(PacketSender due, long nowNs) {
        heartbeat.send(due, senders, nowNs);
    }

    /** Another publication is on the lines. */
    void join(PacketSender sender) {
        senders = Arrays.copyOf(senders, senders.length + 1);
        senders[senders.length - 1] = sender;
    }

    /** A publication has gone, and the lines with the last. */
    @SuppressWarnings("ReferenceEquality") // Another publication is another object.
    void leave(PacketSender sender) {
        int kept = 0;
        PacketSender[] left = new PacketSender[senders.length];
        for (PacketSender each : senders) {
            if (each != sender) {
                left[kept++] = each;
            }
        }
        senders = Arrays.copyOf(left, kept);
        if (kept == 0) {
            close();
        }
    }

    /** The slow half of the duty cycle, for whichever publication comes first. */
    void onTick(long nowNs) {
        if (nowNs - tickAtNs < 0) {
            return;
        }
        tickAtNs = nowNs + TICK_NS;
        for (PublicationLine line : lines) {
            line.onTick();
        }
        if (moves != null) {
            sending.onTick(nowNs);
            moves.onTick(nowNs);
            sending.catchUp(CATCH_UP_LIMIT);
        }
        tick.publish(this);
    }
}

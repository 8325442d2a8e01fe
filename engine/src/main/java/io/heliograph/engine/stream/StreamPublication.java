// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

import static io.heliograph.engine.wire.PacketFlyweight.HEADER_LENGTH;
import static io.heliograph.engine.wire.PacketFlyweight.LENGTH_PREFIX;
import static io.heliograph.engine.wire.PacketFlyweight.MAX_PACKET_LENGTH;

import io.heliograph.engine.base.Outcome;
import io.heliograph.engine.wire.PacketKind;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Publishes a stream: numbers messages, packs them, and offers each packet, the same octets, to every line.
 *
 * <p>A message that was accepted has its number for good. A packet leaves when it is full, at {@link #flush}, at
 * {@link #doWork}, and where a sealed range ends. Natural batching: offer what your input has, then flush.
 *
 * <pre>{@code
 * while (running) {
 *     while (input.hasNext() && publication.offer(buffer, 0, input.next(buffer)) > 0) {}
 *     publication.flush();
 *     publication.doWork();
 * }
 * }</pre>
 *
 * <p><b>Thread:</b> one owner: the thread that calls it. Several feed threads hand over through {@code intake}.
 *
 * <p><b>Allocation:</b> none after construction.
 *
 * <p><b>Failure:</b> {@link Outcome} codes, all negative. With {@link Outcome#BACK_PRESSURED} the message at hand was not
 * accepted and no number was used; offer it again after {@code doWork}. When nobody listens, packets are counted
 * ({@link #unheard}) and the stream goes on.
 */
public final class StreamPublication implements AutoCloseable {
    private static final long TICK_NS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long LINGER_NS = TimeUnit.SECONDS.toNanos(1);

    private final PublicationContext context;
    private final PublicationLine[] lines;
    private final LineFanout fanout;
    private final PacketBuilder packet;
    private final ControlPackets control;
    private final int maxMessageLength;
    private final PublicationTick tick;

    private long next = 1;
    private long sentNext = 1;
    private long packets;
    private long backPressured;
    private boolean isPacketPending;
    private boolean isClaimOpen;
    private boolean hasSent;
    private boolean isEnding;
    private boolean isEndSent;
    private boolean isClosed;
    private long lingerUntilNs;
    private long tickAtNs;

    /**
     * A publication over lines that are open; {@code Heliograph.addPublication} makes it for a stream of the topology.
     *
     * @param context what it is of.
     * @param packetLines in the order of their names; closed with the publication.
     * @param pause runs between the retries of a line that pushes back: a spin hint, or the driver's duty cycle where that
     *     runs on this thread.
     * @param tick shows the figures every few milliseconds; closed with the publication.
     */
    public StreamPublication(
            PublicationContext context, PacketLine[] packetLines, Runnable pause, PublicationTick tick) {
        this.context = context;
        this.tick = tick;
        this.lines = new PublicationLine[packetLines.length];
        int maxLength = Integer.MAX_VALUE;
        int maxPacketLength = MAX_PACKET_LENGTH;
        for (int i = 0; i < packetLines.length; i++) {
            lines[i] = new PublicationLine(packetLines[i], pause);
            maxLength = Math.min(maxLength, packetLines[i].maxPayloadLength());
            maxPacketLength = Math.min(maxPacketLength, packetLines[i].maxPacketLength());
        }
        this.maxMessageLength = maxPacketLength - HEADER_LENGTH - LENGTH_PREFIX;
        this.fanout = new LineFanout(lines, context.isLossless());
        this.packet = new PacketBuilder(context.streamId(), context.epoch(), context.source(), maxLength);
        this.tickAtNs = context.nanoClock().nanoTime();
        this.control = new ControlPackets(context, lines, tickAtNs);
    }

    /**
     * Accepts a message: copies it into the open packet.
     *
     * @param buffer holds the body.
     * @param offset where the body begins.
     * @param length of the body, 0 to {@link #maxMessageLength} octets; one that fills more than a packet travels alone.
     * @return its sequence (1 and up), or {@link Outcome#BACK_PRESSURED}, {@link Outcome#CLOSED}, {@link Outcome#TOO_LONG}
     *     or {@link Outcome#CLAIM_OPEN}.
     */
    public long offer(DirectBuffer buffer, int offset, int length) {
        if (!packet.fits(length)) {
            long outcome = makeRoom(length);
            if (outcome < 0) {
                return outcome;
            }
        }
        packet.append(buffer, offset, length);
        return accept();
    }

    /**
     * Makes room for a message that is written in place.
     *
     * @param length of the body, 0 to {@link #maxMessageLength} octets.
     * @param claim receives the place; commit or abort it before anything else is offered.
     * @return the sequence that the message will have, or a negative {@link Outcome} as for {@link #offer}.
     */
    public long claim(int length, MessageClaim claim) {
        if (!packet.fits(length)) {
            long outcome = makeRoom(length);
            if (outcome < 0) {
                return outcome;
            }
        }
        claim.wrap(this, packet.buffer(), packet.reserve(length), length);
        isClaimOpen = true;
        return next;
    }

    /**
     * Sends the open packet.
     *
     * @return the next sequence; {@link Outcome#BACK_PRESSURED}: what was accepted is kept and leaves with a later call;
     *     {@link Outcome#CLAIM_OPEN}; or {@link Outcome#CLOSED}.
     */
    public long flush() {
        if (isClosed) {
            return Outcome.CLOSED;
        }
        if (isClaimOpen) {
            return Outcome.CLAIM_OPEN;
        }
        return (packet.isEmpty() || send()) && sendPendingSeal() ? next : refuse();
    }

    /**
     * The duty cycle, to be called at least every millisecond: sends what waits, heartbeats, and seals of an idle stream.
     *
     * @return work done: 0 when there was none.
     */
    public int doWork() {
        if (isClosed || isClaimOpen) {
            return 0;
        }
        long nowNs = context.nanoClock().nanoTime();
        // What is refused is no work: the caller idles, and who has to make room gets to run.
        int work = !packet.isEmpty() && send() ? 1 : 0;
        work += control.isSealPending() && sendPendingSeal() ? 1 : 0;
        if (hasSent) {
            hasSent = false;
            control.onActive(nowNs);
        } else if (packet.isEmpty()
                && !control.isSealPending()
                && control.beat(nowNs, sentNext, isEnding ? PacketKind.END_OF_EPOCH : PacketKind.HEARTBEAT)) {
            work++;
        }
        if (nowNs - tickAtNs >= 0) {
            tickAtNs = nowNs + TICK_NS;
            for (PublicationLine line : lines) {
                line.onTick();
            }
            tick.publish(this);
        }
        if (isEnding && lingerUntilNs == 0) {
            lingerUntilNs = nowNs + LINGER_NS;
        }
        return work;
    }

    /**
     * Ends the epoch: no further message is accepted, and everybody is told which was the last. Call {@link #doWork} until
     * {@link #isLingering} is false, so that one who lost the end hears it again.
     *
     * @return the last sequence (0 without messages), {@link Outcome#BACK_PRESSURED}: call again after {@code doWork}; or
     *     {@link Outcome#CLAIM_OPEN}.
     */
    public long endEpoch() {
        if (isClosed) {
            return Outcome.CLOSED;
        }
        if (!isEnding) {
            long outcome = flush();
            if (outcome < 0) {
                return outcome;
            }
            control.sealRest();
            isEnding = true;
        }
        if (!sendPendingSeal()) {
            return Outcome.BACK_PRESSURED;
        }
        if (!isEndSent) {
            isEndSent = true;
            hasSent = true;
            control.announce(sentNext, PacketKind.END_OF_EPOCH);
        }
        return next - 1;
    }

    /**
     * Whether a publication that has ended still repeats its end.
     *
     * @return false before the end, and a second after it.
     */
    public boolean isLingering() {
        return isEnding
                && !isClosed
                && (lingerUntilNs == 0 || context.nanoClock().nanoTime() - lingerUntilNs < 0);
    }

    /**
     * Whether somebody listens on at least one line.
     *
     * @return true with at least one receiver.
     */
    public boolean isConnected() {
        for (PublicationLine line : lines) {
            if (line.isConnected()) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether somebody listens on every line.
     *
     * @return true when no line is without a receiver.
     */
    public boolean isFullyConnected() {
        for (PublicationLine line : lines) {
            if (!line.isConnected()) {
                return false;
            }
        }
        return true;
    }

    /**
     * The numbering of this publication.
     *
     * @return 0 to 2^32 - 1.
     */
    public long epoch() {
        return context.epoch();
    }

    /**
     * The stream's name in the topology.
     *
     * @return the name.
     */
    public String stream() {
        return context.stream();
    }

    /**
     * The sequence that the next message will have.
     *
     * @return 1 and up.
     */
    public long nextSequence() {
        return next;
    }

    /**
     * Messages accepted.
     *
     * @return messages.
     */
    public long messages() {
        return next - 1;
    }

    /**
     * Data packets that left.
     *
     * @return packets, counted once for all lines.
     */
    public long packets() {
        return packets;
    }

    /**
     * Data packets for which no line had a listener.
     *
     * @return packets.
     */
    public long unheard() {
        return fanout.unheard();
    }

    /**
     * Messages accepted that have not left.
     *
     * @return messages of the packet that is open, or that no line takes at the moment.
     */
    public long unsent() {
        return next - sentNext;
    }

    /**
     * How often a call was answered {@link Outcome#BACK_PRESSURED}.
     *
     * @return answers.
     */
    public long backPressured() {
        return backPressured;
    }

    /**
     * The longest message that the stream carries: 65,535 octets, or less where a line's term is shorter than a mebibyte.
     *
     * @return octets of body.
     */
    public int maxMessageLength() {
        return maxMessageLength;
    }

    /**
     * The number of lines.
     *
     * @return 1 and up.
     */
    public int lineCount() {
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
     * Whether this was closed.
     *
     * @return true after {@link #close}.
     */
    public boolean isClosed() {
        return isClosed;
    }

    /** Closes the lines at once; an orderly end is {@link #endEpoch} and its linger. Idempotent. */
    @Override
    public void close() {
        if (!isClosed) {
            isClosed = true;
            packet.reset();
            control.close();
            for (PublicationLine line : lines) {
                line.close();
            }
            tick.close();
        }
    }

    void onCommit(int length) {
        isClaimOpen = false;
        packet.commit(length);
        accept();
    }

    void onAbort() {
        isClaimOpen = false;
        packet.abort();
    }

    private long accept() {
        long sequence = next++;
        if ((sequence & (SealCheck.RANGE - 1)) == 0 && context.hasSeals()) {
            send();
            sendPendingSeal();
        }
        return sequence;
    }

    /** The rare half of offer and claim: a new packet, a full one, or a reason to refuse. */
    private long makeRoom(int length) {
        if (isClosed || isEnding) {
            return Outcome.CLOSED;
        }
        if (isClaimOpen) {
            return Outcome.CLAIM_OPEN;
        }
        if (length > maxMessageLength) {
            return Outcome.TOO_LONG;
        }
        if (length < 0) {
            throw new IllegalArgumentException(
                    "a message's length is 0 to " + maxMessageLength + " octets, not " + length);
        }
        if (!packet.isEmpty() && !send()) {
            return refuse();
        }
        if (!sendPendingSeal()) {
            return refuse();
        }
        packet.begin(next, context.wallClock().nanoTime(), length);
        return next;
    }

    private long refuse() {
        backPressured++;
        return Outcome.BACK_PRESSURED;
    }

    /** Offers the open packet to the lines; false when it has to be offered again. */
    private boolean send() {
        UnsafeBuffer bytes = packet.close();
        if (!isPacketPending) {
            control.onComplete(packet);
        }
        if (fanout.send(bytes, 0, packet.length()) == LineFanout.REFUSED) {
            isPacketPending = true;
            return false;
        }
        isPacketPending = false;
        hasSent = true;
        packets++;
        sentNext = packet.first() + packet.count();
        packet.reset();
        control.onSent();
        return true;
    }

    /** Sends the seal that is due, if one is, behind the data that it covers; false when it has to be offered again. */
    private boolean sendPendingSeal() {
        return !control.isSealPending() || (packet.isEmpty() && control.sendPendingSeal());
    }
}

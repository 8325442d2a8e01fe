// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

import static io.heliograph.engine.wire.PacketFlyweight.HEADER_LENGTH;
import static io.heliograph.engine.wire.PacketFlyweight.LENGTH_PREFIX;

import io.heliograph.engine.base.Outcome;
import io.heliograph.engine.wire.PacketKind;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

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
 * <p>The streams of a carrier share their lines ({@link PublicationLines}) and the thread that they belong to.
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
    private final PublicationContext context;
    private final PublicationLines lines;
    private final SendingLines sending;
    private final PacketBuilder packet;
    private final PacketSender sender;
    private final EpochEnd end = new EpochEnd();
    private final int maxMessageLength;
    private final PublicationTick tick;

    private long next;
    private long backPressured;
    private boolean isClaimOpen;
    private boolean isClosed;
    private long tickAtNs;

    /**
     * A publication that sends on every line.
     *
     * @param context what it is of.
     * @param packetLines in the order of their names; closed with the publication.
     * @param pause as below.
     * @param tick as below.
     */
    public StreamPublication(
            PublicationContext context, PacketLine[] packetLines, Runnable pause, PublicationTick tick) {
        this(context, null, packetLines, pause, tick);
    }

    /**
     * A publication over lines that are open; {@code Heliograph.addPublication} makes it for a stream of the topology.
     *
     * @param context what it is of.
     * @param route which of the lines it sends on; null: on every one, whatever happens.
     * @param packetLines in the order of their names; closed with the publication.
     * @param pause runs between the retries of a line that pushes back: a spin hint, or the driver's duty cycle where that
     *     runs on this thread.
     * @param tick shows the figures every few milliseconds; closed with the publication.
     */
    public StreamPublication(
            PublicationContext context,
            @Nullable LineRoute route,
            PacketLine[] packetLines,
            Runnable pause,
            PublicationTick tick) {
        this(
                context,
                new PublicationLines(
                        route,
                        packetLines,
                        pause,
                        LinesTick.NONE,
                        context.nanoClock().nanoTime()),
                tick);
    }

    /**
     * A publication over lines that it shares with the other streams of its carrier.
     *
     * @param context what it is of.
     * @param lines to send on; closed with the last publication on them.
     * @param tick as above.
     */
    public StreamPublication(PublicationContext context, PublicationLines lines, PublicationTick tick) {
        this.context = context;
        this.next = context.first();
        this.tick = tick;
        this.lines = lines;
        this.sending = lines.sending();
        this.maxMessageLength = lines.maxPacketLength() - HEADER_LENGTH - LENGTH_PREFIX;
        this.packet =
                new PacketBuilder(context.streamId(), context.epoch(), context.source(), lines.maxPayloadLength());
        this.tickAtNs = context.nanoClock().nanoTime();
        this.sender = new PacketSender(context, packet, lines, tickAtNs);
        lines.join(sender);
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
        return sender.flush() ? next : refuse();
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
        int work = sender.doWork(nowNs, end.isBegun() ? PacketKind.END_OF_EPOCH : PacketKind.HEARTBEAT);
        if (nowNs - tickAtNs >= 0) {
            onTick(nowNs);
        }
        end.onDutyCycle(nowNs);
        return work;
    }

    private void onTick(long nowNs) {
        tickAtNs = nowNs + PublicationLines.TICK_NS;
        lines.onTick(nowNs);
        tick.publish(this);
    }

    /** {@return whether a line took this packet of the stream, sent once more on every line that is sent on, and not kept} */
    public boolean repeat(DirectBuffer sent, int offset, int length) {
        return !isClosed && sending.announce(sent, offset, length);
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
        if (!end.isBegun()) {
            long outcome = flush();
            if (outcome < 0) {
                return outcome;
            }
            context.place().onEnd();
            sender.sealRest();
            end.begin();
        }
        if (!sender.sendPendingSeal()) {
            return Outcome.BACK_PRESSURED;
        }
        if (end.isToTell()) {
            sender.announceEnd();
        }
        return next - 1;
    }

    /** {@return whether it still repeats its end: false before the end, and a second after it} */
    public boolean isLingering() {
        return !isClosed && end.isLingering(context.nanoClock().nanoTime());
    }

    /** {@return whether somebody listens on at least one line that the stream is sent on} */
    public boolean isConnected() {
        return sending.isAnyConnected(sending.active());
    }

    /** {@return whether somebody listens on every line that the stream is sent on} */
    public boolean isFullyConnected() {
        return sending.isEachConnected(sending.active());
    }

    /** {@return the numbering of this publication, 0 to 2^32 - 1} */
    public long epoch() {
        return context.epoch();
    }

    /** {@return the stream's name in the topology} */
    public String stream() {
        return context.stream();
    }

    /** {@return the sequence that the next message will have, 1 and up} */
    public long nextSequence() {
        return next;
    }

    /** {@return the sequence that the first message had here: 1, unless an earlier publisher was gone on from} */
    public long first() {
        return context.first();
    }

    /** {@return messages accepted, here} */
    public long messages() {
        return next - context.first();
    }

    /** {@return data packets that left, counted once for all lines} */
    public long packets() {
        return sender.packets();
    }

    /** {@return data packets for which no line had a listener} */
    public long unheard() {
        return sender.unheard();
    }

    /** {@return its lines, which the other streams of its carrier may share} */
    public PublicationLines lines() {
        return lines;
    }

    /** {@return which of its lines the stream is on: live figures} */
    public SendingLines sending() {
        return sending;
    }

    /**
     * Messages accepted that have not left.
     *
     * @return messages of the packet that is open, or that no line takes at the moment.
     */
    public long unsent() {
        return next - sender.sentNext();
    }

    /** {@return whether nothing can be sent until a journal that is required is there and near enough} */
    public boolean isHeldBack() {
        return sender.isHeldBack();
    }

    /** {@return how often a call was answered {@link Outcome#BACK_PRESSURED}} */
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

    /** {@return the number of lines, 1 and up} */
    public int lineCount() {
        return lines.count();
    }

    /**
     * What a line took and refused, of all streams on it.
     *
     * @param index 0 for A, 1 for B and so on.
     * @return live figures.
     */
    public PublicationLine line(int index) {
        return lines.line(index);
    }

    /** {@return true after {@link #close}} */
    public boolean isClosed() {
        return isClosed;
    }

    /** Closes the lines at once, if no other stream is on them; an orderly end is {@link #endEpoch} and its linger. Idempotent. */
    @Override
    public void close() {
        if (!isClosed) {
            isClosed = true;
            sender.close();
            lines.leave(sender);
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
            sender.send();
            sender.sendPendingSeal();
        }
        return sequence;
    }

    /** The rare half of offer and claim: a new packet, a full one, or a reason to refuse. */
    private long makeRoom(int length) {
        if (isClosed || end.isBegun()) {
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
        if (!packet.isEmpty() && !sender.send()) {
            return refuse();
        }
        if (!sender.sendPendingSeal()) {
            return refuse();
        }
        packet.begin(next, context.wallClock().nanoTime(), length);
        return next;
    }

    private long refuse() {
        backPressured++;
        return Outcome.BACK_PRESSURED;
    }
}

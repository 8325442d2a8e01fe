// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

import static io.heliograph.engine.wire.PacketFlyweight.HEADER_LENGTH;
import static io.heliograph.engine.wire.PacketFlyweight.LENGTH_PREFIX;
import static io.heliograph.engine.wire.PacketFlyweight.VERSION_AND_DATA;

import io.heliograph.engine.wire.PacketFlyweight;
import io.heliograph.engine.wire.PacketFraming;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Makes one gapless sequence out of the packets of several lines: the first arrival wins, by message and never by packet.
 *
 * <p>A state machine without I/O or clock: a duty cycle begins with {@link #beginCycle}, hands in what the lines brought
 * by {@link #onPacket} and ends with {@link #endCycle}. Every message of the stream from the join on is delivered once and
 * in order, or named by one gap notice in its place in the order.
 *
 * <p>What a packet is worth: all old, a duplicate, dropped after four comparisons; next in turn (old in part, perhaps),
 * delivered; ahead, held in the {@link ReorderWindow} until the gap before it is filled or given up. Heartbeats, seals and the
 * like say what should have come: they open a gap as a packet ahead does. What is very far ahead waits for a {@link FarClaim}.
 *
 * <p><b>Thread:</b> one owner: the thread that polls.
 *
 * <p><b>Allocation:</b> none after construction.
 *
 * <p><b>Failure:</b> bytes are never believed: what is malformed, foreign, of an old epoch or implausibly far ahead is
 * dropped and counted. An exception of the handler leaves {@link #onPacket} or {@link #endCycle}; its message counts as
 * delivered, and the next {@link #endCycle} goes on with the one behind it.
 */
@SuppressWarnings("ReferenceEquality") // The same handler is asked for, not an equal one.
public final class Arbiter {
    /** No epoch is known yet. */
    public static final long NULL_EPOCH = -1;

    private final int streamId;
    private final StreamListener listener;
    private final LineStatistics[] lines;
    private final StreamStatistics statistics;
    private final MessageHeader header;
    private final ReorderWindow window;
    private final SealCheck seals;
    private final LeadTimes leads;
    private final Refusals refusals;
    private final FarClaim claim;
    private final Gaps gaps;
    private final LaterEpoch later;
    private final EarlyPackets early;
    private final RarePackets rare;
    private final EpochChange epochs;
    private final QualityWatch watch;
    private final CatchUp catchUp;
    private final @Nullable RepairLine repair;
    private final boolean hasSeals;

    private MessageHandler handler = (buffer, offset, length, messageHeader) -> {};
    private long nowNs;
    private long epoch = NULL_EPOCH;
    private long streamAndEpoch;
    private long next = 1;
    /** The sequence behind the epoch's last message; 0 while it is not known. */
    private long endOfEpoch;
    /** An epoch has begun, nothing waits, nothing is missing, no end is known: what comes in turn is delivered, no more. */
    private boolean isFlowing;

    private boolean isEnded;
    private long cycleNext;

    /**
     * An arbiter of lines alone.
     *
     * @param context the stream and the bounds.
     * @param listener told of gaps, epochs and quality.
     */
    public Arbiter(ArbiterContext context, StreamListener listener) {
        this(context, listener, null);
    }

    /**
     * An arbiter that has heard nothing yet.
     *
     * @param context the stream and the bounds.
     * @param listener told of gaps, epochs and quality.
     * @param replay fetches what no line brings; null where nobody does.
     */
    public Arbiter(ArbiterContext context, StreamListener listener, @Nullable GapRepair replay) {
        this.streamId = context.streamId();
        this.listener = listener;
        this.hasSeals = context.hasSeals();
        this.header = new MessageHeader(streamId);
        this.statistics = new StreamStatistics(context.lineNames(), replay != null);
        this.lines = statistics.allLines();
        LineStatistics[] live = statistics.lines();
        this.seals = new SealCheck(statistics, this::onSealMismatch);
        this.window = new ReorderWindow(context.windowPackets(), context.windowBytes());
        LineSkew skew = new LineSkew(live, listener, context.skewBoundNs());
        this.leads = new LeadTimes(live, skew, LeadTimes.intervalNs(context.skewBoundNs()));
        this.refusals = new Refusals(statistics, listener, lines.length);
        this.claim = new FarClaim(refusals, context.staleNs());
        this.later = new LaterEpoch(window, claim, lines);
        this.watch = new QualityWatch(listener, context.staleNs());
        this.catchUp = new CatchUp(live, context);
        boolean isRepaired = replay != null;
        this.gaps = new Gaps(this, window, isRepaired ? context.repairedNs() : context.reorderNs(), isRepaired);
        this.early = new EarlyPackets(this, window, claim, gaps, statistics, catchUp);
        this.epochs = new EpochChange(this, window, gaps, later, catchUp, context.budgetNs(), listener);
        AnnouncedPlaces announced = new AnnouncedPlaces(this, early, gaps, window, refusals, catchUp);
        LaterPackets behind = new LaterPackets(this, later, epochs, catchUp);
        this.rare = new RarePackets(this, behind, announced, seals, watch, refusals, context);
        this.repair = replay == null ? null : new RepairLine(replay, this, window, gaps, epochs, catchUp, watch);
    }

    /** Who has all before a message of an epoch, from an earlier life, goes on there, if that epoch is the first that is heard. */
    void goOnFrom(long keptEpoch, long keptNext) {
        rare.goOnFrom(keptEpoch, keptNext);
    }

    /** What a subscriber missed on its way to another line may be sent once more. */
    void patience(boolean isLong) {
        gaps.patience(isLong);
    }

    /**
     * Begins a duty cycle.
     *
     * @param cycleNs the time of all that happens in it, ns of a monotonic clock.
     * @param cycleHandler takes the messages.
     */
    public void beginCycle(long cycleNs, MessageHandler cycleHandler) {
        nowNs = cycleNs;
        if (handler != cycleHandler) {
            handler = cycleHandler;
        }
        cycleNext = next;
    }

    /**
     * A line has brought a packet.
     *
     * @param line 0 and up.
     * @param buffer holds the packet, which stays as it is for the call: {@link SteadyPackets}.
     * @param offset of its first octet.
     * @param length of the packet in octets.
     */
    public void onPacket(int line, DirectBuffer buffer, int offset, int length) {
        if (length >= HEADER_LENGTH && PacketFlyweight.streamAndEpoch(buffer, offset) == streamAndEpoch) {
            long sourceToKind = PacketFlyweight.sourceToKind(buffer, offset);
            if (sourceToKind >>> PacketFlyweight.VERSION_AND_KIND_SHIFT == VERSION_AND_DATA) {
                long sequence = PacketFlyweight.sequence(buffer, offset);
                int count = (int) (sourceToKind >>> PacketFlyweight.COUNT_SHIFT) & 0xFFFF;
                onData(line, buffer, offset, length, sequence, count);
                return;
            }
        }
        rare.onPacket(line, buffer, offset, length, nowNs);
    }

    /** A heartbeat of another stream of the carrier speaks of this one too. */
    void onHeartbeatEntry(int line, DirectBuffer buffer, int entry) {
        rare.onHeartbeatEntry(line, buffer, entry, nowNs);
    }

    /** A line has brought what is not handed in. */
    void refuse(int line, DropReason reason) {
        refusals.refuse(line, reason);
    }

    long streamAndEpoch() {
        return streamAndEpoch;
    }

    /**
     * Ends a duty cycle: gives up what has waited too long, follows the quality.
     *
     * @return work done: above 0 when something was repaired or given up, or an epoch begun.
     */
    public int endCycle() {
        claim.onCycle(nowNs);
        int work = repair == null ? 0 : repair.onCycle(nowNs);
        work |= (gaps.isOpen() ? gaps.mind(nowNs) : 0) | epochs.onCycle(nowNs);
        watch.onCycle(nowNs, epoch != NULL_EPOCH, isEnded);
        leads.onCycle(next != cycleNext && statistics.isLive(header.line()), next, header.line(), nowNs);
        return work;
    }

    QualityWatch watch() {
        return watch;
    }

    CatchUp catchUp() {
        return catchUp;
    }

    /** The numbering that is being delivered: 0 to 2^32 - 1, or {@link #NULL_EPOCH}. */
    long epoch() {
        return epoch;
    }

    long nextSequence() {
        return next;
    }

    /** Whether the epoch's end was delivered and no other epoch has begun. */
    boolean isEnded() {
        return isEnded;
    }

    StreamStatistics statistics() {
        return statistics;
    }

    LineStatistics line(int line) {
        return lines[line];
    }

    /** What nearly all packets are, in the order of how often: all old, or next in turn while nothing waits. */
    private void onData(int line, DirectBuffer buffer, int offset, int length, long sequence, int count) {
        long end = sequence + count;
        if (end <= next && sequence > 0 && count > 0) {
            watch.onHeard();
            lines[line].onBehind(sequence, end);
        } else if (isFlowing && count == 1 && sequence == next && PacketFraming.isOneMessage(buffer, offset, length)) {
            watch.onHeard();
            deliverOne(line, buffer, offset, length, sequence);
        } else if (epoch == NULL_EPOCH) {
            rare.onPacket(line, buffer, offset, length, nowNs);
        } else {
            watch.onHeard();
            onNewData(line, buffer, offset, length, sequence, end);
        }
    }

    private void onNewData(int line, DirectBuffer buffer, int offset, int length, long sequence, long end) {
        int framing = sequence < 1 || sequence > PacketFraming.MAX_SEQUENCE
                ? PacketFraming.BAD_SEQUENCE
                : PacketFraming.checkMessages(buffer, offset, length, (int) (end - sequence));
        if (framing != PacketFraming.OK) {
            refusals.refuseMalformed(line, framing);
            return;
        }
        if (endOfEpoch != 0 && end > endOfEpoch) {
            refusals.refuse(line, DropReason.IMPLAUSIBLE);
            return;
        }
        if (sequence > next) {
            early.onPacket(line, buffer, offset, length, sequence, end);
            return;
        }
        if (gaps.isOpen()) {
            statistics.recovered += Math.max(0, Math.min(end, gaps.end()) - next);
        }
        lines[line].onAhead(sequence, end);
        try {
            deliver(line, buffer, offset, sequence, end);
        } catch (RuntimeException | Error thrown) {
            if (next < end && early.keepRest(line, buffer, offset, length, sequence, end)) {
                lines[line].onRestKept(next - sequence);
            }
            throw thrown;
        }
        if (!isFlowing) {
            gaps.settle();
        }
    }

    /** What {@link #deliver} does, for the one message of a packet that comes in turn. */
    private void deliverOne(int line, DirectBuffer buffer, int offset, int length, long sequence) {
        long end = sequence + 1;
        next = end;
        lines[line].onOne(sequence);
        header.onPacket(buffer, offset, line, end);
        header.onMessage(sequence);
        handler.onMessage(
                buffer, offset + HEADER_LENGTH + LENGTH_PREFIX, length - HEADER_LENGTH - LENGTH_PREFIX, header);
        if (hasSeals) {
            seals.onDelivered(buffer, offset + HEADER_LENGTH, length - HEADER_LENGTH, sequence, end);
        }
    }

    /** Delivers what is new of a packet whose framing was checked and whose first message is not ahead. */
    private void deliver(int line, DirectBuffer buffer, int offset, long sequence, long end) {
        long first = next;
        long now = first;
        int from = offset + HEADER_LENGTH;
        if (sequence < first) {
            from = PacketFlyweight.skipMessages(buffer, from, first - sequence);
        }
        header.onPacket(buffer, offset, line, end);
        int position = from;
        try {
            while (now < end) {
                int body = position + LENGTH_PREFIX;
                int messageLength = PacketFlyweight.messageLength(buffer, position);
                position = body + messageLength;
                header.onMessage(now);
                now++;
                handler.onMessage(buffer, body, messageLength, header);
            }
        } finally {
            next = now;
            lines[line].onDelivered(now - first, first - sequence);
        }
        lines[line].onPacketWon();
        if (hasSeals) {
            seals.onDelivered(buffer, from, position - from, first, end);
        }
    }

    /** The epoch has come as far as {@code sequence}: what lies before and has not come is missing. */
    void onKnown(long sequence) {
        early.onKnown(sequence);
        gaps.announce(sequence, nowNs);
        isFlowing &= !gaps.isOpen();
    }

    /** The epoch's last message comes before {@code sequence}. */
    void endAt(long sequence) {
        endOfEpoch = sequence;
        isFlowing = false;
    }

    long endOfEpoch() {
        return endOfEpoch;
    }

    void onSealMismatch(long first, long last, int line) {
        listener.onSealMismatch(epoch, first, last, line);
    }

    void onSeal(DirectBuffer packet, int offset) {
        listener.onSeal(packet, offset);
    }

    /** The time of all that happens in this duty cycle. */
    long nowNs() {
        return nowNs;
    }

    void openGap() {
        gaps.open(nowNs);
        isFlowing = false;
    }

    void onWaiting() {
        isFlowing = false;
    }

    /** The first packet that waits is not ahead any longer. */
    void deliverHead() {
        int line = window.headLine();
        catchUp.onTurn(line);
        long sequence = window.headSequence();
        long end = window.headEnd();
        if (end <= next) {
            lines[line].onDelivered(0, end - sequence);
            return;
        }
        try {
            deliver(line, window.buffer(), window.headOffset(), sequence, end);
        } catch (RuntimeException | Error thrown) {
            lines[line].onRestKept(next - sequence);
            throw thrown;
        }
    }

    /** All that could be delivered was: the stream flows again, waits behind a gap, or has ended. */
    void onSettled() {
        isFlowing = !gaps.isOpen() && endOfEpoch == 0 && window.isEmpty();
        if (endOfEpoch != 0 && next >= endOfEpoch && !isEnded) {
            isEnded = true;
            listener.onEpochEnd(epoch, next - 1);
        }
    }

    /** The messages before {@code upTo} are lost. */
    void skipTo(long upTo) {
        long first = next;
        next = upTo;
        statistics.onGap(first, upTo);
        watch.onGap();
        seals.restart(upTo);
        listener.onGap(epoch, first, upTo - 1);
    }

    void beginEpoch(long newEpoch, long sequence) {
        // A line may join a moment after the first: what it missed until then is no loss of its own.
        long expected = epoch == NULL_EPOCH ? 0 : sequence;
        epoch = newEpoch;
        streamAndEpoch = (newEpoch << Integer.SIZE) | (streamId & 0xFFFF_FFFFL);
        header.onEpoch(newEpoch);
        next = sequence;
        gaps.onEpoch(nowNs);
        endOfEpoch = 0;
        early.onEpoch(newEpoch, sequence);
        isEnded = false;
        watch.onTrusted();
        isFlowing = window.isEmpty();
        later.onBegun(nowNs);
        statistics.onEpoch(expected);
        leads.onEpoch();
        seals.onEpoch(sequence);
        listener.onEpochStart(newEpoch, sequence);
    }
}

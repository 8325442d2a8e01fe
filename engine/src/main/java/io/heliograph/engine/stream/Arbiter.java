// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

import static io.heliograph.engine.wire.PacketFlyweight.HEADER_LENGTH;
import static io.heliograph.engine.wire.PacketFlyweight.LENGTH_PREFIX;
import static io.heliograph.engine.wire.PacketFlyweight.VERSION_AND_DATA;

import io.heliograph.engine.wire.PacketFlyweight;
import io.heliograph.engine.wire.PacketFraming;
import io.heliograph.engine.wire.PacketKind;
import org.agrona.DirectBuffer;

/**
 * Makes one gapless sequence out of the packets of several lines: the first arrival wins, by message and never by packet.
 *
 * <p>A state machine without I/O or clock: a duty cycle begins with {@link #beginCycle}, hands in what the lines brought
 * by {@link #onPacket} and ends with {@link #endCycle}. Every message of the stream from the join on is delivered once and
 * in order, or named by one gap notice in its place in the order.
 *
 * <p>What a packet is worth: all old, a duplicate, dropped after four comparisons; next in turn (old in part, perhaps),
 * delivered; ahead, held in the {@link ReorderWindow} until the gap before it is filled or given up. Heartbeats, seals, gap
 * packets and ends say what should have come: they open a gap as a packet ahead does. What is further ahead than
 * {@link FarClaim#NEAR} messages is believed only when a second packet goes with the first.
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

    private final ArbiterContext context;
    private final int streamId;
    private final StreamListener listener;
    private final LineStatistics[] lines;
    private final StreamStatistics statistics;
    private final MessageHeader header;
    private final ReorderWindow window;
    private final SealCheck seals;
    private final LeadTimes leads;
    private final Announcements announcements;
    private final LaterEpoch later = new LaterEpoch();
    private final FarClaim claim = new FarClaim();
    private final Refusals refusals;
    private final boolean hasSeals;

    private MessageHandler handler = (buffer, offset, length, messageHeader) -> {};
    private long nowNs;
    private long epoch = NULL_EPOCH;
    private long streamAndEpoch;
    private long next = 1;
    /** The sequence behind the epoch's last message; 0 while it is not known. */
    private long endOfEpoch;
    /** The sequence to expect next behind all that is known and believed of the epoch. */
    private long farthest;

    /** An epoch has begun, nothing waits, nothing is missing, no end is known: what comes in turn is delivered, no more. */
    private boolean isFlowing;

    private boolean isGapOpen;
    private long gapSinceNs;
    private boolean isEnded;
    private boolean isSuspect;
    private Quality quality = Quality.JOINING;
    private boolean isHeard;
    private long heardNs;
    private long cycleNext;

    /**
     * An arbiter that has heard nothing yet.
     *
     * @param context the stream and the bounds.
     * @param listener told of gaps, epochs and quality.
     */
    public Arbiter(ArbiterContext context, StreamListener listener) {
        this.context = context;
        this.streamId = context.streamId();
        this.listener = listener;
        this.hasSeals = context.hasSeals();
        this.header = new MessageHeader(streamId);
        this.lines = new LineStatistics[context.lineNames().size()];
        for (int line = 0; line < lines.length; line++) {
            lines[line] = new LineStatistics(context.lineNames().get(line));
        }
        this.statistics = new StreamStatistics(lines);
        this.seals = new SealCheck(statistics);
        this.window = new ReorderWindow(context.windowPackets(), context.windowBytes());
        this.leads = new LeadTimes(lines);
        this.announcements = new Announcements(context.reorderNs());
        this.refusals = new Refusals(statistics, listener, lines.length);
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
     * @param buffer holds the packet.
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
        onRarePacket(line, buffer, offset, length);
    }

    /**
     * A line has an image whose source may not publish the stream: nothing of it is handed in.
     *
     * @param line 0 and up.
     */
    void onForeignSource(int line) {
        refusals.refuse(line, DropReason.FOREIGN_SOURCE);
    }

    /**
     * Ends a duty cycle: gives up what has waited too long, follows the quality.
     *
     * @return work done: 1 when a gap was given up or an epoch begun, else 0.
     */
    public int endCycle() {
        if (isHeard) {
            heardNs = nowNs;
        }
        if (claim.isDue(nowNs, context.staleNs())) {
            refuseClaim();
        }
        int work = isGapOpen ? mindGap() : 0;
        if (later.epoch() > epoch && (isEnded || later.isDue(epoch, nowNs, context.budgetNs()))) {
            leaveEpoch();
            work = 1;
        }
        followQuality();
        leads.onCycle(next != cycleNext, next, header.line(), nowNs);
        isHeard = false;
        return work;
    }

    /**
     * The consumer has rebuilt what it had built on messages before the last gap: quality {@link Quality#GAP} ends.
     */
    public void acknowledgeGap() {
        isSuspect = false;
    }

    /**
     * How far the stream can be trusted at the moment.
     *
     * @return the quality.
     */
    public Quality quality() {
        return quality;
    }

    /**
     * The numbering that is being delivered.
     *
     * @return 0 to 2^32 - 1, or {@link #NULL_EPOCH}.
     */
    public long epoch() {
        return epoch;
    }

    /**
     * The sequence that is delivered next.
     *
     * @return 1 and up.
     */
    public long nextSequence() {
        return next;
    }

    /**
     * Whether the epoch is complete.
     *
     * @return true when its end was delivered and no other epoch has begun.
     */
    public boolean isEnded() {
        return isEnded;
    }

    /**
     * What was seen over all lines.
     *
     * @return live figures.
     */
    public StreamStatistics statistics() {
        return statistics;
    }

    /**
     * What one line has done.
     *
     * @param line 0 and up.
     * @return live figures.
     */
    public LineStatistics line(int line) {
        return lines[line];
    }

    /** What nearly all packets are, in the order of how often: all old, or next in turn while nothing waits. */
    private void onData(int line, DirectBuffer buffer, int offset, int length, long sequence, int count) {
        long end = sequence + count;
        if (end <= next && sequence > 0 && count > 0) {
            isHeard = true;
            lines[line].onBehind(sequence, end);
        } else if (isFlowing && count == 1 && sequence == next && PacketFraming.isOneMessage(buffer, offset, length)) {
            isHeard = true;
            deliverOne(line, buffer, offset, length, sequence);
        } else if (epoch == NULL_EPOCH) {
            onRarePacket(line, buffer, offset, length);
        } else {
            isHeard = true;
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
            onAhead(line, buffer, offset, length, sequence, end);
            return;
        }
        if (isGapOpen) {
            long gapEnd = isHolding() ? window.headSequence() : announcements.highest();
            statistics.recovered += Math.max(0, Math.min(end, gapEnd) - next);
        }
        lines[line].onAhead(sequence, end);
        try {
            deliver(line, buffer, offset, sequence, end);
        } catch (RuntimeException | Error thrown) {
            keepRest(line, buffer, offset, length, sequence, end);
            throw thrown;
        }
        if (!isFlowing) {
            settle();
        }
    }

    /** What {@link #deliver} does, for the one message of a packet that comes in turn. */
    private void deliverOne(int line, DirectBuffer buffer, int offset, int length, long sequence) {
        long end = sequence + 1;
        next = end;
        statistics.packets++;
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
            from = skip(buffer, from, first - sequence);
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
        statistics.packets++;
        if (hasSeals) {
            seals.onDelivered(buffer, from, position - from, first, end);
        }
    }

    /** The handler has thrown: what is left of the packet waits in the window, like one that came ahead. */
    private void keepRest(int line, DirectBuffer buffer, int offset, int length, long sequence, long end) {
        if (next < end
                && window.hold(epoch, sequence, end, line, nowNs, buffer, offset, length) == ReorderWindow.HELD) {
            onRestKept(line, sequence);
            openGap(nowNs);
        }
    }

    /** When the rest is delivered, all before it will count as late once more: it was not. */
    private void onRestKept(int line, long sequence) {
        lines[line].onDelivered(0, sequence - next);
    }

    private static int skip(DirectBuffer buffer, int offset, long messages) {
        int position = offset;
        for (long old = messages; old > 0; old--) {
            position += LENGTH_PREFIX + PacketFlyweight.messageLength(buffer, position);
        }
        return position;
    }

    private void onAhead(int line, DirectBuffer buffer, int offset, int length, long sequence, long end) {
        if (sequence - Math.max(next, farthest) > FarClaim.NEAR) {
            onFarAhead(line, buffer, offset, length, sequence, end);
            return;
        }
        farthest = Math.max(farthest, end);
        int result = window.hold(epoch, sequence, end, line, nowNs, buffer, offset, length);
        while (result == ReorderWindow.FULL) {
            giveUpGap(isHolding() ? Math.min(window.headSequence(), sequence) : sequence);
            if (sequence <= next || isEnded) {
                onPacket(line, buffer, offset, length);
                return;
            }
            result = window.hold(epoch, sequence, end, line, nowNs, buffer, offset, length);
        }
        if (result == ReorderWindow.DUPLICATE) {
            lines[line].onBehind(sequence, end);
            return;
        }
        lines[line].onAhead(sequence, end);
        statistics.outOfOrder += end - sequence;
        statistics.recovered += window.filledByLast(announcements.highest());
        openGap(nowNs);
    }

    private void onFarAhead(int line, DirectBuffer buffer, int offset, int length, long sequence, long end) {
        if (isBelieved(line, epoch, Math.max(next, farthest), sequence, end)) {
            onPacket(line, buffer, offset, length);
        } else {
            claim.keep(line, sequence, buffer, offset, length);
        }
    }

    /** Whether a place is near what is known of its epoch, or a second packet speaks of it: the first has its turn then. */
    private boolean isBelieved(int line, long ofEpoch, long reach, long from, long to) {
        if (from - reach <= FarClaim.NEAR) {
            return true;
        }
        if (claim.isConfirmedBy(line, ofEpoch, from, to)) {
            claim.clear();
            if (ofEpoch == epoch) {
                farthest = from;
            }
            if (claim.length() > 0) {
                onPacket(claim.line(), claim.packet(), 0, claim.length());
            }
            return true;
        }
        if (claim.isNear(ofEpoch, from)) {
            claim.onCopy();
        } else {
            refuseClaim();
            claim.make(line, ofEpoch, from, to, nowNs);
        }
        return false;
    }

    /** Nothing has gone with the claim that was made last: it was wrong. */
    private void refuseClaim() {
        if (claim.isMade()) {
            claim.clear();
            for (int packets = claim.packets(); packets > 0; packets--) {
                refusals.refuse(claim.line(), DropReason.IMPLAUSIBLE);
            }
        }
    }

    private void onRarePacket(int line, DirectBuffer buffer, int offset, int length) {
        int framing = PacketFraming.check(buffer, offset, length);
        if (framing != PacketFraming.OK) {
            refusals.refuseMalformed(line, framing);
            return;
        }
        long packetEpoch = PacketFlyweight.epoch(buffer, offset);
        long sequence = PacketFlyweight.sequence(buffer, offset);
        if (PacketFlyweight.stream(buffer, offset) != streamId) {
            onForeign(line, buffer, offset);
            return;
        }
        int kind = PacketFlyweight.kind(buffer, offset);
        if (epoch == NULL_EPOCH) {
            beginEpoch(packetEpoch, context.join() == ArbiterContext.Join.START ? 1 : sequence);
        }
        if (packetEpoch < epoch) {
            refusals.refuse(line, DropReason.OLD_EPOCH);
            return;
        }
        isHeard = true;
        if (packetEpoch > epoch) {
            onLaterEpoch(line, buffer, offset, length, packetEpoch);
            return;
        }
        switch (kind) {
            case PacketKind.DATA -> onPacket(line, buffer, offset, length);
            case PacketKind.GAP -> onAnnounced(line, announcedBy(buffer, offset));
            case PacketKind.SEAL -> onSeal(line, buffer, offset, sequence);
            case PacketKind.END_OF_EPOCH -> onEnd(line, sequence);
            default -> onAnnounced(line, sequence);
        }
    }

    /** A packet of another stream is refused; but a heartbeat may speak for several streams of a publication. */
    private void onForeign(int line, DirectBuffer buffer, int offset) {
        if (PacketFlyweight.kind(buffer, offset) == PacketKind.HEARTBEAT) {
            int count = PacketFlyweight.count(buffer, offset);
            for (int i = 0; i < count; i++) {
                int entry = offset + HEADER_LENGTH + i * PacketFlyweight.HEARTBEAT_ENTRY_LENGTH;
                if (PacketFlyweight.heartbeatStream(buffer, entry) == streamId) {
                    onHeartbeatEntry(
                            line,
                            PacketFlyweight.heartbeatEpoch(buffer, entry),
                            PacketFlyweight.heartbeatNext(buffer, entry));
                    return;
                }
            }
        }
        refusals.refuse(line, DropReason.FOREIGN_STREAM);
    }

    private void onHeartbeatEntry(int line, long entryEpoch, long sequence) {
        if (sequence < 1 || sequence > PacketFraming.MAX_SEQUENCE) {
            refusals.refuseMalformed(line, PacketFraming.BAD_SEQUENCE);
            return;
        }
        if (epoch == NULL_EPOCH) {
            beginEpoch(entryEpoch, context.join() == ArbiterContext.Join.START ? 1 : sequence);
        }
        isHeard = true;
        if (entryEpoch == epoch) {
            onAnnounced(line, sequence);
        } else if (entryEpoch > epoch) {
            onLaterHeard(line, entryEpoch, sequence);
        } else {
            refusals.refuse(line, DropReason.OLD_EPOCH);
        }
    }

    private void onLaterEpoch(int line, DirectBuffer buffer, int offset, int length, long packetEpoch) {
        long sequence = PacketFlyweight.sequence(buffer, offset);
        int kind = PacketFlyweight.kind(buffer, offset);
        boolean isData = kind == PacketKind.DATA;
        if (!onLaterHeard(line, packetEpoch, isData ? 1 : announcedBy(buffer, offset))) {
            return;
        }
        if (isEnded) {
            leaveEpoch();
            onPacket(line, buffer, offset, length);
        } else if (isData) {
            holdForLater(line, buffer, offset, length, packetEpoch, sequence);
        } else if (kind == PacketKind.END_OF_EPOCH) {
            later.onEnd(packetEpoch, sequence);
        }
    }

    private void holdForLater(int line, DirectBuffer buffer, int offset, int length, long packetEpoch, long sequence) {
        long end = sequence + PacketFlyweight.count(buffer, offset);
        if (!isBelieved(line, packetEpoch, later.reach(packetEpoch), sequence, end)) {
            return;
        }
        later.onReached(packetEpoch, end);
        isFlowing = false;
        int result = window.hold(packetEpoch, sequence, end, line, nowNs, buffer, offset, length);
        if (result == ReorderWindow.FULL) {
            leaveEpoch();
            onPacket(line, buffer, offset, length);
        } else if (packetEpoch == later.epoch()) {
            lines[line].onLater(sequence, end, result == ReorderWindow.HELD);
        }
    }

    /** Notes an epoch after this one, and how far it has come; false when that cannot be true. */
    private boolean onLaterHeard(int line, long heard, long sequence) {
        if (!isBelieved(line, heard, later.reach(heard), sequence, sequence)) {
            return false;
        }
        if (later.onHeard(epoch, heard, nowNs)) {
            for (LineStatistics each : lines) {
                each.onLaterEpoch();
            }
        }
        later.onAnnounced(heard, sequence);
        return true;
    }

    /** The sequence to expect next by a packet that is no data. */
    private static long announcedBy(DirectBuffer buffer, int offset) {
        return PacketFlyweight.kind(buffer, offset) == PacketKind.GAP
                ? PacketFlyweight.gapLast(buffer, offset) + 1
                : PacketFlyweight.sequence(buffer, offset);
    }

    private void onSeal(int line, DirectBuffer buffer, int offset, long sequence) {
        long first = PacketFlyweight.sealFirst(buffer, offset);
        long last = PacketFlyweight.sealLast(buffer, offset);
        if (!onAnnounced(line, sequence)) {
            return;
        }
        if (!seals.onSeal(first, last, PacketFlyweight.sealCrc(buffer, offset))) {
            listener.onSealMismatch(epoch, first, last, line);
        }
    }

    private void onEnd(int line, long sequence) {
        if (sequence < next || sequence < announcements.highest() || sequence < window.endOf(epoch)) {
            refusals.refuse(line, DropReason.IMPLAUSIBLE);
            return;
        }
        if (onAnnounced(line, sequence)) {
            endOfEpoch = sequence;
            isFlowing = false;
            refuseClaim();
            settle();
        }
    }

    /** A line says what to expect next; false when that cannot be true. */
    private boolean onAnnounced(int line, long sequence) {
        if (endOfEpoch != 0 && sequence > endOfEpoch) {
            refusals.refuse(line, DropReason.IMPLAUSIBLE);
            return false;
        }
        if (!isBelieved(line, epoch, Math.max(next, farthest), sequence, sequence)) {
            return false;
        }
        farthest = Math.max(farthest, sequence);
        lines[line].onNext(sequence);
        if (sequence > next && sequence > announcements.highest()) {
            announcements.raise(sequence, nowNs);
            openGap(nowNs);
        }
        return true;
    }

    private void openGap(long sinceNs) {
        if (!isGapOpen) {
            isGapOpen = true;
            isFlowing = false;
            gapSinceNs = sinceNs;
        }
    }

    /** Delivers what waits for its turn no longer, then says whether a gap is still open and since when, and the end. */
    private void settle() {
        while (isHolding() && window.headSequence() <= next) {
            long end = window.headEnd();
            if (end > next) {
                deliverHead(end);
            } else {
                lines[window.headLine()].onDelivered(0, end - window.headSequence());
            }
            window.removeHead();
        }
        announcements.onReached(next);
        boolean isHolding = isHolding();
        isGapOpen = isHolding || !announcements.isEmpty();
        isFlowing = !isGapOpen && endOfEpoch == 0 && window.isEmpty();
        if (isGapOpen) {
            gapSinceNs = isHolding ? window.earliestArrivalNs(epoch) : announcements.sinceNs();
            if (!announcements.isEmpty() && announcements.sinceNs() - gapSinceNs < 0) {
                gapSinceNs = announcements.sinceNs();
            }
        }
        if (endOfEpoch != 0 && next >= endOfEpoch && !isEnded) {
            isEnded = true;
            listener.onEpochEnd(epoch, next - 1);
        }
    }

    private void deliverHead(long end) {
        try {
            deliver(window.headLine(), window.buffer(), window.headOffset(), window.headSequence(), end);
        } catch (RuntimeException | Error thrown) {
            onRestKept(window.headLine(), window.headSequence());
            throw thrown;
        }
    }

    private boolean isHolding() {
        return !window.isEmpty() && window.headEpoch() == epoch;
    }

    /** A gap is open: goes on where an exception of the handler stopped, and gives up what has waited too long. */
    private int mindGap() {
        if (isHolding() && window.headSequence() <= next) {
            settle();
        }
        if (!isGapOpen || nowNs - gapSinceNs < context.reorderNs()) {
            return 0;
        }
        long upTo = announcements.upTo(nowNs, context.reorderNs());
        if (isHolding()) {
            boolean isHeadDue = nowNs - window.earliestArrivalNs(epoch) >= context.reorderNs();
            upTo = isHeadDue ? window.headSequence() : Math.min(upTo, window.headSequence());
        }
        giveUpGap(upTo);
        return 1;
    }

    /** Names lost what comes before {@code upTo}: the first that waits behind the gap, was announced, or is at hand. */
    private void giveUpGap(long upTo) {
        long first = next;
        if (upTo > first) {
            next = upTo;
            statistics.gaps++;
            statistics.lostMessages += upTo - first;
            isSuspect = true;
            seals.restart(upTo);
            listener.onGap(epoch, first, upTo - 1);
        }
        settle();
    }

    /** Goes on to the next epoch that is known; one that did not end is closed by notices of all that it still lacks. */
    private void leaveEpoch() {
        while (isGapOpen && !isEnded) {
            giveUpGap(isHolding() ? window.headSequence() : announcements.highest());
        }
        if (!isEnded) {
            statistics.gaps++;
            listener.onGap(epoch, next, StreamListener.UNKNOWN_END);
        }
        while (!window.isEmpty() && window.headEpoch() <= epoch) {
            window.removeHead();
        }
        beginEpoch(window.isEmpty() ? later.epoch() : Math.min(later.epoch(), window.headEpoch()), 1);
        if (epoch == later.epoch()) {
            resumeLater();
        }
        settle();
    }

    /** What the epoch that begins has announced while the one before was waited for. */
    private void resumeLater() {
        for (LineStatistics line : lines) {
            line.onLaterBegun();
        }
        farthest = Math.max(farthest, later.announced());
        if (later.announced() > next) {
            announcements.raise(later.announced(), nowNs);
        }
        if (later.end() >= Math.max(later.announced(), window.endOf(epoch))) {
            endOfEpoch = later.end();
            isFlowing = false;
        }
    }

    private void beginEpoch(long newEpoch, long sequence) {
        // A line may join a moment after the first: what it missed until then is no loss of its own.
        long expected = epoch == NULL_EPOCH ? 0 : sequence;
        epoch = newEpoch;
        streamAndEpoch = (newEpoch << Integer.SIZE) | (streamId & 0xFFFF_FFFFL);
        header.onEpoch(newEpoch);
        next = sequence;
        announcements.clear();
        endOfEpoch = 0;
        farthest = Math.max(sequence, window.endOf(newEpoch));
        if (claim.epoch() != newEpoch) {
            refuseClaim();
        }
        isEnded = false;
        isSuspect = false;
        isGapOpen = false;
        isFlowing = window.isEmpty();
        later.onBegun(nowNs);
        for (LineStatistics line : lines) {
            line.onEpoch(expected);
        }
        leads.onEpoch();
        seals.onEpoch(sequence);
        listener.onEpochStart(newEpoch, sequence);
    }

    private void followQuality() {
        Quality is;
        if (epoch == NULL_EPOCH) {
            is = Quality.JOINING;
        } else if (isEnded) {
            is = Quality.ENDED;
        } else if (!isHeard && nowNs - heardNs >= context.staleNs()) {
            is = Quality.STALE;
        } else {
            is = isSuspect ? Quality.GAP : Quality.LIVE;
        }
        if (is != quality) {
            Quality was = quality;
            quality = is;
            listener.onQuality(was, is);
        }
    }
}

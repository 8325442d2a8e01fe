// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.recovery;

import io.heliograph.engine.stream.MissingRanges;
import io.heliograph.engine.wire.ControlFlyweight;
import io.heliograph.engine.wire.PacketFlyweight;
import io.heliograph.engine.wire.PacketKind;
import io.heliograph.engine.wire.ReplayPageFlyweight;
import io.heliograph.engine.wire.ReplayRequestFlyweight;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Fills gaps: asks for what is missing, rung by rung as time goes on and as those below say that they have nothing, several
 * gaps at once, page by page. What nobody has is said to be lost; how long a gap is waited for at all is the subscription's to
 * decide.
 *
 * <p>A source that says "not yet" is asked again, sooner at first, each time after a time with chance in it, and in turn with the
 * others; one that does not answer in time is left alone for a while.
 *
 * <p><b>Thread:</b> one owner: the thread that runs the recovery.
 */
final class Ladder {
    /** Asks that are out at once; what is missing beyond waits for one of them. */
    private static final int MOST_ASKS = 8;

    /** Two gaps that are not further apart are asked for as one: the few messages between cost less than a request. */
    private static final int NEAR_MESSAGES = 32;

    private static final int ASK_OCTETS = 256 * 1024;

    /** Room for a packet, and for each message as much as few take: what is kept free for one ask is not there for another. */
    private static final int PACKET_OCTETS = 4 * 1024;

    private static final int MESSAGE_OCTETS = 256;

    /** So long it may take until what the subscription has taken is said to be missing no longer. */
    private static final long SETTLE_NS = TimeUnit.MILLISECONDS.toNanos(3);

    private static final long REPEAT_NS = TimeUnit.MICROSECONDS.toNanos(250);
    private static final int MOST_DOUBLINGS = 7;

    /** One that did not answer, or could not be asked, is left alone for so long. */
    private static final long REST_NS = TimeUnit.MILLISECONDS.toNanos(50);

    private final RecoveryContext context;
    private final Sources sources;
    private final RepairOutput out;
    private final RandomGenerator random;
    private final PageWalk walk;
    private final RecoveryFigures figures;
    private final List<LadderAsk> asks = new ArrayList<>();
    private final Segments segments = new Segments();
    private long nowNs;

    Ladder(
            RecoveryContext context,
            Sources sources,
            RepairOutput out,
            RandomGenerator random,
            RecoveryFigures figures) {
        this.context = context;
        this.sources = sources;
        this.out = out;
        this.random = random;
        this.walk = new PageWalk(context.stream());
        this.figures = figures;
    }

    /** What is missing now; what is not named is wanted no longer. */
    void onMissing(MissingRanges missing, long now) {
        nowNs = now;
        segments.onMissing(missing, now);
        for (int i = asks.size() - 1; i >= 0; i--) {
            if (segments.isUnwanted(asks.get(i).id)) {
                sources.source(asks.get(i).source).cancel(asks.get(i).id);
                asks.remove(i);
            }
        }
    }

    /** Time has passed. */
    void onTick(long now) {
        nowNs = now;
        for (int i = asks.size() - 1; i >= 0; i--) {
            if (now - asks.get(i).deadlineNs >= 0) {
                figures.timeouts++;
                sources.source(asks.get(i).source).cancel(asks.get(i).id);
                fail(asks.get(i));
            }
        }
        if (out.isDrained()) {
            segments.settle(now + SETTLE_NS);
        }
        for (int i = 0; i < segments.size() && asks.size() < MOST_ASKS; i++) {
            Segment segment = segments.get(i);
            if (segment.ask == Segment.NOT_ASKED && !isWaiting(segment)) {
                climb(i, segment);
            }
        }
    }

    private boolean isWaiting(Segment segment) {
        return segment.isHopeless || segment.isOnItsWay || nowNs - segment.notBeforeNs < 0;
    }

    /** Whether there is something to do at the next tick. */
    boolean isIdle() {
        return segments.isEmpty() && asks.isEmpty();
    }

    private void climb(int place, Segment segment) {
        if ((segment.lacks & sources.everybody()) == sources.everybody()) {
            segment.isHopeless = true;
            figures.nobodyHad += segment.end == MissingRanges.UNKNOWN_END ? 0 : segment.end - segment.first;
            out.nobodyHas(segment.epoch, segment.first, segment.end);
            return;
        }
        long messages = Math.min(ASK_OCTETS, segment.end - segment.first);
        int wanted = (int) Math.min(ASK_OCTETS, PACKET_OCTETS + messages * MESSAGE_OCTETS);
        int octets = Math.min(wanted, out.room() - outstanding());
        if (octets < ReplayRequestFlyweight.MIN_OCTETS) {
            return;
        }
        long refused = 0;
        int source = choose(segment, refused);
        while (source >= 0) {
            if (ask(place, segment, source, octets)) {
                return;
            }
            refused |= 1L << source;
            sources.rest(source, nowNs + jittered(REST_NS));
            source = choose(segment, refused);
        }
    }

    /** Whom to ask: of all that may have it by now, each in turn; -1 when nobody is to be asked now. */
    private int choose(Segment segment, long refused) {
        long open = 0;
        long done = segment.lacks | refused;
        @Nullable Rung rung = null;
        long before = 0;
        for (int i = 0; i < sources.count(); i++) {
            long bit = 1L << i;
            done |= sources.isResting(i, nowNs) ? bit : 0;
            if (!sources.rung(i).equals(rung)) {
                rung = sources.rung(i);
                boolean isBelowDone = before != 0 && (before & ~done) == 0;
                if (!isBelowDone && nowNs - segment.sinceNs < rung.fromNs()) {
                    break;
                }
            }
            before |= bit;
            open |= bit & ~done;
        }
        int candidates = Long.bitCount(open);
        for (int skip = candidates == 0 ? 0 : segment.attempts % candidates; skip > 0; skip--) {
            open &= open - 1;
        }
        return candidates == 0 ? -1 : Long.numberOfTrailingZeros(open);
    }

    private boolean ask(int place, Segment segment, int source, int octets) {
        int last = place;
        while (last + 1 < segments.size() && isWith(segment, segments.get(last), segments.get(last + 1))) {
            last++;
        }
        long end = segments.get(last).end;
        long count = end == MissingRanges.UNKNOWN_END ? ReplayRequestFlyweight.ALL : end - segment.first;
        long id = figures.nextAsk();
        for (int i = place; i <= last; i++) {
            segments.get(i).ask = id;
            segments.get(i).attempts++;
        }
        LadderAsk ask = new LadderAsk(
                id, source, segment, end, octets, nowNs + sources.rung(source).timeoutNs());
        asks.add(ask);
        ReplayAsk of = new ReplayAsk(
                context.stream(), ReplayRequestFlyweight.IN_EPOCH, segment.epoch, segment.first, count, octets);
        if (sources.source(source).ask(id, of)) {
            figures.asks++;
            return true;
        }
        asks.remove(ask);
        segments.release(id, nowNs);
        return false;
    }

    private boolean isWith(Segment first, Segment before, Segment next) {
        return next.epoch == first.epoch
                && next.first - before.end <= NEAR_MESSAGES
                && next.ask == Segment.NOT_ASKED
                && next.lacks == first.lacks
                && !isWaiting(next);
    }

    /** A page has come; false when it is no answer to an ask of this one. */
    boolean onPage(long id, boolean isLast, DirectBuffer page, int offset, int length, long now) {
        nowNs = now;
        LadderAsk ask = find(id);
        if (ask == null) {
            return false;
        }
        if (!walk.isWhole(page, offset, length)) {
            figures.damagedPages++;
            sources.source(ask.source).cancel(id);
            fail(ask);
            return true;
        }
        PageWalk.walk(page, offset, (buffer, at, packetLength) -> {
            onPacket(ask, buffer, at, packetLength);
            return true;
        });
        onStatus(ask, isLast, page, offset);
        return true;
    }

    /** There will be no answer; false when it was no ask of this one. */
    boolean onFailed(long id, long now) {
        nowNs = now;
        LadderAsk ask = find(id);
        if (ask != null) {
            fail(ask);
        }
        return ask != null;
    }

    private void onPacket(LadderAsk ask, DirectBuffer buffer, int offset, int length) {
        if (PacketFlyweight.epoch(buffer, offset) != ask.epoch) {
            return;
        }
        long sequence = PacketFlyweight.sequence(buffer, offset);
        int kind = PacketFlyweight.kind(buffer, offset);
        if (kind == PacketKind.GAP) {
            lack(ask, sequence);
            lack(ask, ControlFlyweight.gapLast(buffer, offset) + 1);
        } else if (kind == PacketKind.END_OF_EPOCH) {
            lack(ask, sequence);
            deliver(ask, sequence, MissingRanges.UNKNOWN_END, buffer, offset, length);
        } else if (kind == PacketKind.DATA) {
            lack(ask, sequence);
            deliver(ask, sequence, sequence + PacketFlyweight.count(buffer, offset), buffer, offset, length);
        }
    }

    /** The source has nothing from where its answer has come to, up to a place. */
    private void lack(LadderAsk ask, long upTo) {
        long to = Math.min(upTo, ask.end);
        if (to > ask.cursor) {
            long bit = 1L << ask.source;
            for (Segment segment : segments.cut(ask.epoch, ask.cursor, to)) {
                segment.lacks |= bit;
                segment.ask = Segment.NOT_ASKED;
                segment.notBeforeNs = nowNs;
            }
            ask.cursor = to;
        }
    }

    private void deliver(LadderAsk ask, long first, long end, DirectBuffer buffer, int offset, int length) {
        List<Segment> wanted = segments.cut(ask.epoch, first, end);
        if (!wanted.isEmpty()) {
            out.packet(buffer, offset, length);
            figures.packets++;
            figures.octets += length;
        }
        for (Segment segment : wanted) {
            segment.ask = Segment.NOT_ASKED;
            segment.isOnItsWay = true;
        }
        ask.cursor = Math.max(ask.cursor, end);
    }

    private void onStatus(LadderAsk ask, boolean isLast, DirectBuffer page, int offset) {
        int status = ReplayPageFlyweight.status(page, offset);
        long waitNs = TimeUnit.MILLISECONDS.toNanos(ReplayPageFlyweight.waitMs(page, offset));
        if (status == ReplayPageFlyweight.ON_LINE || status == ReplayPageFlyweight.BUSY) {
            if (status == ReplayPageFlyweight.BUSY) {
                figures.busy++;
                sources.rest(ask.source, nowNs + jittered(waitNs));
            }
            asks.remove(ask);
            segments.release(ask.id, status == ReplayPageFlyweight.BUSY ? nowNs : nowNs + jittered(waitNs));
            return;
        }
        if (ReplayPageFlyweight.nextEpoch(page, offset) > ask.epoch) {
            lack(ask, ask.end);
        } else {
            lack(ask, ReplayPageFlyweight.next(page, offset));
        }
        if (isLast) {
            asks.remove(ask);
            segments.release(ask.id, status == ReplayPageFlyweight.END ? nowNs + repeat(ask.id) : nowNs);
        }
    }

    /** After which time the pieces of an ask whose source has not got them yet are asked for again. */
    private long repeat(long id) {
        return jittered(REPEAT_NS << Math.min(segments.attempts(id), MOST_DOUBLINGS));
    }

    private void fail(LadderAsk ask) {
        figures.failures++;
        asks.remove(ask);
        sources.rest(ask.source, nowNs + jittered(REST_NS));
        segments.release(ask.id, nowNs);
    }

    private int outstanding() {
        int octets = 0;
        for (LadderAsk ask : asks) {
            octets += ask.octets;
        }
        return octets;
    }

    private @Nullable LadderAsk find(long id) {
        for (LadderAsk ask : asks) {
            if (ask.id == id) {
                return ask;
            }
        }
        return null;
    }

    private long jittered(long ns) {
        return ns / 2 + random.nextLong(Math.max(1, ns));
    }
}

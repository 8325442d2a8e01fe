// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.recovery;

import io.heliograph.engine.stream.Arbiter;
import io.heliograph.engine.stream.MissingRanges;
import io.heliograph.engine.wire.ReplayPageFlyweight;
import io.heliograph.engine.wire.ReplayRequestFlyweight;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.agrona.DirectBuffer;

/**
 * Brings a subscription from a place in the past to where its lines are: finds the place, then follows journals from there, in
 * order, without a hole that anybody could have filled, until the subscription says that it has reached its lines. One whose lines
 * have fallen silent goes on in the same way, from where it is.
 *
 * <p>One source is followed, the nearest that has what comes next; where it has a hole the others are asked for that alone. It is
 * never asked for more than the subscription has room for, so a slow consumer slows nobody.
 *
 * <p><b>Thread:</b> one owner: the thread that runs the recovery.
 */
final class Joining {
    /** So much is asked for at once: some ms of a fast link, so that the way there and back costs little. */
    private static final int ASK_OCTETS = 1 << 20;

    /** So long lines are listened to, to learn which epoch is live, before a journal is asked instead. */
    private static final long LISTEN_NS = TimeUnit.MILLISECONDS.toNanos(500);

    private static final long REST_NS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long TAIL_NS = TimeUnit.MILLISECONDS.toNanos(1);

    /** Whoever is at a journal's end asks again after 1, 2 and 4 ms; while all lines are silent after up to 64 ms. */
    private static final int MOST_DOUBLINGS = 2;

    private static final int MOST_DOUBLINGS_SILENT = 6;

    /** A source that has come to its end so often, without anything new, may have stopped: the next one is tried. */
    private static final int ENDS_TO_TURN = 4;

    /** A place may be so far ahead of the lines: who asks for one further ahead is mistaken. */
    private static final long MOST_AHEAD = 1_000_000;

    private static final int NONE = -1;

    private final RecoveryContext context;
    private final Sources sources;
    private final RepairOutput out;
    private final RandomGenerator random;
    private final RecoveryFigures figures;
    private final JoinPlace place;
    private final Consumer<String> failed;
    private final PageWalk walk;
    private final Follow follow;
    private final long patienceNs;
    private final long[] unansweredSinceNs;

    private State state = State.LISTENING;
    private long nowNs;
    private boolean isStarted;
    private long startedNs;
    private long movedNs;
    private long liveEpoch = Arbiter.NULL_EPOCH;
    private long liveNext;
    private long ask;
    private int asked = NONE;
    private int preferred;
    private int ends;
    /** Who was asked and has not answered since. */
    private long unanswered;

    private int mostDoublings = MOST_DOUBLINGS;
    private long deadlineNs;
    private long notBeforeNs;

    /** What it does at the moment. */
    private enum State {
        LISTENING,
        FINDING,
        FOLLOWING,
        DONE
    }

    Joining(
            RecoveryContext context,
            Sources sources,
            RepairOutput out,
            RandomGenerator random,
            RecoveryFigures figures,
            JoinPlace place,
            Consumer<String> failed) {
        this(context, sources, out, random, figures, place, failed, context.patienceNs());
    }

    private Joining(
            RecoveryContext context,
            Sources sources,
            RepairOutput out,
            RandomGenerator random,
            RecoveryFigures figures,
            JoinPlace place,
            Consumer<String> failed,
            long patienceNs) {
        this.context = context;
        this.sources = sources;
        this.out = out;
        this.random = random;
        this.figures = figures;
        this.place = place;
        this.failed = failed;
        this.patienceNs = patienceNs;
        this.unansweredSinceNs = new long[sources.count()];
        this.walk = new PageWalk(context.stream());
        this.follow = new Follow(sources, out, figures);
    }

    /** One for a subscription that has begun, and whose lines have fallen silent: they may come back within the stream's budget. */
    static Joining ofSilent(
            RecoveryContext context,
            Sources sources,
            RepairOutput out,
            RandomGenerator random,
            RecoveryFigures figures,
            MissingRanges at) {
        JoinPlace place = JoinPlace.at(at.epoch(), at.next());
        Joining joining = new Joining(context, sources, out, random, figures, place, words -> {}, context.budgetNs());
        joining.follow.begin(at.epoch(), at.next());
        joining.state = State.FOLLOWING;
        joining.mostDoublings = MOST_DOUBLINGS_SILENT;
        return joining;
    }

    /** Whether the subscription has reached its lines, or never will. */
    boolean isDone() {
        return state == State.DONE;
    }

    void onMissing(MissingRanges missing, long now) {
        nowNs = now;
        if (missing.liveEpoch() != Arbiter.NULL_EPOCH) {
            onLive(missing.liveEpoch(), missing.liveNext());
        }
        if (missing.epoch() != Arbiter.NULL_EPOCH) {
            if (missing.isCatchingUp()) {
                follow.onDelivered(missing.epoch(), missing.next());
            } else {
                cancel();
                state = State.DONE;
            }
        }
    }

    private void onLive(long epoch, long next) {
        if (mostDoublings > MOST_DOUBLINGS && (epoch != liveEpoch || next != liveNext)) {
            // The lines speak again, and the journal hears them too.
            mostDoublings = MOST_DOUBLINGS;
            ends = 0;
            notBeforeNs = nowNs;
            movedNs = nowNs;
        }
        liveEpoch = epoch;
        liveNext = next;
    }

    void onTick(long now) {
        nowNs = now;
        if (!isStarted) {
            isStarted = true;
            startedNs = now;
            movedNs = now;
            notBeforeNs = now;
        }
        if (ask != 0 && now - deadlineNs >= 0) {
            figures.timeouts++;
            forgo();
            fail();
        }
        if (state == State.LISTENING) {
            listen();
        }
        if (state == State.FINDING || state == State.FOLLOWING) {
            if (now - movedNs >= patienceNs) {
                onNoProgress();
            }
            if (ask == 0 && now - notBeforeNs >= 0 && state != State.DONE) {
                askNext();
            }
        }
    }

    /** It is known which epoch is live, or nobody speaks. */
    private void listen() {
        boolean isLive = liveEpoch != Arbiter.NULL_EPOCH;
        if (!isLive && nowNs - startedNs < LISTEN_NS) {
            return;
        }
        if (place.kind() == JoinPlace.Kind.AT_TIME || (place.kind() == JoinPlace.Kind.IN_LATEST_EPOCH && !isLive)) {
            state = State.FINDING;
            return;
        }
        long epoch = place.kind() == JoinPlace.Kind.IN_EPOCH ? place.epoch() : liveEpoch;
        if (isLive && (epoch > liveEpoch || (epoch == liveEpoch && place.from() - liveNext > MOST_AHEAD))) {
            giveUp("message " + place.from() + " of epoch " + epoch + " is asked for, and the stream is at message "
                    + liveNext + " of epoch " + liveEpoch);
            return;
        }
        begin(epoch, place.from());
    }

    private void begin(long epoch, long sequence) {
        out.begin(epoch, sequence);
        follow.begin(epoch, sequence);
        state = State.FOLLOWING;
        movedNs = nowNs;
        notBeforeNs = nowNs;
    }

    private void giveUp(String words) {
        cancel();
        state = State.DONE;
        failed.accept(words);
    }

    private void onNoProgress() {
        movedNs = nowNs;
        if (state == State.FOLLOWING) {
            forgo();
            follow.giveUp(liveEpoch, liveNext);
        } else if (liveEpoch != Arbiter.NULL_EPOCH && place.kind() == JoinPlace.Kind.IN_LATEST_EPOCH) {
            cancel();
            begin(liveEpoch, place.from());
        } else {
            giveUp("no journal of the stream has answered for " + TimeUnit.NANOSECONDS.toSeconds(context.patienceNs())
                    + " s");
        }
    }

    /** Those who were asked and have not answered for as long as one waits: it is not waited for them at each hole. */
    private long silent() {
        long silent = 0;
        for (int i = 0; i < sources.count(); i++) {
            boolean isSilent = (unanswered & 1L << i) != 0 && nowNs - unansweredSinceNs[i] >= patienceNs;
            silent |= isSilent ? 1L << i : 0;
        }
        return silent;
    }

    private void noteAsked(int source) {
        if ((unanswered & 1L << source) == 0) {
            unanswered |= 1L << source;
            unansweredSinceNs[source] = nowNs;
        }
    }

    private void askNext() {
        if (state == State.FOLLOWING && follow.giveUpHopeless(liveEpoch, silent())) {
            movedNs = nowNs;
        }
        int octets = Math.min(ASK_OCTETS, out.room());
        if (octets < ReplayRequestFlyweight.MIN_OCTETS) {
            // Who takes nothing is waited for: that is no lack of answers.
            movedNs = nowNs;
            return;
        }
        for (int i = 0; i < sources.count(); i++) {
            int source = (preferred + i) % sources.count();
            boolean isLog = sources.source(source).isLog();
            if (!isLog || sources.isResting(source, nowNs) || (state == State.FOLLOWING && follow.isLacking(source))) {
                continue;
            }
            long id = figures.nextAsk();
            ask = id;
            asked = source;
            deadlineNs = nowNs + sources.rung(source).timeoutNs();
            noteAsked(source);
            if (sources.source(source).ask(id, asking(octets))) {
                figures.asks++;
                return;
            }
            ask = 0;
            sources.rest(source, nowNs + jittered(REST_NS));
        }
    }

    private ReplayAsk asking(int octets) {
        if (state == State.FOLLOWING) {
            return follow.asking(context.stream(), octets);
        }
        int kind = place.kind() == JoinPlace.Kind.AT_TIME
                ? ReplayRequestFlyweight.AT_TIME
                : ReplayRequestFlyweight.IN_LATEST_EPOCH;
        return new ReplayAsk(context.stream(), kind, 0, place.from(), 1, ReplayRequestFlyweight.MIN_OCTETS);
    }

    /** A page has come; false when it is no answer to an ask of this one. */
    boolean onPage(long id, boolean isLast, DirectBuffer page, int offset, int length, long now) {
        if (id != ask) {
            return false;
        }
        nowNs = now;
        unanswered &= ~(1L << asked);
        deadlineNs = now + sources.rung(asked).timeoutNs();
        if (!walk.isWhole(page, offset, length)) {
            figures.damagedPages++;
            cancel();
            fail();
            return true;
        }
        int status = ReplayPageFlyweight.status(page, offset);
        if (status == ReplayPageFlyweight.BUSY || status == ReplayPageFlyweight.ON_LINE) {
            figures.busy++;
            ask = 0;
            sources.rest(
                    asked, now + jittered(TimeUnit.MILLISECONDS.toNanos(ReplayPageFlyweight.waitMs(page, offset))));
        } else if (state == State.FINDING) {
            onFound(page, offset);
        } else {
            onFollowed(isLast, status, page, offset);
        }
        return true;
    }

    private void onFound(DirectBuffer page, int offset) {
        long epoch = ReplayPageFlyweight.epoch(page, offset);
        cancel();
        if (epoch == 0) {
            sources.rest(asked, nowNs + jittered(REST_NS));
            return;
        }
        preferred = asked;
        begin(epoch, place.kind() == JoinPlace.Kind.AT_TIME ? ReplayPageFlyweight.first(page, offset) : place.from());
    }

    private void onFollowed(boolean isLast, int status, DirectBuffer page, int offset) {
        long before = figures.packets;
        boolean isWanted = follow.onPage(page, offset, asked);
        if (figures.packets != before) {
            movedNs = nowNs;
            ends = 0;
            preferred = asked;
        }
        if (!isWanted) {
            cancel();
            notBeforeNs = nowNs;
        } else if (isLast) {
            ask = 0;
            notBeforeNs = nowNs;
            if (status == ReplayPageFlyweight.END) {
                notBeforeNs = nowNs + jittered(TAIL_NS << Math.min(mostDoublings, ends));
                ends++;
                preferred = ends % ENDS_TO_TURN == 0 ? (asked + 1) % sources.count() : preferred;
            }
        }
    }

    boolean onFailed(long id, long now) {
        if (id != ask) {
            return false;
        }
        nowNs = now;
        fail();
        return true;
    }

    private void fail() {
        figures.failures++;
        ask = 0;
        sources.rest(asked, nowNs + jittered(REST_NS));
        notBeforeNs = nowNs;
    }

    private void cancel() {
        if (ask != 0) {
            unanswered &= ~(1L << asked);
            forgo();
        }
    }

    /** It was not answered in time. */
    private void forgo() {
        if (ask != 0) {
            sources.source(asked).cancel(ask);
            ask = 0;
        }
    }

    private long jittered(long ns) {
        return ns / 2 + random.nextLong(Math.max(1, ns));
    }
}

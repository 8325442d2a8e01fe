// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.demo;

import io.heliograph.engine.cli.Interruption;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.SystemNanoClock;

/**
 * Finds out whether this machine holds a rate by trying it: the whole cast plays a generated day for some seconds, in which
 * the JVM compiles what it needs, until the publisher is on time and everybody with it, the late joiner too. Where it does not get
 * there, a lower rate is tried.
 *
 * <p><b>Thread:</b> the main thread.
 */
final class Rehearsal {
    /** What a publisher that is on time may be behind: a pause of the scheduler's. */
    static final long ON_TIME_NS = TimeUnit.MILLISECONDS.toNanos(20);

    /** Of what was reached flat out, so that pauses can be made up for. */
    private static final double HEADROOM = 0.7;

    private static final int TRIALS = 3;
    private static final long LOOK_NS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long WARM_UP_NS = TimeUnit.MILLISECONDS.toNanos(1_500);
    private static final long TRIAL_NS = TimeUnit.SECONDS.toNanos(4);
    private static final long ROUND_TO = 1_000;

    /** What the journal may be behind: as much as comes in the tenth part of a second. */
    private static final long FOLLOWED_SHARE = 10;

    private final NanoClock clock = SystemNanoClock.INSTANCE;
    private final DemoPlan plan;
    private final DemoPlace place;
    private final Interruption interruption;
    private long reached;

    Rehearsal(DemoPlan plan, DemoPlace place, Interruption interruption) {
        this.plan = plan;
        this.place = place;
        this.interruption = interruption;
    }

    /** Messages/s that are held: those of the plan, or fewer. */
    long rate() {
        long rate = plan.rate();
        for (int trial = 1; trial <= TRIALS && !isHeld(rate) && !interruption.isRequested(); trial++) {
            long lower = (long) (reached * HEADROOM);
            rate = Math.min(rate, lower < ROUND_TO ? Math.max(1, lower) : lower / ROUND_TO * ROUND_TO);
        }
        return rate;
    }

    private boolean isHeld(long rate) {
        long messages = Math.max(DemoPlan.LEAST_MESSAGES, rate * 2 * TimeUnit.NANOSECONDS.toSeconds(TRIAL_NS));
        DemoPlan trial = new DemoPlan(null, plan.seed(), plan.symbols(), messages, rate, 0);
        DemoCast cast = new DemoCast(trial, ItchSource.of(trial), place, true);
        try (cast) {
            return isHeld(cast);
        } finally {
            cast.release();
        }
    }

    private boolean isHeld(DemoCast cast) {
        DemoPublisher publisher = cast.publisher();
        long warmAtNs = 0;
        long sentWhenWarm = 0;
        while (cast.play() && !interruption.await(LOOK_NS)) {
            long playedNs = publisher.playedNs();
            if (playedNs < WARM_UP_NS) {
                continue;
            }
            if (publisher.lagNs() < ON_TIME_NS && isFollowed(cast)) {
                return true;
            }
            if (warmAtNs == 0) {
                warmAtNs = clock.nanoTime();
                sentWhenWarm = publisher.sent();
            } else if (playedNs >= TRIAL_NS) {
                reached = (long) ((publisher.sent() - sentWhenWarm) / ((clock.nanoTime() - warmAtNs) / 1e9));
                return false;
            }
        }
        return true;
    }

    /** Whether everybody is live, and the journal not further behind than a pause of the scheduler's. */
    private boolean isFollowed(DemoCast cast) {
        long behind = cast.publisher().sent() - cast.journal().appended();
        return behind <= Math.max(ROUND_TO, plan.rate() / FOLLOWED_SHARE)
                && cast.snapshots().stream().allMatch(SubscriberSnapshot::isLive);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.heliograph.publishers.cli;

import io.heliograph.engine.Heliograph;
import io.heliograph.engine.PartitionedPublication;
import io.heliograph.engine.base.Outcome;
import io.heliograph.engine.cli.Interruption;
import io.heliograph.engine.cli.Progress;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.NanoClock;
import org.jspecify.annotations.Nullable;

/**
 * The life of a publication in the {@code publish} role: waits for a listener, runs the feeds, ends the epoch in order.
 *
 * <p><b>Thread:</b> one owner: the main thread.
 */
final class PublishingSession {
    private static final long IDLE_NS = 50_000L;
    private static final long END_PATIENCE_NS = 5_000_000_000L;
    private static final long TAIL_NS = 1_000_000_000L;
    private static final double SECOND_NS = 1e9;
    private static final long RETURN_NS = 3_000_000_000L;
    private static final long HELD_BACK_NS = 1_000_000_000L;
    private static final String HELD_BACK =
            "waits for its journal on this host (journal-mode=\"required\"): there is none, it is"
                    + " stopped, or it is further behind than journal-lag; look at what the engine says";

    private final Heliograph heliograph;
    private final PartitionedPublication publication;
    private final Interruption interruption;
    private final NanoClock clock;
    private final long driverPatienceNs;
    private boolean isDriverLost;
    private boolean wasHeard;
    private boolean isAwaited;
    private long backNs;
    private boolean isHeldBack;
    private boolean isHeldBackSaid;
    private long heldBackNs;
    private long lostAtNs;
    private long startNs;
    private long endNs;

    PublishingSession(
            Heliograph heliograph,
            PartitionedPublication publication,
            Interruption interruption,
            NanoClock clock,
            long driverPatienceNs) {
        this.heliograph = heliograph;
        this.publication = publication;
        this.interruption = interruption;
        this.clock = clock;
        this.driverPatienceNs = driverPatienceNs;
    }

    /** Waits until somebody listens on every line (lines="spread": on one), or on one when the time is up; goes on without anybody, and says so. */
    void awaitListener(long deadlineNs) {
        boolean isPatient = clock.nanoTime() - deadlineNs < 0;
        while (!isHeard() && clock.nanoTime() - deadlineNs < 0 && !interruption.isRequested()) {
            cycle();
        }
        if (isPatient && !isConnected() && !interruption.isRequested()) {
            System.err.println("publish: nobody listens to " + publication.feed() + "; sending all the same");
        }
    }

    /**
     * Runs until all sources have ended (or for ever, where the epoch is kept open), until Ctrl-C, or until a driver that was
     * lost has not come back in time.
     */
    void run(Feeds feeds, boolean isKeptOpen) {
        startNs = clock.nanoTime();
        try (Progress progress = Progress.standard("publish " + publication.feed(), "messages")) {
            while (!interruption.isRequested() && !isAbandoned() && (isKeptOpen || !feeds.isEnded())) {
                int work = (isListenerComing() ? publication.doWork() : feeds.doWork()) + heliograph.doWork();
                if (work == 0) {
                    idle(feeds);
                }
                progress.update(publication.messages(), total(feeds));
                followDriver();
            }
        }
        endNs = clock.nanoTime();
    }

    /**
     * Ends the epoch, and stays while its end is repeated.
     *
     * @param isWhole false when a source broke off: then the end is kept back, and only what was accepted is sent, with the
     *     heartbeats by which a loss at its tail shows.
     * @return what could not leave; null when all has left.
     */
    @Nullable
    String end(boolean isWhole) {
        long beganNs = clock.nanoTime();
        boolean isSent = false;
        while (!isSent && isWorthWaiting(beganNs)) {
            isSent = (isWhole ? publication.endEpoch() : publication.flush()) != Outcome.BACK_PRESSURED;
            cycle();
        }
        if (!isSent) {
            return unsent(isWhole);
        }
        long sentNs = clock.nanoTime();
        while (isWhole ? publication.isLingering() && !isAbandoned() : clock.nanoTime() - sentNs < TAIL_NS) {
            cycle();
        }
        return null;
    }

    double seconds() {
        return (endNs - startNs) / SECOND_NS;
    }

    private void cycle() {
        followDriver();
        if (heliograph.doWork() + publication.doWork() == 0) {
            LockSupport.parkNanos(IDLE_NS);
        }
    }

    private boolean isWorthWaiting(long beganNs) {
        boolean isInTime = clock.nanoTime() - beganNs < END_PATIENCE_NS;
        return !isAbandoned() && (isInTime || (isDriverLost && !interruption.isRequested()));
    }

    private String unsent(boolean isWhole) {
        String what = unsentCount() + " of " + publication.messages() + " messages of " + publication.feed()
                + (isWhole ? " and the end of the epoch" : "") + " could not leave: ";
        if (isHeldBack && !isDriverLost) {
            return what + "the stream " + HELD_BACK;
        }
        return what
                + (isDriverLost
                        ? "the media driver is gone; start the engine anew, then publish again"
                        : "a subscriber or the network has stood still for " + END_PATIENCE_NS / 1_000_000_000L + " s");
    }

    private void idle(Feeds feeds) {
        long idleNs = feeds.idleNs(clock.nanoTime());
        if (idleNs > 0) {
            LockSupport.parkNanos(idleNs);
        } else {
            Thread.onSpinWait();
        }
    }

    /** The count that the sources come to, as far as they tell. */
    private long total(Feeds feeds) {
        int perMille = feeds.perMille();
        return perMille == 0 ? 0 : publication.messages() * 1000 / perMille;
    }

    /** A stream that waits for a journal for long looks like one that hangs. */
    private void followJournal() {
        boolean isNow = false;
        for (int i = 0; i < publication.count(); i++) {
            isNow |= publication.partition(i).isHeldBack();
        }
        long nowNs = isNow ? clock.nanoTime() : 0;
        heldBackNs = isNow && !isHeldBack ? nowNs : heldBackNs;
        isHeldBack = isNow;
        if (isNow && !isHeldBackSaid && nowNs - heldBackNs >= HELD_BACK_NS) {
            isHeldBackSaid = true;
            System.err.println("publish: " + publication.feed() + " " + HELD_BACK);
        } else if (!isNow && isHeldBackSaid) {
            isHeldBackSaid = false;
            System.err.println("publish: " + publication.feed() + " goes on: its journal is there and near enough");
        }
    }

    /** Who listened to a driver that was lost attaches to the next one a moment after the publisher: what is sent before, nobody has. */
    private boolean isListenerComing() {
        wasHeard |= !isDriverLost && !wasHeard && isHeard();
        isAwaited = isAwaited && !isHeard() && clock.nanoTime() - backNs < RETURN_NS;
        return isAwaited;
    }

    /** That it is gone was said by the connection; that it is back is said here. */
    private void followDriver() {
        followJournal();
        if (heliograph.isAlive() == isDriverLost) {
            isDriverLost = !isDriverLost;
            if (isDriverLost) {
                lostAtNs = clock.nanoTime();
                isAwaited |= wasHeard;
            } else {
                backNs = clock.nanoTime();
                System.err.println(String.format(
                        Locale.ROOT,
                        "publish: a media driver is back after %.1f s; %s goes on at message %d",
                        (clock.nanoTime() - lostAtNs) / SECOND_NS,
                        publication.feed(),
                        publication.count() == 1
                                ? publication.partition(0).nextSequence()
                                : publication.messages() + 1));
            }
        }
    }

    private boolean isAbandoned() {
        return isDriverLost && clock.nanoTime() - lostAtNs >= driverPatienceNs;
    }

    private boolean isHeard() {
        for (int i = 0; i < publication.count(); i++) {
            if (!heliograph.isHeard(publication.partition(i))) {
                return false;
            }
        }
        return true;
    }

    private boolean isConnected() {
        for (int i = 0; i < publication.count(); i++) {
            if (publication.partition(i).isConnected()) {
                return true;
            }
        }
        return false;
    }

    private long unsentCount() {
        long unsent = 0;
        for (int i = 0; i < publication.count(); i++) {
            unsent += publication.partition(i).unsent();
        }
        return unsent;
    }
}

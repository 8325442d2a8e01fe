// SPDX-License-Identifier: Apache-2.0
package io.heliograph.publishers.cli;

import io.heliograph.engine.Heliograph;
import io.heliograph.engine.base.Outcome;
import io.heliograph.engine.cli.CommandException;
import io.heliograph.engine.cli.Interruption;
import io.heliograph.engine.cli.Progress;
import io.heliograph.engine.stream.StreamPublication;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.NanoClock;

/**
 * The life of a publication in the {@code publish} role: waits for a listener, runs the feeds, ends the epoch in order.
 *
 * <p><b>Thread:</b> one owner: the main thread.
 */
final class PublishingSession {
    private static final long IDLE_NS = 50_000L;
    private static final long END_PATIENCE_NS = 5_000_000_000L;
    private static final double SECOND_NS = 1e9;

    private final Heliograph heliograph;
    private final StreamPublication publication;
    private final Interruption interruption;
    private final NanoClock clock;
    private long startNs;
    private long endNs;

    PublishingSession(
            Heliograph heliograph, StreamPublication publication, Interruption interruption, NanoClock clock) {
        this.heliograph = heliograph;
        this.publication = publication;
        this.interruption = interruption;
        this.clock = clock;
    }

    /** Waits until somebody listens on every line, or on one when the time is up; goes on without anybody, and says so. */
    void awaitListener(long patienceNs) {
        long deadlineNs = clock.nanoTime() + patienceNs;
        while (!publication.isFullyConnected() && clock.nanoTime() - deadlineNs < 0 && !interruption.isRequested()) {
            cycle(0);
        }
        if (patienceNs > 0 && !publication.isConnected() && !interruption.isRequested()) {
            System.err.println("publish: nobody listens to " + publication.stream() + "; sending all the same");
        }
    }

    /** Runs until all sources have ended (or for ever, where the epoch is kept open), or until Ctrl-C. */
    void run(Feeds feeds, boolean isKeptOpen) {
        startNs = clock.nanoTime();
        try (Progress progress = Progress.standard("publish " + publication.stream(), "messages")) {
            while (!interruption.isRequested() && (isKeptOpen || !feeds.isEnded())) {
                int work = feeds.doWork() + heliograph.doWork();
                if (work == 0) {
                    idle(feeds);
                }
                progress.update(publication.messages(), total(feeds));
                checkAlive();
            }
        }
        endNs = clock.nanoTime();
    }

    /** Ends the epoch, and stays while its end is repeated. */
    void end() {
        long deadlineNs = clock.nanoTime() + END_PATIENCE_NS;
        while (publication.endEpoch() == Outcome.BACK_PRESSURED && clock.nanoTime() - deadlineNs < 0) {
            cycle(0);
        }
        while (publication.isLingering() && clock.nanoTime() - deadlineNs < 0) {
            cycle(IDLE_NS);
        }
    }

    double seconds() {
        return (endNs - startNs) / SECOND_NS;
    }

    private void cycle(long idleNs) {
        checkAlive();
        if (heliograph.doWork() + publication.doWork() == 0) {
            LockSupport.parkNanos(Math.max(idleNs, IDLE_NS));
        }
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

    private void checkAlive() {
        if (!heliograph.isAlive()) {
            throw CommandException.failed("the media driver is gone after message " + publication.messages() + " of "
                    + publication.stream() + "; start the engine anew, then publish again");
        }
    }
}

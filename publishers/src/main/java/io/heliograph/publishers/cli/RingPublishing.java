// SPDX-License-Identifier: Apache-2.0
package io.heliograph.publishers.cli;

import io.heliograph.engine.cli.Interruption;
import io.heliograph.engine.cli.JsonLine;
import io.heliograph.engine.cli.Progress;
import io.heliograph.engine.intake.IntakeException;
import io.heliograph.engine.intake.IntakeWriter;
import io.heliograph.publishers.normalise.ItchNormaliser;
import io.heliograph.publishers.replay.Pacer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.NanoClock;
import org.jspecify.annotations.Nullable;

/**
 * The life of {@code publish} on a stream with {@code writers="many"}: puts what its sources give into the ring of the host's
 * engine, which numbers and sends it together with what other writers give. The end of the sources ends no epoch: the others go on.
 *
 * <p><b>Thread:</b> one owner: the main thread, which reads all sources in turns; each keeps its own order.
 */
final class RingPublishing implements AutoCloseable {
    private static final long LOOK_INTERVAL_NS = 50_000_000L;
    private static final long IDLE_NS = 20_000L;
    private static final long LONGEST_IDLE_NS = 500_000L;
    private static final long END_PATIENCE_NS = 5_000_000_000L;
    private static final double SECOND_NS = 1e9;

    private final String stream;
    private final Path ring;
    private final IntakeWriter writer;
    private final RingSink sink;
    private final Interruption interruption;
    private final NanoClock clock;
    private final List<Feed> feeds = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();
    private long messages;
    private double seconds;

    private RingPublishing(String stream, Path ring, IntakeWriter writer, Interruption interruption, NanoClock clock) {
        this.stream = stream;
        this.ring = ring;
        this.writer = writer;
        this.sink = new RingSink(writer);
        this.interruption = interruption;
        this.clock = clock;
    }

    /**
     * Takes a slot of the ring, as soon as an engine takes from it.
     *
     * @param stream of the topology.
     * @param ring its intake on this host.
     * @param patienceNs how long to wait for the engine.
     * @param interruption ends the wait.
     * @param clock for everything.
     * @return null when interrupted.
     * @throws IntakeException when there is no ring in time, or it cannot be used.
     */
    static @Nullable RingPublishing open(
            String stream, Path ring, long patienceNs, Interruption interruption, NanoClock clock) {
        long deadlineNs = clock.nanoTime() + patienceNs;
        boolean isSaid = false;
        while (!interruption.isRequested()) {
            boolean isLate = clock.nanoTime() - deadlineNs >= 0;
            String missing;
            try {
                IntakeWriter writer = IntakeWriter.open(ring);
                if (writer.isServed() || isLate) {
                    return new RingPublishing(stream, ring, writer, interruption, clock);
                }
                writer.close();
                missing = "no engine takes from the intake " + ring;
            } catch (IntakeException none) {
                if (isLate || !none.isAbsence()) {
                    throw none;
                }
                missing = String.valueOf(none.getMessage());
            }
            if (!isSaid) {
                isSaid = true;
                System.err.println("publish: waiting for the engine: " + missing);
            }
            interruption.await(LOOK_INTERVAL_NS);
        }
        return null;
    }

    /**
     * Puts in what the sources give, until they have ended or Ctrl-C, and waits until the engine has taken it.
     *
     * @param planned the sources.
     * @param patienceNs how long a full ring is waited for while no engine takes from it.
     */
    void run(List<PlannedFeed> planned, long patienceNs) {
        if (!writer.isServed()) {
            System.err.println("publish: no engine takes from the intake " + ring
                    + ": messages wait in it until one does, as many as it holds");
        }
        long startNs = clock.nanoTime();
        for (PlannedFeed plan : planned) {
            feeds.add(new Feed(
                    plan.source(),
                    new ItchNormaliser(plan.midnightEpochNs()),
                    new Pacer(plan.pace(), startNs),
                    sink,
                    notice -> System.err.println("publish: " + notice)));
        }
        try (Progress progress = Progress.standard("publish " + stream, "messages")) {
            long movedNs = startNs;
            while (!interruption.isRequested() && !isEnded() && failures.isEmpty()) {
                int sent = 0;
                for (int i = 0; i < feeds.size(); i++) {
                    sent += feeds.get(i).run(clock.nanoTime());
                }
                messages += sent;
                long nowNs = clock.nanoTime();
                movedNs = sent > 0 ? nowNs : movedNs;
                if (sent == 0) {
                    idle(nowNs, nowNs - movedNs >= patienceNs);
                }
                progress.update(messages, 0);
            }
        }
        seconds = (clock.nanoTime() - startNs) / SECOND_NS;
        feeds.stream()
                .map(Feed::failure)
                .filter(Objects::nonNull)
                .forEach(failure -> failures.add(failure + "; all before it is in the intake"));
        awaitTaken();
    }

    /** What went wrong; none when all is in the engine's hands. */
    List<String> failures() {
        return failures;
    }

    JsonLine json() {
        FeedCounts counts = new FeedCounts(feeds);
        JsonLine json = new JsonLine()
                .put("type", "summary")
                .put("stream", stream)
                .put("ring", ring.toString())
                .put("messages", messages)
                .put("backPressured", counts.backPressured())
                .put("seconds", seconds);
        counts.put(json);
        return json.put("endsEpoch", false).strings("failures", failures);
    }

    List<String> text() {
        FeedCounts counts = new FeedCounts(feeds);
        return List.of(
                String.format(
                        Locale.ROOT,
                        "%s: %,d messages put into %s, %.1f s (%,.0f messages/s), pushed back %,d times",
                        stream,
                        messages,
                        ring,
                        seconds,
                        messages / Math.max(seconds, 1e-9),
                        counts.backPressured()),
                counts.text(),
                "the epoch goes on: other writers may put in more; the engine ends it when it ends");
    }

    @Override
    public void close() {
        writer.close();
    }

    private boolean isEnded() {
        for (int i = 0; i < feeds.size(); i++) {
            if (!feeds.get(i).isEnded()) {
                return false;
            }
        }
        return true;
    }

    /** Nothing was due, or the ring is full, or it is not to be used any more. */
    private void idle(long nowNs, boolean isLong) {
        if (isCorrupt()) {
            failures.add(
                    "the intake " + ring + " is corrupt, as its engine says: what that had not taken is lost; start"
                            + " the engine of this host anew, then publish again");
        } else if (isLong && isFull(nowNs) && !writer.isServed()) {
            failures.add("the intake " + ring + " is full and no engine takes from it: start the engine of this host;"
                    + " it sends what is there");
        }
        long idleNs = LONGEST_IDLE_NS;
        for (int i = 0; i < feeds.size(); i++) {
            Feed feed = feeds.get(i);
            idleNs = feed.isEnded() ? idleNs : Math.min(idleNs, Math.max(feed.dueNs() - nowNs, IDLE_NS));
        }
        LockSupport.parkNanos(idleNs);
    }

    private boolean isCorrupt() {
        return sink.isCorrupt() || writer.isCorrupt();
    }

    /** Something is due, and does not go in. */
    private boolean isFull(long nowNs) {
        for (int i = 0; i < feeds.size(); i++) {
            if (!feeds.get(i).isEnded() && feeds.get(i).dueNs() - nowNs <= 0) {
                return true;
            }
        }
        return false;
    }

    private void awaitTaken() {
        long beganNs = clock.nanoTime();
        while (!writer.isTaken() && !isCorrupt() && clock.nanoTime() - beganNs < END_PATIENCE_NS) {
            LockSupport.parkNanos(IDLE_NS);
        }
        if (!writer.isTaken() && failures.isEmpty()) {
            failures.add("not all of " + messages + " messages have left the intake " + ring + " within "
                    + END_PATIENCE_NS / 1_000_000_000L + " s: "
                    + (writer.isServed()
                            ? "a subscriber or the network stands still, or a writer that was stopped; they leave when it goes on"
                            : "no engine takes from it; start the engine of this host, it sends them"));
        }
    }
}

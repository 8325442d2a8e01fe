// SPDX-License-Identifier: Apache-2.0
package io.heliograph.publishers.cli;

import io.heliograph.engine.PartitionedPublication;
import io.heliograph.engine.intake.Intake;
import io.heliograph.engine.intake.PublishingAgent;
import io.heliograph.publishers.normalise.ItchNormaliser;
import io.heliograph.publishers.replay.Pacer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntSupplier;
import org.agrona.concurrent.NanoClock;
import org.jspecify.annotations.Nullable;

/**
 * All feeds of a publication: one is read on the publishing thread itself, several have a thread each and meet in an
 * intake.
 *
 * <p><b>Thread:</b> one owner: the publishing thread.
 */
final class Feeds implements AutoCloseable {
    private static final long IDLE_NS = 20_000L;
    private static final long LONGEST_IDLE_NS = 500_000L;

    private final List<Feed> feeds = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final PartitionedPublication publication;
    private final NanoClock clock;
    private final @Nullable Intake intake;
    private final @Nullable IntSupplier drain;
    private volatile boolean isClosing;

    private Feeds(PartitionedPublication publication, NanoClock clock, boolean isSeveral) {
        this.publication = publication;
        this.clock = clock;
        this.intake = isSeveral ? new Intake() : null;
        this.drain = intake == null ? null : drain(intake, publication);
    }

    static Feeds start(List<PlannedFeed> planned, PartitionedPublication publication, NanoClock clock) {
        Feeds feeds = new Feeds(publication, clock, planned.size() > 1);
        long startNs = clock.nanoTime();
        for (PlannedFeed plan : planned) {
            feeds.add(plan, startNs);
        }
        feeds.threads.forEach(Thread::start);
        return feeds;
    }

    /** A cycle of the publishing thread: what is due or was handed over, flushed at the end, and the publication's work. */
    int doWork() {
        IntSupplier ring = drain;
        if (ring != null) {
            return ring.getAsInt();
        }
        Feed feed = feeds.get(0);
        int sent = feed.run(clock.nanoTime());
        if (sent > 0) {
            publication.flush();
        }
        return sent + publication.doWork();
    }

    /** Whether all sources have ended and all that they gave is in the publication. */
    boolean isEnded() {
        for (int i = 0; i < feeds.size(); i++) {
            if (!feeds.get(i).isEnded()) {
                return false;
            }
        }
        return intake == null || intake.isEmpty();
    }

    /** How long nothing is due: what the publishing thread may idle, at most half a millisecond. */
    long idleNs(long nowNs) {
        if (intake != null) {
            return IDLE_NS;
        }
        Feed feed = feeds.get(0);
        long untilDueNs = feed.isEnded() ? LONGEST_IDLE_NS : feed.dueNs() - nowNs;
        return Math.min(Math.max(untilDueNs - IDLE_NS, 0), LONGEST_IDLE_NS);
    }

    /** How far the sources were read, in thousandths. */
    int perMille() {
        int least = 1000;
        for (Feed feed : feeds) {
            least = Math.min(least, feed.isEnded() ? 1000 : feed.source().perMille());
        }
        return least;
    }

    long backPressured() {
        return feeds.stream().mapToLong(Feed::backPressured).sum();
    }

    List<Feed> all() {
        return feeds;
    }

    List<String> failures() {
        return feeds.stream().map(Feed::failure).filter(Objects::nonNull).toList();
    }

    /** Ends the feed threads; what they handed over has been published or is given up by an interruption. */
    @Override
    public void close() {
        isClosing = true;
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private static IntSupplier drain(Intake intake, PartitionedPublication publication) {
        return publication.count() == 1
                ? new PublishingAgent(intake, publication.partition(0))::doWork
                : new PartitionedDrain(intake, publication)::doWork;
    }

    private void add(PlannedFeed plan, long startNs) {
        FeedSink sink = intake == null ? new PublicationSink(publication) : new IntakeSink(intake);
        Feed feed = new Feed(
                plan.source(),
                new ItchNormaliser(plan.midnightEpochNs()),
                new Pacer(plan.pace(), startNs),
                sink,
                notice -> System.err.println("publish: " + notice));
        feeds.add(feed);
        if (intake != null) {
            Thread thread =
                    new Thread(() -> runFeed(feed), "feed " + plan.source().name());
            thread.setUncaughtExceptionHandler((ended, died) -> feed.breakOff(died));
            threads.add(thread);
        }
    }

    private void runFeed(Feed feed) {
        while (!feed.isEnded() && !isClosing) {
            if (feed.run(clock.nanoTime()) == 0 && !feed.isEnded()) {
                long untilDueNs = feed.dueNs() - clock.nanoTime();
                LockSupport.parkNanos(Math.min(Math.max(untilDueNs, IDLE_NS), LONGEST_IDLE_NS));
            }
        }
    }
}

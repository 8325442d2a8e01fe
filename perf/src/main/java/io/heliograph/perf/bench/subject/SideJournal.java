// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.bench.subject;

import io.heliograph.engine.Heliograph;
import io.heliograph.engine.HeliographContext;
import io.heliograph.engine.SubscriptionOptions;
import io.heliograph.engine.journal.JournalAppender;
import io.heliograph.engine.journal.JournalContext;
import io.heliograph.engine.journal.JournalKeeper;
import io.heliograph.engine.journal.StreamJournal;
import io.heliograph.engine.stream.PacketHandler;
import io.heliograph.engine.stream.StreamListener;
import io.heliograph.engine.stream.StreamSubscription;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.SleepingMillisIdleStrategy;
import org.jspecify.annotations.Nullable;

/**
 * A journal of one stream, kept as an engine keeps one: a subscriber on a thread of its own, with the thread that looks after the
 * files beside it.
 *
 * <p><b>Thread:</b> made and closed by one owner; others read what is volatile.
 *
 * <p><b>Failure:</b> {@link #check} throws what has ended it.
 */
public final class SideJournal implements AutoCloseable {
    private static final int PACKET_LIMIT = 64;
    private static final int KEEPER_IDLE_MS = 2;
    private static final long LONGEST_IDLE_NS = 250_000;
    private static final long PATIENCE_MS = TimeUnit.SECONDS.toMillis(60);

    private final HeliographContext context;
    private final Path journals;
    private final String stream;
    private final int streamId;
    private final Thread appending = new Thread(this::append, "journal");
    private @Nullable Thread keeping;
    private volatile boolean isClosed;
    private volatile boolean isReady;
    private volatile long appended;
    private volatile long cpuNs;
    private volatile @Nullable Throwable failure;

    /**
     * Starts it.
     *
     * @param context of its connection.
     * @param journals directory of journals, which need not be there.
     * @param stream to keep.
     * @param streamId the topology's id of it.
     */
    @SuppressWarnings("this-escape") // The thread begins when all is set.
    public SideJournal(HeliographContext context, Path journals, String stream, int streamId) {
        this.context = context;
        this.journals = journals;
        this.stream = stream;
        this.streamId = streamId;
        appending.setDaemon(true);
        appending.setUncaughtExceptionHandler((of, thrown) -> failure = thrown);
        appending.start();
    }

    /**
     * Whether it hears every line.
     *
     * @return true from then on.
     */
    public boolean isReady() {
        return isReady;
    }

    /**
     * How far it is.
     *
     * @return the last message that is in it.
     */
    public long appended() {
        return appended;
    }

    /**
     * What its two threads have taken so far.
     *
     * @return CPU time, ns, some ms old.
     */
    public long cpuNs() {
        return cpuNs;
    }

    /** Throws what has ended it; does nothing while all is well. */
    public void check() {
        Throwable failed = failure;
        if (failed != null) {
            throw new IllegalStateException("the journal has failed", failed);
        }
    }

    private void append() {
        JournalContext settings = JournalContext.of(
                        StreamJournal.of(journals, stream).directory(), stream, streamId)
                .minFree(0);
        IdleStrategy idle = new BackoffIdleStrategy(1, 1, 1_000, LONGEST_IDLE_NS);
        try (JournalAppender appender = StreamJournal.appender(settings, SideJournal::refuse);
                JournalKeeper keeper = appender.keeper();
                AgentRunner runner = new AgentRunner(
                        new SleepingMillisIdleStrategy(KEEPER_IDLE_MS), thrown -> failure = thrown, null, keeper);
                Heliograph heliograph = Heliograph.connect(context);
                StreamSubscription subscription = heliograph.addSubscription(
                        stream, StreamListener.NONE, SubscriptionOptions.DEFAULT.withoutRepair())) {
            keeping = AgentRunner.startOnThread(runner);
            PacketHandler append = appender::append;
            while (!isClosed) {
                int work = heliograph.doWork() + subscription.pollPackets(append, PACKET_LIMIT);
                if (work == 0) {
                    isReady = isReady || hearsAll(subscription);
                    note(subscription);
                }
                idle.idle(work);
            }
            note(subscription);
        }
    }

    private void note(StreamSubscription subscription) {
        long now = subscription.nextSequence() - 1;
        if (now != appended) {
            appended = now;
            cpuNs = cpuNs(Thread.currentThread()) + cpuNs(keeping);
        }
    }

    private static long cpuNs(@Nullable Thread thread) {
        return thread == null
                ? 0
                : Math.max(0, ManagementFactory.getThreadMXBean().getThreadCpuTime(thread.getId()));
    }

    private static boolean hearsAll(StreamSubscription subscription) {
        for (int i = 0; i < subscription.lineCount(); i++) {
            if (!subscription.isConnected(i)) {
                return false;
            }
        }
        return true;
    }

    /** Nothing is wrong with a journal that has just been made. */
    private static void refuse(String warning) {
        throw new IllegalStateException(warning);
    }

    /**
     * Whether its thread has still to be waited for: a driver that runs on the owner's thread has to be run meanwhile.
     *
     * @return false when it has ended.
     */
    public boolean isAlive() {
        return appending.isAlive();
    }

    /** Tells it to end. */
    public void end() {
        isClosed = true;
    }

    @Override
    public void close() {
        end();
        try {
            appending.join(PATIENCE_MS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

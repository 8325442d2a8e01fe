// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.demo;

import io.heliograph.engine.Heliograph;
import io.heliograph.engine.HeliographContext;
import io.heliograph.engine.SubscriptionOptions;
import io.heliograph.engine.cli.CommandException;
import io.heliograph.engine.journal.JournalAppender;
import io.heliograph.engine.journal.JournalContext;
import io.heliograph.engine.journal.JournalException;
import io.heliograph.engine.journal.JournalKeeper;
import io.heliograph.engine.journal.StreamJournal;
import io.heliograph.engine.stream.PacketHandler;
import io.heliograph.engine.stream.Quality;
import io.heliograph.engine.stream.StreamListener;
import io.heliograph.engine.stream.StreamSubscription;
import java.nio.file.Path;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.SleepingMillisIdleStrategy;

/**
 * The journal of the demo, kept as an engine keeps one: a subscriber beside the others, whose packets go to files.
 *
 * <p><b>Thread:</b> its own, and one for the files; others read what is volatile.
 */
final class DemoJournal implements Runnable, StreamListener {
    private static final int PACKET_LIMIT = 64;
    private static final int KEEPER_IDLE_MS = 2;

    private final HeliographContext context;
    private final DemoSignals signals;
    private final Path directory;
    private volatile long appended;
    private volatile long octets;
    private volatile long gaps;

    DemoJournal(HeliographContext context, DemoSignals signals, Path directory) {
        this.context = context;
        this.signals = signals;
        this.directory = directory;
    }

    @Override
    public void run() {
        JournalContext settings = JournalContext.of(
                StreamJournal.of(directory, DemoPlace.STREAM).directory(), DemoPlace.STREAM, DemoPlace.STREAM_ID);
        try (JournalAppender appender = StreamJournal.appender(settings, words -> signals.say("journal: " + words));
                JournalKeeper keeper = appender.keeper();
                AgentRunner keeping = new AgentRunner(
                        new SleepingMillisIdleStrategy(KEEPER_IDLE_MS), this::onKeeperTrouble, null, keeper);
                Heliograph heliograph = Heliograph.connect(context);
                StreamSubscription subscription = heliograph.addSubscription(
                        DemoPlace.STREAM, this, SubscriptionOptions.DEFAULT.withoutRepair())) {
            AgentRunner.startOnThread(keeping);
            append(heliograph, subscription, appender);
        } catch (JournalException broken) {
            throw CommandException.failed(String.valueOf(broken.getMessage()));
        }
    }

    private void append(Heliograph heliograph, StreamSubscription subscription, JournalAppender appender) {
        PacketHandler append = appender::append;
        IdleStrategy idle = DemoIdle.strategy();
        boolean isReady = false;
        while (!signals.isCancelled() && !subscription.isEnded()) {
            idle.idle(heliograph.doWork() + subscription.pollPackets(append, PACKET_LIMIT));
            if (!isReady && isReady(subscription)) {
                isReady = true;
                signals.receiverIsReady();
            }
            appended = subscription.nextSequence() - 1;
            octets = appender.octets();
            gaps = appender.gaps();
        }
    }

    @Override
    public void onGap(long epoch, long first, long last) {
        signals.say("journal: gap, messages " + first + " to " + (last == UNKNOWN_END ? "an unknown end" : last)
                + " are not in it");
    }

    private void onKeeperTrouble(Throwable trouble) {
        signals.say("journal: " + trouble);
    }

    /** The last message that is in it. */
    long appended() {
        return appended;
    }

    long octets() {
        return octets;
    }

    /** Ranges that it does not have. */
    long gaps() {
        return gaps;
    }

    private static boolean isReady(StreamSubscription subscription) {
        for (int i = 0; i < subscription.lineCount(); i++) {
            if (!subscription.isConnected(i)) {
                return false;
            }
        }
        return subscription.quality() == Quality.LIVE;
    }
}

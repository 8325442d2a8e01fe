// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.demo;

import io.heliograph.engine.HeliographContext;
import io.heliograph.engine.recovery.JoinPlace;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.SystemNanoClock;
import org.jspecify.annotations.Nullable;

/**
 * Who plays in the demo: a publisher, a journal, and four subscribers, of which the third joins late and the fourth is a process
 * that is killed and comes back; each on a thread of its own. In the rehearsal the fourth is a thread, and stays.
 *
 * <p><b>Thread:</b> the main thread.
 */
final class DemoCast implements AutoCloseable {
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(20);

    /** What part of the messages is sent when the fourth is killed, the third joins, the fourth comes back: hundredths. */
    private static final int KILLED = 25;

    private static final int LATE = 40;
    private static final int BACK = 50;
    private static final int WHOLE = 100;

    /** In the rehearsal the third joins so soon. */
    private static final long REHEARSED_LATE_NS = TimeUnit.MILLISECONDS.toNanos(300);

    /** Subscribers 1, 2 and 4, and the journal. */
    private static final int FROM_THE_START = 4;

    /** The generated day's date; a file's own is not known, and books do not depend on it. */
    private static final LocalDate DAY = LocalDate.of(2026, 1, 5);

    private final NanoClock clock = SystemNanoClock.INSTANCE;
    private final DemoSignals signals = new DemoSignals();
    private final List<DemoReceiver> receivers = new ArrayList<>();
    private final List<DemoThread> threads = new ArrayList<>();
    private final ThreadReceiver corrupted;
    private final ThreadReceiver late;
    private final @Nullable ProcessReceiver killed;
    private final DemoPublisher publisher;
    private final DemoJournal journal;
    private final long total;

    /** All of them; those who are there from the start are started. */
    DemoCast(DemoPlan plan, ItchSource source, DemoPlace place, boolean isRehearsal) {
        long midnightEpochNs = TimeUnit.SECONDS.toNanos(
                DAY.atStartOfDay(ZoneId.of("America/New_York")).toEpochSecond());
        Path state = place.state();
        HeliographContext[] contexts = new HeliographContext[6];
        for (int i = 0; i < contexts.length; i++) {
            contexts[i] = DemoPlace.context(place.topology(), state);
        }
        total = source.total();
        ThreadReceiver first = receiver(1, contexts[0], plan, 0, null);
        corrupted = receiver(2, contexts[1], plan, plan.corrupt(), null);
        late = receiver(3, contexts[2], plan, 0, JoinPlace.START);
        first.start();
        corrupted.start();
        receivers.addAll(List.of(first, corrupted, late));
        if (isRehearsal) {
            ThreadReceiver fourth = receiver(4, contexts[3], plan, 0, null);
            fourth.start();
            receivers.add(fourth);
            killed = null;
        } else {
            killed = new ProcessReceiver(name(4), plan, state, signals);
            killed.start();
            receivers.add(killed);
        }
        journal = new DemoJournal(contexts[4], signals, DemoPlace.journals(state));
        publisher = new DemoPublisher(contexts[5], signals, source, plan.rate(), midnightEpochNs, FROM_THE_START);
        threads.add(new DemoThread("journal", journal));
        threads.add(new DemoThread("publisher", publisher));
        threads.forEach(DemoThread::start);
    }

    private static String name(int number) {
        return "subscriber " + number;
    }

    private ThreadReceiver receiver(
            int number, HeliographContext context, DemoPlan plan, long corrupt, @Nullable JoinPlace from) {
        return new ThreadReceiver(name(number), context, signals, plan, new Corruption(corrupt), from);
    }

    /** Lets happen what is due, and says whether somebody still has something to do; throws what has ended one before its time. */
    boolean play() {
        long sent = publisher.sent();
        boolean isOver = publisher.tookNs() != 0;
        ProcessReceiver fourth = killed;
        if (fourth == null) {
            if (!late.isStarted() && publisher.playedNs() >= REHEARSED_LATE_NS) {
                late.startLate(sent);
            }
        } else {
            playPart(fourth, isOver ? WHOLE : sent * WHOLE / Math.max(1, total), sent);
        }
        threads.forEach(DemoThread::check);
        boolean isPlaying = threads.stream().anyMatch(DemoThread::isAlive);
        for (DemoReceiver receiver : receivers) {
            isPlaying |= receiver.isPlaying();
        }
        return isPlaying;
    }

    private void playPart(ProcessReceiver fourth, long part, long sent) {
        if (part >= KILLED && !fourth.isKilled() && !fourth.isBack()) {
            fourth.kill(sent);
        } else if (part >= LATE && !late.isStarted()) {
            signals.say(late.name() + ": joins, from message 1 on");
            late.startLate(sent);
        } else if (part >= BACK && fourth.isKilled()) {
            fourth.comeBack(sent);
        }
    }

    DemoPublisher publisher() {
        return publisher;
    }

    DemoJournal journal() {
        return journal;
    }

    List<SubscriberSnapshot> snapshots() {
        return receivers.stream().map(DemoReceiver::snapshot).toList();
    }

    /** What they have when all is over. */
    List<SubscriberEnd> ends() {
        return receivers.stream().map(DemoReceiver::end).toList();
    }

    boolean wasCorrupted() {
        return corrupted.wasCorrupted();
    }

    /** What they have to say since the last time. */
    void words(Consumer<String> listener) {
        signals.words().removeIf(line -> {
            listener.accept(line);
            return true;
        });
    }

    /** Ends what still runs and waits for it: drivers remove their directories. Their books stay. */
    @Override
    public void close() {
        signals.cancel();
        if (killed != null) {
            killed.stop();
        }
        long deadlineNs = clock.nanoTime() + PATIENCE_NS;
        while (isAlive() && clock.nanoTime() - deadlineNs < 0) {
            Thread.onSpinWait();
        }
    }

    private boolean isAlive() {
        return threads.stream().anyMatch(DemoThread::isAlive)
                || receivers.stream().anyMatch(DemoReceiver::isAlive);
    }

    /** Lets go of all books. */
    void release() {
        receivers.forEach(DemoReceiver::close);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.demo;

import io.heliograph.engine.DriverChoice;
import io.heliograph.engine.HeliographContext;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.SystemNanoClock;

/**
 * Who plays in the demo: a publisher and two subscribers, each on a thread of its own; in the rehearsal and in the run.
 *
 * <p><b>Thread:</b> the main thread.
 */
final class DemoCast implements AutoCloseable {
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(20);

    /** The generated day's date; a file's own is not known, and books do not depend on it. */
    private static final LocalDate DAY = LocalDate.of(2026, 1, 5);

    private final NanoClock clock = SystemNanoClock.INSTANCE;
    private final DemoSignals signals = new DemoSignals();
    private final List<DemoSubscriber> subscribers = new ArrayList<>();
    private final List<DemoThread> threads = new ArrayList<>();
    private final DemoPublisher publisher;

    /** All of them, started. */
    DemoCast(DemoPlan plan, ItchSource source, DemoPlace place) {
        long midnightEpochNs = TimeUnit.SECONDS.toNanos(
                DAY.atStartOfDay(ZoneId.of("America/New_York")).toEpochSecond());
        for (int i = 1; i <= DemoPublisher.SUBSCRIBERS; i++) {
            Corruption corruption = new Corruption(i == 2 ? plan.corrupt() : 0);
            subscribers.add(new DemoSubscriber("subscriber " + i, context(place), signals, plan, corruption));
        }
        publisher = new DemoPublisher(context(place), signals, source, plan.rate(), midnightEpochNs);
        subscribers.forEach(subscriber -> threads.add(new DemoThread(subscriber.name(), subscriber)));
        threads.add(new DemoThread("publisher", publisher));
        threads.forEach(DemoThread::start);
    }

    /** Whether somebody still has something to do; throws what has ended one of them before its time. */
    boolean isPlaying() {
        threads.forEach(DemoThread::check);
        return threads.stream().anyMatch(DemoThread::isAlive);
    }

    DemoPublisher publisher() {
        return publisher;
    }

    List<DemoSubscriber> subscribers() {
        return subscribers;
    }

    List<SubscriberSnapshot> snapshots() {
        return subscribers.stream().map(DemoSubscriber::snapshot).toList();
    }

    /** What they have to say since the last time. */
    void words(Consumer<String> listener) {
        signals.words().removeIf(line -> {
            listener.accept(line);
            return true;
        });
    }

    /** Ends what still runs and waits for it: drivers remove their directories. */
    @Override
    public void close() {
        signals.cancel();
        long deadlineNs = clock.nanoTime() + PATIENCE_NS;
        while (threads.stream().anyMatch(DemoThread::isAlive) && clock.nanoTime() - deadlineNs < 0) {
            Thread.onSpinWait();
        }
    }

    private static HeliographContext context(DemoPlace place) {
        return new HeliographContext()
                .topology(place.topology())
                .host(DemoPlace.HOST)
                .driver(DriverChoice.embedded())
                .stateDirectory(place.state());
    }
}

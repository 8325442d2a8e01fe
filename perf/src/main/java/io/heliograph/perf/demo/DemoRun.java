// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.demo;

import io.heliograph.engine.DriverChoice;
import io.heliograph.engine.HeliographContext;
import io.heliograph.engine.cli.CommandException;
import io.heliograph.engine.cli.Interruption;
import io.heliograph.engine.cli.Progress;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.SystemNanoClock;
import org.jspecify.annotations.Nullable;

/**
 * One run of the demo: starts publisher and subscribers, watches them, and compares their books with the source's.
 *
 * <p><b>Thread:</b> the main thread.
 *
 * <p><b>Failure:</b> {@link CommandException} for what keeps it from running; unequal books are a {@link DemoResult}.
 */
public final class DemoRun {
    private static final long LOOK_NS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(20);

    /** The generated day's date; a file's own is not known, and books do not depend on it. */
    private static final LocalDate DAY = LocalDate.of(2026, 1, 5);

    private final NanoClock clock = SystemNanoClock.INSTANCE;
    private final DemoPlan plan;
    private final ItchSource source;
    private final LiveView view;
    private final Interruption interruption;
    private final DemoSignals signals = new DemoSignals();
    private final List<DemoSubscriber> subscribers = new ArrayList<>();
    private final List<DemoThread> threads = new ArrayList<>();

    private DemoRun(DemoPlan plan, ItchSource source, LiveView view, Interruption interruption) {
        this.plan = plan;
        this.source = source;
        this.view = view;
        this.interruption = interruption;
    }

    /**
     * Runs it.
     *
     * @param asked what to do; a machine that does not hold the rate gets a lower one, and is told.
     * @param view that shows it.
     * @param interruption that may end it.
     * @return what came out; null when it was interrupted.
     */
    public static @Nullable DemoResult run(DemoPlan asked, LiveView view, Interruption interruption) {
        long midnightEpochNs = TimeUnit.SECONDS.toNanos(
                DAY.atStartOfDay(ZoneId.of("America/New_York")).toEpochSecond());
        long rate = Calibration.rate(asked, midnightEpochNs);
        DemoPlan plan = asked;
        if (rate < asked.rate()) {
            long messages = asked.source() == null ? asked.messages() * rate / asked.rate() : asked.messages();
            plan = asked.at(rate, Math.max(64, messages));
            view.say("this machine holds about " + rate + " messages/s: the demo runs at that instead of "
                    + asked.rate());
        }
        ItchSource source = ItchSource.of(plan);
        return new DemoRun(plan, source, view, interruption).run(midnightEpochNs);
    }

    private @Nullable DemoResult run(long midnightEpochNs) {
        try (DemoPlace place = DemoPlace.take()) {
            view.begin(plan, source.total(), place.topology());
            for (int i = 1; i <= DemoPublisher.SUBSCRIBERS; i++) {
                Corruption corruption = new Corruption(i == 2 ? plan.corrupt() : 0);
                subscribers.add(new DemoSubscriber("subscriber " + i, context(place), signals, plan, corruption));
            }
            DemoPublisher publisher = new DemoPublisher(context(place), signals, source, plan.rate(), midnightEpochNs);
            subscribers.forEach(subscriber -> threads.add(new DemoThread(subscriber.name(), subscriber)));
            threads.add(new DemoThread("publisher", publisher));
            threads.forEach(DemoThread::start);
            try {
                watch(publisher);
            } finally {
                stop();
            }
            view.end(snapshots(), publisher.sent());
            if (interruption.isRequested()) {
                return null;
            }
            checkCorruption();
            return compare(publisher, place);
        }
    }

    private void watch(DemoPublisher publisher) {
        long endedAtNs = 0;
        while (threads.stream().anyMatch(DemoThread::isAlive) && !interruption.await(LOOK_NS)) {
            threads.forEach(DemoThread::check);
            signals.words().removeIf(line -> {
                view.say(line);
                return true;
            });
            view.show(snapshots(), publisher.sent());
            if (publisher.tookNs() != 0) {
                endedAtNs = endedAtNs == 0 ? clock.nanoTime() : endedAtNs;
                if (clock.nanoTime() - endedAtNs > PATIENCE_NS) {
                    throw CommandException.failed("the subscribers have not reached the end of the epoch within 20 s");
                }
            }
        }
        threads.forEach(DemoThread::check);
    }

    /** Ends what still runs and waits for it: drivers remove their directories. */
    private void stop() {
        signals.cancel();
        long deadlineNs = clock.nanoTime() + PATIENCE_NS;
        while (threads.stream().anyMatch(DemoThread::isAlive) && clock.nanoTime() - deadlineNs < 0) {
            Thread.onSpinWait();
        }
    }

    private void checkCorruption() {
        if (plan.corrupt() != 0 && !subscribers.get(1).wasCorrupted()) {
            throw CommandException.failed(
                    "--corrupt " + plan.corrupt() + ": the source has fewer adds; take a lower one");
        }
    }

    private DemoResult compare(DemoPublisher publisher, DemoPlace place) {
        ItchSource again = ItchSource.of(plan);
        Comparison comparison;
        try (Progress progress = Progress.standard("books straight from the source", "messages")) {
            comparison = new Comparison(again, done -> progress.update(done, again.total()));
        }
        List<String> differences = new ArrayList<>();
        for (DemoSubscriber subscriber : subscribers) {
            String difference = comparison.firstDifference(subscriber);
            if (difference != null) {
                differences.add(difference);
            }
        }
        return new DemoResult(
                plan, place.topology(), publisher.sent(), publisher.tookNs(), subscribers, comparison, differences);
    }

    private List<SubscriberSnapshot> snapshots() {
        return subscribers.stream().map(DemoSubscriber::snapshot).toList();
    }

    private static HeliographContext context(DemoPlace place) {
        return new HeliographContext()
                .topology(place.topology())
                .host(DemoPlace.HOST)
                .driver(DriverChoice.embedded())
                .stateDirectory(place.state());
    }
}

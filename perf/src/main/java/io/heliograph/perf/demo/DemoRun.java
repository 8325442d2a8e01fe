// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.demo;

import io.heliograph.engine.cli.CommandException;
import io.heliograph.engine.cli.Interruption;
import io.heliograph.engine.cli.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.SystemNanoClock;
import org.jspecify.annotations.Nullable;

/**
 * One run of the demo: starts the engines of two sites, publisher and subscribers, watches them, and compares the books of both sites
 * with the source's.
 *
 * <p><b>Thread:</b> the main thread.
 *
 * <p><b>Failure:</b> {@link CommandException} for what keeps it from running; unequal books, and a bridge that did not do what it
 * should, are a {@link DemoResult}.
 */
public final class DemoRun {
    private static final long LOOK_NS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long SHOW_NS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(60);

    private final NanoClock clock = SystemNanoClock.INSTANCE;
    private final DemoPlan plan;
    private final LiveView view;
    private final Interruption interruption;

    private DemoRun(DemoPlan plan, LiveView view, Interruption interruption) {
        this.plan = plan;
        this.view = view;
        this.interruption = interruption;
    }

    /**
     * Runs it.
     *
     * @param plan what to do.
     * @param view that shows it.
     * @param interruption that may end it.
     * @return what came out; null when it was interrupted.
     */
    public static @Nullable DemoResult run(DemoPlan plan, LiveView view, Interruption interruption) {
        ItchSource.check(plan);
        DemoRun run = new DemoRun(plan, view, interruption);
        try (DemoPlace place = DemoPlace.take();
                AsideWords aside = new AsideWords(DemoPlace.words(place.state()))) {
            try {
                DemoResult result = run.run(place);
                if (result != null && !result.isBridgeGood()) {
                    aside.show();
                }
                return result;
            } catch (RuntimeException failed) {
                aside.show();
                throw failed;
            }
        }
    }

    private @Nullable DemoResult run(DemoPlace place) {
        ItchSource source = ItchSource.of(plan);
        view.begin(plan, source.total());
        DemoCast cast = new DemoCast(plan, source, place);
        try (cast) {
            watch(cast);
        }
        view.end(cast);
        if (interruption.isRequested()) {
            return null;
        }
        checkCorruption(cast);
        return compare(cast, place);
    }

    private void watch(DemoCast cast) {
        DemoPublisher publisher = cast.publisher();
        long endedAtNs = 0;
        long showAtNs = clock.nanoTime();
        while (cast.play() && !interruption.await(LOOK_NS)) {
            long nowNs = clock.nanoTime();
            cast.words(view::say);
            if (nowNs - showAtNs >= 0) {
                showAtNs = nowNs + SHOW_NS;
                view.show(cast);
            }
            if (publisher.tookNs() != 0) {
                endedAtNs = endedAtNs == 0 ? nowNs : endedAtNs;
                if (nowNs - endedAtNs > PATIENCE_NS) {
                    throw CommandException.failed("the subscribers have not reached the end of the epoch within 60 s");
                }
            }
        }
        cast.words(view::say);
    }

    private void checkCorruption(DemoCast cast) {
        if (plan.corrupt() != 0 && !cast.wasCorrupted()) {
            throw CommandException.failed(
                    "--corrupt " + plan.corrupt() + ": the source has fewer adds; take a lower one");
        }
    }

    private DemoResult compare(DemoCast cast, DemoPlace place) {
        long sent = cast.publisher().sent();
        Comparison comparison;
        try (Progress progress = Progress.standard("books straight from the source", "messages")) {
            comparison = new Comparison(plan, sent, done -> progress.update(done, sent));
        }
        List<String> differences = new ArrayList<>();
        List<SubscriberEnd> ends = cast.ends();
        for (SubscriberEnd subscriber : ends) {
            String difference = comparison.firstDifference(subscriber);
            if (difference != null) {
                differences.add(difference);
            }
        }
        return new DemoResult(plan, place.topology(), cast, ends, comparison, differences);
    }
}

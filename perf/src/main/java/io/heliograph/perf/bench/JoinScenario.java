// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.bench;

import io.heliograph.perf.bench.control.ControlLine;
import io.heliograph.perf.bench.report.Row;
import io.heliograph.perf.bench.report.Series;
import io.heliograph.perf.bench.report.Target;
import java.util.List;
import java.util.Locale;

/**
 * How fast a late joiner comes from 10 million messages behind to live, from the journal of its host, while 200,000 messages/s keep
 * coming.
 *
 * <p><b>Thread:</b> one owner: the thread that runs the benchmark.
 */
public final class JoinScenario implements Scenario {
    private static final long BEHIND = 10_000_000;
    private static final long BEHIND_QUICK = 3_000_000;
    private static final long RATE = 200_000;
    private static final int LENGTH = 36;

    /** A publisher that was later than this did not keep its rate. */
    private static final double LATE_NS = 1e9;

    /** Made by the catalogue. */
    public JoinScenario() {}

    @Override
    public String name() {
        return "join";
    }

    @Override
    public String summary() {
        return "a late joiner from 10 million messages behind to live, with 200,000/s going on: messages/s from the journal";
    }

    @Override
    public List<Row> run(BenchRun run) {
        Series joiner = new Series("late-joiner");
        ControlLine settings = new ControlLine("open")
                .with("role", "join")
                .with("directory", run.lab().directory().resolve("join"))
                .with("behind", run.isQuick() ? BEHIND_QUICK : BEHIND)
                .with("rate", RATE)
                .with("length", LENGTH);
        run.untilInterrupted(() -> {
            try (SoloProcess process = new SoloProcess(run, "late joiner", settings)) {
                for (int number = 0; number <= run.rounds(); number++) {
                    ControlLine done = process.round(new ControlLine("run"));
                    run.say(run.roundName(number) + ": " + words(done));
                    if (number > 0) {
                        joiner.add(SoloProcess.perSecond(done));
                        joiner.fault(done.number("faults") == 0 ? "" : done.number("faults") + " breaks of the order");
                        joiner.fault(done.number("lagNs") < LATE_NS ? "" : "the publisher did not keep its rate");
                    }
                }
            }
        });
        return List.of(joiner.row("late join", "catch-up", "messages/s", joiner).withTarget(Target.valueAtLeast(5e6)));
    }

    private static String words(ControlLine done) {
        double ns = done.number("ns");
        return String.format(
                Locale.ROOT,
                "late join, %,d messages in %.2f s: %.2f M/s; shares of a core: joiner %.2f, recovery %.2f, journal %.2f,"
                        + " publisher %.2f, others %.2f; recovery allocated %,d bytes, off the heap %,d bytes more;"
                        + " publisher late by %.0f ms at most",
                done.number("messages"),
                ns / 1e9,
                done.number("messages") * 1e3 / ns,
                done.number("joinerCpuNs") / ns,
                done.number("recoveryCpuNs") / ns,
                done.number("journalCpuNs") / ns,
                done.number("publisherCpuNs") / ns,
                done.number("othersCpuNs") / ns,
                done.number("allocated"),
                done.number("direct"),
                done.number("lagNs") / 1e6);
    }
}

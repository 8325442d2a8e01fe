// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.bench;

import io.heliograph.perf.bench.control.ControlLine;
import io.heliograph.perf.bench.report.Latencies;
import io.heliograph.perf.bench.report.Row;
import io.heliograph.perf.bench.report.Target;
import io.heliograph.perf.bench.subject.Subjects;
import io.heliograph.perf.bench.subject.Threads;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/**
 * Time from a message's intended leaving to its handler, open loop at a fixed rate, one message a packet, one line.
 *
 * <p>The p99 of a whole round is the scheduler's, so it is judged as the median of the p99s of 100 ms windows in which no
 * spinning thread stood still; the longest pause stands beside it.
 *
 * <p><b>Thread:</b> one owner: the thread that runs the benchmark.
 */
public final class LatencyScenario implements Scenario {
    private static final int LENGTH = 36;
    private static final int NIC_MTU = 1_500;
    private static final long[] RATES = {10_000, 100_000};

    @Override
    public String name() {
        return "latency";
    }

    @Override
    public String summary() {
        return "ns from intended leaving to handler at 10,000 and 100,000 messages/s of " + LENGTH
                + " bytes, one a packet, one line";
    }

    @Override
    public List<Row> run(BenchRun run) {
        List<Row> rows = new ArrayList<>();
        for (Threads threads : run.threads()) {
            if (threads != Threads.SHARED_NETWORK) {
                for (long rate : RATES) {
                    rows.addAll(measure(run, threads, rate));
                }
            }
        }
        return rows;
    }

    private List<Row> measure(BenchRun run, Threads threads, long rate) {
        String scenario = String.format(
                Locale.ROOT, "latency %s %s rate=%d", threads.label(), run.lab().network(), rate);
        long warmup = rate * run.warmupMs() / 1_000;
        ControlLine round = new ControlLine("run")
                .with("length", LENGTH)
                .with("rate", rate)
                .with("warmup", warmup)
                .with("total", warmup + rate * run.measureMs() / 1_000);
        ControlLine settings = new ControlLine("open")
                .withAll(run.lab().places(1, NIC_MTU))
                .with("threads", threads.label())
                .with("flow", "min");
        LatencyFigures figures = new LatencyFigures(scenario, Subjects.AERON, Subjects.HELIOGRAPH);
        Contest contest = Contest.againstAeron(
                run, scenario, new ControlLine("open").withAll(settings), new ControlLine("open").withAll(settings));
        for (Contest.Pairing pairing :
                contest.hold("paced", round, run.warmupMs() + run.measureMs(), LatencyScenario::percentiles)) {
            figures.take(pairing, run.latencies());
        }
        return figures.rows(Target.ratioAtMost(1.06), Target.ratioAtMost(1.20), Target.ratioAtMost(1.25));
    }

    static String percentiles(Reading reading) {
        Histogram all = Latencies.decode(reading.received().text("histogram"));
        CleanWindows windows = CleanWindows.of(reading);
        return String.format(
                Locale.ROOT,
                "p50 %.1f p90 %.1f p99 %.1f us (pause %.1f ms, %d of %d windows without)",
                all.getValueAtPercentile(50) / 1e3,
                all.getValueAtPercentile(90) / 1e3,
                all.getValueAtPercentile(99) / 1e3,
                windows.longestPauseNs() / 1e6,
                windows.p99sNs().size(),
                windows.windows());
    }
}

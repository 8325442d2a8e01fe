// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.bench;

import io.heliograph.perf.bench.control.ControlLine;
import io.heliograph.perf.bench.report.Row;
import io.heliograph.perf.bench.report.Series;
import io.heliograph.perf.bench.report.Target;
import io.heliograph.perf.bench.subject.Subjects;
import io.heliograph.perf.bench.subject.Threads;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * What a journal costs a stream that it keeps, in shared memory, by spies on the publisher's host: the latency at fixed rates, one
 * message a packet; and at full rate the CPU time per message of the publisher's and the subscriber's thread, with the
 * journal's own beside.
 *
 * <p><b>Thread:</b> one owner: the thread that runs the benchmark.
 */
public final class JournaledScenario implements Scenario {
    private static final int LENGTH = 36;
    private static final int NIC_MTU = 1_500;
    private static final long[] RATES = {10_000, 100_000};
    private static final String OFF = "journal-off";
    private static final String ON = "journal-on";

    private final boolean isLatency;

    private JournaledScenario(boolean isLatency) {
        this.isLatency = isLatency;
    }

    /**
     * The latency.
     *
     * @return the scenario.
     */
    public static JournaledScenario latency() {
        return new JournaledScenario(true);
    }

    /**
     * The CPU time at full rate.
     *
     * @return the scenario.
     */
    public static JournaledScenario cpu() {
        return new JournaledScenario(false);
    }

    @Override
    public String name() {
        return isLatency ? "journaled-latency" : "journaled-cpu";
    }

    @Override
    public String summary() {
        return "a stream with a journal against the same without: "
                + (isLatency ? "latency at 10,000 and 100,000 messages/s" : "CPU time per message at full rate");
    }

    @Override
    public List<Row> run(BenchRun run) {
        List<Row> rows = new ArrayList<>();
        for (Threads threads : run.threads()) {
            if (threads != Threads.SHARED_NETWORK) {
                for (long rate : isLatency ? RATES : new long[0]) {
                    rows.addAll(latency(run, threads, rate));
                }
                rows.addAll(isLatency ? List.of() : cpu(run, threads));
            }
        }
        return rows;
    }

    private static List<Row> latency(BenchRun run, Threads threads, long rate) {
        String scenario = String.format(
                Locale.ROOT,
                "journaled-latency %s %s rate=%d",
                threads.label(),
                run.lab().network(),
                rate);
        long warmup = rate * run.warmupMs() / 1_000;
        ControlLine round = new ControlLine("run")
                .with("length", LENGTH)
                .with("rate", rate)
                .with("warmup", warmup)
                .with("total", warmup + rate * run.measureMs() / 1_000);
        LatencyFigures figures = new LatencyFigures(scenario, OFF, ON);
        for (Contest.Pairing pairing : contest(run, scenario, settings(run, threads))
                .hold("paced", round, run.warmupMs() + run.measureMs(), LatencyScenario::percentiles)) {
            figures.take(pairing, run.latencies());
        }
        // With drivers of three threads each on two cores the journal takes what they need.
        boolean isCrowded = threads == Threads.DEDICATED && Runtime.getRuntime().availableProcessors() <= 2;
        return figures.rows(Target.ratioAtMost(isCrowded ? 1.10 : 1.05), null, null);
    }

    private static List<Row> cpu(BenchRun run, Threads threads) {
        String scenario = "journaled-cpu " + threads.label() + " " + run.lab().network();
        ControlLine round = new ControlLine("run")
                .with("length", LENGTH)
                .with("warmupMs", run.warmupMs())
                .with("measureMs", run.measureMs());
        Series[] publisher = {new Series(OFF), new Series(ON)};
        Series[] subscriber = {new Series(OFF), new Series(ON)};
        Series journal = new Series(ON);
        for (Contest.Pairing pairing : contest(
                        run, scenario, settings(run, threads).with("idle", "park"))
                .hold("flat-out", round, run.warmupMs() + run.measureMs(), JournaledScenario::words)) {
            Reading[] readings = {pairing.baseline(), pairing.subject()};
            for (int i = 0; i < readings.length; i++) {
                add(publisher[i], readings[i], JournaledScenario::publisherNs);
                add(subscriber[i], readings[i], JournaledScenario::subscriberNs);
            }
            add(journal, pairing.subject(), JournaledScenario::journalNs);
        }
        Target within = Target.ratioAtMost(1.05);
        return List.of(
                publisher[0].row(scenario, "publisher's thread", "ns/message", publisher[0]),
                publisher[1]
                        .row(scenario, "publisher's thread", "ns/message", publisher[0])
                        .withTarget(within),
                subscriber[0].row(scenario, "subscriber's thread", "ns/message", subscriber[0]),
                subscriber[1]
                        .row(scenario, "subscriber's thread", "ns/message", subscriber[0])
                        .withTarget(within),
                journal.row(scenario, "journal's threads", "ns/message", journal));
    }

    private static void add(Series series, Reading reading, ToDoubleFunction<Reading> figure) {
        series.add(figure.applyAsDouble(reading));
        long breaks = reading.received().number("breaks");
        series.fault(breaks == 0 ? "" : "the order broke " + breaks + " times");
    }

    private static Contest contest(BenchRun run, String scenario, ControlLine settings) {
        ControlLine off = new ControlLine("open").withAll(settings).with("subject", Subjects.HELIOGRAPH);
        ControlLine on = new ControlLine("open").withAll(off).with("journal", 1);
        return new Contest(run, scenario, new Contest.Entrant(OFF, off), new Contest.Entrant(ON, on));
    }

    private static ControlLine settings(BenchRun run, Threads threads) {
        return new ControlLine("open")
                .withAll(run.lab().places(1, NIC_MTU))
                .with("threads", threads.label())
                .with("flow", "min");
    }

    private static double publisherNs(Reading reading) {
        return reading.sent().decimal("cpuNs") / reading.sent().number("sent");
    }

    private static double subscriberNs(Reading reading) {
        return reading.received().decimal("cpuNs") / reading.received().number("messages");
    }

    private static double journalNs(Reading reading) {
        return reading.sent().decimal("journalCpuNs") / reading.sent().number("journaled");
    }

    private static String words(Reading reading) {
        return String.format(
                Locale.ROOT,
                "%.2f M/s, publisher %.0f, subscriber %.0f ns a message",
                reading.received().number("messages") * 1e3 / reading.received().number("ns"),
                publisherNs(reading),
                subscriberNs(reading));
    }
}

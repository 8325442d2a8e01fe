// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.bench;

import io.heliograph.perf.bench.control.ControlLine;
import io.heliograph.perf.bench.report.Latencies;
import io.heliograph.perf.bench.report.Row;
import io.heliograph.perf.bench.report.Series;
import io.heliograph.perf.bench.subject.Subjects;
import io.heliograph.perf.bench.subject.Threads;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/**
 * Two lines that lose packets independently of each other: is it better to open all but the last without NAK, or all with
 * it? Open loop, one message a packet; the loss is the receiving driver's.
 *
 * <p><b>Thread:</b> one owner: the thread that runs the benchmark.
 */
public final class LinesScenario implements Scenario {
    private static final String LAST_NAK = "last-line-nak";
    private static final String ALL_NAK = "all-lines-nak";
    private static final double[] LOSSES = {0.001, 0.01};
    private static final long RATE = 20_000;
    private static final int LENGTH = 36;
    private static final int NIC_MTU = 1_500;
    private static final long SEED = 20_260_101;

    @Override
    public String name() {
        return "lines";
    }

    @Override
    public String summary() {
        return "two lines losing 0.1 % and 1 % each, at " + RATE + " messages/s: NAK on the last line only, or on both";
    }

    @Override
    public List<Row> run(BenchRun run) {
        List<Row> rows = new ArrayList<>();
        for (double loss : LOSSES) {
            rows.addAll(measure(run, loss));
        }
        return rows;
    }

    private List<Row> measure(BenchRun run, double loss) {
        String scenario = String.format(
                Locale.ROOT, "lines invoked %s rate=%d loss=%.1f%%", run.lab().network(), RATE, loss * 100);
        long warmup = RATE * run.warmupMs() / 1_000;
        ControlLine round = new ControlLine("run")
                .with("length", LENGTH)
                .with("rate", RATE)
                .with("warmup", warmup)
                .with("total", warmup + RATE * run.measureMs() / 1_000);
        Figures all = new Figures(ALL_NAK);
        Figures last = new Figures(LAST_NAK);
        Contest contest = new Contest(
                run,
                scenario,
                new Contest.Entrant(ALL_NAK, settings(run, loss, "all")),
                new Contest.Entrant(LAST_NAK, settings(run, loss, "design")));
        for (Contest.Pairing pairing :
                contest.hold("paced", round, run.warmupMs() + run.measureMs(), LinesScenario::words)) {
            all.take(pairing.baseline());
            last.take(pairing.subject());
        }
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < Figures.METRICS.size(); i++) {
            rows.add(all.row(scenario, i, all));
            rows.add(last.row(scenario, i, all));
        }
        return rows;
    }

    private static ControlLine settings(BenchRun run, double loss, String nak) {
        return new ControlLine("open")
                .withAll(run.lab().places(2, NIC_MTU))
                .with("subject", Subjects.HELIOGRAPH)
                .with("threads", Threads.INVOKED.label())
                .with("flow", "max")
                .with("nak", nak)
                .with("loss", loss)
                .with("seed", SEED);
    }

    private static String words(Reading reading) {
        Histogram histogram = Latencies.decode(reading.received().text("histogram"));
        return String.format(
                Locale.ROOT,
                "p50 %.1f p99 %.1f us, %d NAKs",
                histogram.getValueAtPercentile(50) / 1e3,
                histogram.getValueAtPercentile(99) / 1e3,
                reading.received().number("naks"));
    }

    /** One policy's series, a metric each. */
    private static final class Figures {
        private static final List<String> METRICS =
                List.of("p50", "p99", "p99.9", "messages repaired", "NAKs sent", "packets sent");
        private static final List<String> UNITS = List.of("ns", "ns", "ns", "messages", "NAKs", "packets");

        private final List<Series> series;

        Figures(String policy) {
            series = METRICS.stream().map(metric -> new Series(policy)).toList();
        }

        void take(Reading reading) {
            Histogram histogram = Latencies.decode(reading.received().text("histogram"));
            series.get(0).add(histogram.getValueAtPercentile(50));
            series.get(1).add(histogram.getValueAtPercentile(99));
            series.get(2).add(histogram.getValueAtPercentile(99.9));
            series.get(3).add(reading.received().number("recovered"));
            series.get(4).add(reading.received().number("naks"));
            series.get(5).add(reading.sent().number("packets"));
            long lost = reading.received().number("missing");
            boolean isOnTime = Boolean.parseBoolean(reading.sent().text("onTime"));
            for (Series one : series) {
                one.fault(lost == 0 ? "" : lost + " messages were lost");
                one.fault(isOnTime ? "" : "the rate was not held");
            }
        }

        Row row(String scenario, int metric, Figures baseline) {
            return series.get(metric)
                    .row(scenario, METRICS.get(metric), UNITS.get(metric), baseline.series.get(metric));
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.bench;

import io.heliograph.perf.bench.control.ControlLine;
import io.heliograph.perf.bench.report.Latencies;
import io.heliograph.perf.bench.report.Row;
import io.heliograph.perf.bench.report.Series;
import io.heliograph.perf.bench.report.Target;
import io.heliograph.perf.bench.subject.Subjects;
import io.heliograph.perf.bench.subject.Threads;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.HdrHistogram.Histogram;
import org.agrona.CloseHelper;
import org.jspecify.annotations.Nullable;

/**
 * 64 streams in one process at the total rate of one: on one carrier, and with a publication each, once as Aeron receives by
 * itself (through a selector from six sockets on) and once with every socket read in turn. Bare Aeron beside it, with one
 * publication and with as many, says what of that is the transport's. One line, one message a packet, open loop; the streams take
 * turns, message by message.
 *
 * <p><b>Thread:</b> one owner: the thread that runs the benchmark.
 */
public final class StreamsScenario implements Scenario {
    private static final int STREAMS = 64;
    private static final long RATE = 10_000;
    private static final int LENGTH = 36;
    private static final int NIC_MTU = 1_500;

    /** Up to so many sockets a driver reads each of them in turn; with more it asks a selector which of them has something. */
    private static final String THRESHOLD = "-Dorg.agrona.transport.iteration.threshold=";

    private static final List<String> SELECTED = List.of(THRESHOLD + "5");
    private static final List<String> ITERATED = List.of(THRESHOLD + "256");

    private static final double[] PERCENTILES = {50, 90, 99};

    /**
     * What is measured.
     *
     * @param name for rows and directories.
     * @param subject Heliograph, or the transport alone.
     * @param streams at the same total rate.
     * @param isCarried on one carrier.
     * @param options of its processes' JVMs.
     * @param p50 what its median is to reach.
     */
    private record Entrant(
            String name,
            String subject,
            int streams,
            boolean isCarried,
            List<String> options,
            @Nullable Target p50) {}

    private static final List<Entrant> ENTRANTS = List.of(
            new Entrant("one-stream", Subjects.STREAMS, 1, false, List.of(), null),
            new Entrant("carrier", Subjects.STREAMS, STREAMS, true, List.of(), Target.ratioAtMost(1.3)),
            new Entrant("publications-selected", Subjects.STREAMS, STREAMS, false, SELECTED, Target.ratioAtMost(2)),
            new Entrant("publications-iterated", Subjects.STREAMS, STREAMS, false, ITERATED, null),
            new Entrant("aeron-one", Subjects.AERON, 1, false, List.of(), null),
            new Entrant("aeron-selected", Subjects.AERON, STREAMS, false, SELECTED, null),
            new Entrant("aeron-iterated", Subjects.AERON, STREAMS, false, ITERATED, null));

    @Override
    public String name() {
        return "streams";
    }

    @Override
    public String summary() {
        return STREAMS + " streams at the total rate of one, " + RATE
                + " messages/s: on one carrier, and with a publication each; ratio of p50";
    }

    @Override
    public List<Row> run(BenchRun run) {
        List<Row> rows = new ArrayList<>();
        for (Threads threads : run.threads()) {
            if (threads != Threads.SHARED_NETWORK) {
                rows.addAll(measure(run, threads));
            }
        }
        return rows;
    }

    private static List<Row> measure(BenchRun run, Threads threads) {
        String scenario = String.format(
                Locale.ROOT, "streams %s %s rate=%d", threads.label(), run.lab().network(), RATE);
        List<Figures> figures =
                ENTRANTS.stream().map(entrant -> new Figures(entrant.name())).toList();
        run.untilInterrupted(() -> hold(run, threads, scenario, figures));
        List<Row> rows = new ArrayList<>();
        for (int percentile = 0; percentile < PERCENTILES.length; percentile++) {
            for (int i = 0; i < ENTRANTS.size(); i++) {
                Row row = figures.get(i).row(scenario, percentile, figures.get(0));
                rows.add(percentile == 0 ? row.withTarget(ENTRANTS.get(i).p50()) : row);
            }
        }
        return rows;
    }

    /** Interleaved rounds; another one is first each time, and the first round warms up. */
    private static void hold(BenchRun run, Threads threads, String scenario, List<Figures> figures) {
        long warmup = RATE * run.warmupMs() / 1_000;
        ControlLine round = new ControlLine("run")
                .with("length", LENGTH)
                .with("rate", RATE)
                .with("warmup", warmup)
                .with("total", warmup + RATE * run.measureMs() / 1_000);
        List<SubjectPair> pairs = new ArrayList<>();
        try {
            for (Entrant entrant : ENTRANTS) {
                pairs.add(new SubjectPair(run, entrant.name(), settings(run, threads, entrant), entrant.options()));
            }
            for (int number = 0; number <= run.rounds(); number++) {
                for (int turn = 0; turn < pairs.size(); turn++) {
                    int i = (turn + number) % pairs.size();
                    Reading reading = pairs.get(i).round("paced", round, run.warmupMs() + run.measureMs());
                    Histogram histogram = Latencies.decode(reading.received().text("histogram"));
                    run.say(String.format(
                            Locale.ROOT,
                            "%s, %s: %s p50 %.1f p90 %.1f p99 %.1f us",
                            scenario,
                            run.roundName(number),
                            ENTRANTS.get(i).name(),
                            histogram.getValueAtPercentile(50) / 1e3,
                            histogram.getValueAtPercentile(90) / 1e3,
                            histogram.getValueAtPercentile(99) / 1e3));
                    if (number > 0) {
                        figures.get(i).take(reading, histogram);
                        run.latencies().add(scenario, ENTRANTS.get(i).name(), histogram);
                    }
                }
            }
        } finally {
            CloseHelper.closeAll(pairs);
        }
    }

    private static ControlLine settings(BenchRun run, Threads threads, Entrant entrant) {
        return new ControlLine("open")
                .withAll(run.lab().places(1, NIC_MTU))
                .with("subject", entrant.subject())
                .with("threads", threads.label())
                .with("flow", "min")
                .with("streams", entrant.streams())
                .with("carried", entrant.isCarried() ? 1 : 0);
    }

    /** One entrant's series, a percentile each. */
    private static final class Figures {
        private final List<Series> series = new ArrayList<>();

        Figures(String name) {
            for (int i = 0; i < PERCENTILES.length; i++) {
                series.add(new Series(name));
            }
        }

        void take(Reading reading, Histogram histogram) {
            boolean isOnTime = Boolean.parseBoolean(reading.sent().text("onTime"));
            long missing = reading.received().number("missing");
            for (int i = 0; i < PERCENTILES.length; i++) {
                series.get(i).add(histogram.getValueAtPercentile(PERCENTILES[i]));
                series.get(i).fault(isOnTime ? "" : "the rate was not held");
                series.get(i).fault(missing == 0 ? "" : missing + " messages did not come");
            }
        }

        Row row(String scenario, int percentile, Figures baseline) {
            String metric = String.format(Locale.ROOT, "p%.0f", PERCENTILES[percentile]);
            return series.get(percentile).row(scenario, metric, "ns", baseline.series.get(percentile));
        }
    }
}

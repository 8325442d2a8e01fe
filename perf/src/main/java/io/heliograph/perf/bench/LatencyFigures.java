// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.bench;

import io.heliograph.perf.bench.report.Latencies;
import io.heliograph.perf.bench.report.Row;
import io.heliograph.perf.bench.report.Series;
import io.heliograph.perf.bench.report.Target;
import io.heliograph.perf.bench.subject.Subjects;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * The percentiles of both subjects, round by round.
 *
 * <p><b>Thread:</b> one owner.
 */
final class LatencyFigures {
    private final String scenario;
    private final Percentiles aeron = new Percentiles(Subjects.AERON);
    private final Percentiles heliograph = new Percentiles(Subjects.HELIOGRAPH);

    LatencyFigures(String scenario) {
        this.scenario = scenario;
    }

    void take(Contest.Pairing pairing, Latencies latencies, int fewestWindows) {
        CleanWindows aeronWindows = CleanWindows.of(pairing.aeron());
        CleanWindows heliographWindows = CleanWindows.of(pairing.heliograph());
        boolean areJudged = Math.min(
                        aeronWindows.p99sNs().size(), heliographWindows.p99sNs().size())
                >= fewestWindows;
        latencies.add(scenario, Subjects.AERON, aeron.take(pairing.aeron(), aeronWindows, areJudged));
        latencies.add(
                scenario, Subjects.HELIOGRAPH, heliograph.take(pairing.heliograph(), heliographWindows, areJudged));
    }

    List<Row> rows(Target p50, Target p90, Target p99Clean) {
        return List.of(
                aeron.p50.row(scenario, "p50", "ns", aeron.p50),
                heliograph.p50.row(scenario, "p50", "ns", aeron.p50).withTarget(p50),
                aeron.p90.row(scenario, "p90", "ns", aeron.p90),
                heliograph.p90.row(scenario, "p90", "ns", aeron.p90).withTarget(p90),
                aeron.p99.row(scenario, "p99", "ns", aeron.p99),
                heliograph.p99.row(scenario, "p99", "ns", aeron.p99),
                aeron.p99Clean.row(scenario, "p99 of windows without a pause", "ns", aeron.p99Clean),
                heliograph
                        .p99Clean
                        .row(scenario, "p99 of windows without a pause", "ns", aeron.p99Clean)
                        .withTarget(p99Clean),
                aeron.pause.row(scenario, "longest pause", "ns", aeron.pause),
                heliograph.pause.row(scenario, "longest pause", "ns", aeron.pause));
    }

    /** One subject's series. */
    private static final class Percentiles {
        private final Series p50;
        private final Series p90;
        private final Series p99;
        private final Series p99Clean;
        private final Series pause;
        private final List<Series> all;

        Percentiles(String subject) {
            p50 = new Series(subject);
            p90 = new Series(subject);
            p99 = new Series(subject);
            p99Clean = new Series(subject);
            pause = new Series(subject);
            all = List.of(p50, p90, p99, p99Clean, pause);
        }

        Histogram take(Reading reading, CleanWindows windows, boolean areWindowsJudged) {
            Histogram round = Latencies.decode(reading.received().text("histogram"));
            p50.add(round.getValueAtPercentile(50));
            p90.add(round.getValueAtPercentile(90));
            p99.add(round.getValueAtPercentile(99));
            pause.add(windows.longestPauseNs());
            if (areWindowsJudged) {
                p99Clean.add(windows.medianNs());
            }
            all.forEach(series -> faults(reading, series));
            return round;
        }

        private static void faults(Reading reading, Series series) {
            boolean isOnTime = Boolean.parseBoolean(reading.sent().text("onTime"));
            long missing = reading.received().number("missing");
            series.fault(isOnTime ? null : "the rate was not held");
            series.fault(missing == 0 ? null : missing + " messages did not come");
        }
    }
}

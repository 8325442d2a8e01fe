// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.bench;

import io.heliograph.perf.bench.report.Latencies;
import io.heliograph.perf.bench.report.Row;
import io.heliograph.perf.bench.report.Series;
import io.heliograph.perf.bench.report.Target;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * The percentiles of both subjects, round by round.
 *
 * <p><b>Thread:</b> one owner.
 */
final class LatencyFigures {
    /** Fewer windows say nothing about a tail. */
    private static final int FEWEST_WINDOWS = 3;

    private final String scenario;
    private final Percentiles baseline;
    private final Percentiles subject;

    LatencyFigures(String scenario, String baselineName, String subjectName) {
        this.scenario = scenario;
        this.baseline = new Percentiles(baselineName);
        this.subject = new Percentiles(subjectName);
    }

    void take(Contest.Pairing pairing, Latencies latencies) {
        CleanWindows baselineWindows = CleanWindows.of(pairing.baseline());
        CleanWindows subjectWindows = CleanWindows.of(pairing.subject());
        boolean areJudged = Math.min(
                        baselineWindows.p99sNs().size(), subjectWindows.p99sNs().size())
                >= FEWEST_WINDOWS;
        latencies.add(scenario, baseline.subject, baseline.take(pairing.baseline(), baselineWindows, areJudged));
        latencies.add(scenario, subject.subject, subject.take(pairing.subject(), subjectWindows, areJudged));
    }

    List<Row> rows(Target p50, @Nullable Target p90, @Nullable Target p99Clean) {
        baseline.judge();
        subject.judge();
        return List.of(
                baseline.p50.row(scenario, "p50", "ns", baseline.p50),
                subject.p50.row(scenario, "p50", "ns", baseline.p50).withTarget(p50),
                baseline.p90.row(scenario, "p90", "ns", baseline.p90),
                subject.p90.row(scenario, "p90", "ns", baseline.p90).withTarget(p90),
                baseline.p99.row(scenario, "p99", "ns", baseline.p99),
                subject.p99.row(scenario, "p99", "ns", baseline.p99),
                baseline.p99Clean.row(scenario, "p99 of windows without a pause", "ns", baseline.p99Clean),
                subject.p99Clean
                        .row(scenario, "p99 of windows without a pause", "ns", baseline.p99Clean)
                        .withTarget(p99Clean),
                baseline.pause.row(scenario, "longest pause", "ns", baseline.pause),
                subject.pause.row(scenario, "longest pause", "ns", baseline.pause));
    }

    /** One subject's series. */
    private static final class Percentiles {
        private final String subject;
        private final Series p50;
        private final Series p90;
        private final Series p99;
        private final Series p99Clean;
        private final Series pause;
        private final List<Series> all;

        Percentiles(String subject) {
            this.subject = subject;
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

        void judge() {
            p99Clean.fault(p99Clean.isEmpty() ? "no round had " + FEWEST_WINDOWS + " windows without a pause" : "");
        }

        private static void faults(Reading reading, Series series) {
            boolean isOnTime = Boolean.parseBoolean(reading.sent().text("onTime"));
            long missing = reading.received().number("missing");
            series.fault(isOnTime ? "" : "the rate was not held");
            series.fault(missing == 0 ? "" : missing + " messages did not come");
        }
    }
}

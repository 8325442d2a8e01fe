// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.bench;

import io.heliograph.perf.bench.recovery.LostPacket;
import io.heliograph.perf.bench.recovery.LostTimes;
import io.heliograph.perf.bench.report.Row;
import io.heliograph.perf.bench.report.Series;
import io.heliograph.perf.bench.report.Target;
import io.heliograph.perf.bench.subject.Subjects;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/**
 * One packet lost on the only line, without NAK: the time from its sending until the handler has it out of a journal, the host's own
 * and another host's, in mid-stream and at the end of a burst.
 *
 * <p><b>Thread:</b> one owner: the thread that runs the benchmark.
 */
public final class LostScenario implements Scenario {
    private static final double MOST_P50_NS = 3e6;
    private static final double MOST_P90_NS = 10e6;

    /** The first round, which does not count, is this much longer: what nobody has lost before was never run. */
    private static final int WARM_UP = 5;

    private static final int BURSTS = 300;
    private static final int QUICK_BURSTS = 100;

    /** Made by the catalogue. */
    public LostScenario() {}

    @Override
    public String name() {
        return "lost";
    }

    @Override
    public String summary() {
        return "one packet lost on the only line: how long until it is delivered out of the host's own journal, or another host's";
    }

    @Override
    public List<Row> run(BenchRun run) {
        List<Row> rows = new ArrayList<>();
        rows.addAll(measure(run, "own journal", true));
        rows.addAll(measure(run, "another host's journal", false));
        return rows;
    }

    private static List<Row> measure(BenchRun run, String from, boolean isOwn) {
        Figures middle = new Figures("lost, " + from);
        Figures last = new Figures("lost at the end, " + from);
        int bursts = run.isQuick() ? QUICK_BURSTS : BURSTS;
        Path directory = made(run.lab().directory().resolve(isOwn ? "lost-own" : "lost-other"));
        run.untilInterrupted(() -> {
            try (LostPacket site = LostPacket.open(directory, isOwn)) {
                for (int number = 0; number <= run.rounds(); number++) {
                    LostTimes times = site.run(number == 0 ? WARM_UP * bursts : bursts);
                    run.say(String.format(
                            Locale.ROOT,
                            "%s, %s: p50, p90 in mid-stream %s, at the end of a burst %s",
                            from,
                            run.roundName(number),
                            words(times.middle()),
                            words(times.last())));
                    if (number > 0) {
                        middle.add(times.middle());
                        last.add(times.last());
                    }
                }
            }
        });
        List<Row> rows = new ArrayList<>(middle.rows());
        rows.addAll(last.rows());
        return rows;
    }

    private static String words(Histogram times) {
        return String.format(
                Locale.ROOT,
                "%.2f, %.2f ms",
                times.getValueAtPercentile(50) / 1e6,
                times.getValueAtPercentile(90) / 1e6);
    }

    private static Path made(Path directory) {
        try {
            return Files.createDirectories(directory);
        } catch (IOException refused) {
            throw new UncheckedIOException("cannot make " + directory, refused);
        }
    }

    /** The percentiles of one way, a round each. */
    private static final class Figures {
        private final String scenario;
        private final Series half = new Series(Subjects.HELIOGRAPH);
        private final Series most = new Series(Subjects.HELIOGRAPH);

        Figures(String scenario) {
            this.scenario = scenario;
        }

        void add(Histogram round) {
            half.add(round.getValueAtPercentile(50));
            most.add(round.getValueAtPercentile(90));
        }

        List<Row> rows() {
            return List.of(
                    half.row(scenario, "p50", "ns", half).withTarget(Target.valueAtMost(MOST_P50_NS)),
                    most.row(scenario, "p90", "ns", most).withTarget(Target.valueAtMost(MOST_P90_NS)));
        }
    }
}

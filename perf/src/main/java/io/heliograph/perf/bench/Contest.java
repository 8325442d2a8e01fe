// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.bench;

import io.heliograph.perf.bench.control.ControlLine;
import io.heliograph.perf.bench.subject.Subjects;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Two subjects in interleaved rounds, in turns first: what disturbs the machine for a while disturbs both. The first round
 * of each warms its processes up and is not kept.
 *
 * <p><b>Thread:</b> one owner: the thread that runs the benchmark.
 */
final class Contest {
    /**
     * A round's readings, or all of them in order.
     *
     * @param baseline what the baseline did.
     * @param subject what the subject did.
     */
    record Pairing(Reading baseline, Reading subject) {}

    /**
     * Who takes part.
     *
     * @param name for progress and directories: letters, digits, dashes.
     * @param settings of its {@code open}.
     */
    record Entrant(String name, ControlLine settings) {}

    private final BenchRun run;
    private final String scenario;
    private final Entrant baseline;
    private final Entrant subject;

    /**
     * Prepares.
     *
     * @param run the benchmark.
     * @param scenario for progress.
     * @param baseline what it is measured against.
     * @param subject what is measured.
     */
    Contest(BenchRun run, String scenario, Entrant baseline, Entrant subject) {
        this.run = run;
        this.scenario = scenario;
        this.baseline = baseline;
        this.subject = subject;
    }

    /** Bare Aeron as the baseline of Heliograph. */
    static Contest againstAeron(BenchRun run, String scenario, ControlLine aeron, ControlLine heliograph) {
        return new Contest(
                run,
                scenario,
                new Entrant(Subjects.AERON, aeron.with("subject", Subjects.AERON)),
                new Entrant(Subjects.HELIOGRAPH, heliograph.with("subject", Subjects.HELIOGRAPH)));
    }

    /**
     * Runs all rounds, or as many as an interruption leaves.
     *
     * @param kind {@code flat-out} or {@code paced}.
     * @param round settings of each round.
     * @param atMostMs how long one may take.
     * @param figure of a reading, in words for progress.
     * @return the rounds that count and were finished.
     */
    List<Pairing> hold(String kind, ControlLine round, long atMostMs, Function<Reading, String> figure) {
        List<Pairing> pairings = new ArrayList<>();
        run.untilInterrupted(() -> {
            try (SubjectPair first = new SubjectPair(run, baseline.name(), baseline.settings());
                    SubjectPair second = new SubjectPair(run, subject.name(), subject.settings())) {
                for (int number = 0; number <= run.rounds(); number++) {
                    Pairing pairing = number % 2 == 0
                            ? pair(first.round(kind, round, atMostMs), second.round(kind, round, atMostMs))
                            : swapped(second.round(kind, round, atMostMs), first.round(kind, round, atMostMs));
                    say(number, pairing, figure);
                    if (number > 0) {
                        pairings.add(pairing);
                    }
                }
            }
        });
        return pairings;
    }

    private void say(int number, Pairing pairing, Function<Reading, String> figure) {
        run.say(String.format(
                "%s, %s: %s %s, %s %s",
                scenario,
                run.roundName(number),
                baseline.name(),
                figure.apply(pairing.baseline()),
                subject.name(),
                figure.apply(pairing.subject())));
    }

    private static Pairing pair(Reading baseline, Reading subject) {
        return new Pairing(baseline, subject);
    }

    private static Pairing swapped(Reading subject, Reading baseline) {
        return new Pairing(baseline, subject);
    }
}

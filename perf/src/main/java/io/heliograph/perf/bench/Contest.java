// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.bench;

import io.heliograph.perf.bench.control.ControlLine;
import io.heliograph.perf.bench.subject.Subjects;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
     * @param aeron what bare Aeron did.
     * @param heliograph what Heliograph did.
     */
    record Pairing(Reading aeron, Reading heliograph) {}

    private final BenchRun run;
    private final String scenario;
    private final ControlLine aeronSettings;
    private final ControlLine heliographSettings;

    /**
     * Prepares.
     *
     * @param run the benchmark.
     * @param scenario for progress.
     * @param aeronSettings of the baseline's {@code open}.
     * @param heliographSettings of the subject's {@code open}.
     */
    Contest(BenchRun run, String scenario, ControlLine aeronSettings, ControlLine heliographSettings) {
        this.run = run;
        this.scenario = scenario;
        this.aeronSettings = aeronSettings.with("subject", Subjects.AERON);
        this.heliographSettings = heliographSettings.with("subject", Subjects.HELIOGRAPH);
    }

    /**
     * Runs all rounds.
     *
     * @param kind {@code flat-out} or {@code paced}.
     * @param round settings of each round.
     * @param atMostMs how long one may take.
     * @param figure of a reading, in words for progress.
     * @return the rounds that count.
     */
    List<Pairing> hold(String kind, ControlLine round, long atMostMs, Function<Reading, String> figure) {
        List<Pairing> pairings = new ArrayList<>();
        try (SubjectPair aeron = new SubjectPair(run, "aeron", aeronSettings);
                SubjectPair heliograph = new SubjectPair(run, "heliograph", heliographSettings)) {
            for (int number = 0; number <= run.rounds(); number++) {
                boolean isAeronFirst = number % 2 == 0;
                Reading first = (isAeronFirst ? aeron : heliograph).round(kind, round, atMostMs);
                Reading second = (isAeronFirst ? heliograph : aeron).round(kind, round, atMostMs);
                Pairing pairing = isAeronFirst ? new Pairing(first, second) : new Pairing(second, first);
                run.say(String.format(
                        Locale.ROOT,
                        "%s, %s: aeron %s, heliograph %s",
                        scenario,
                        number == 0 ? "warm-up" : "round " + number + " of " + run.rounds(),
                        figure.apply(pairing.aeron()),
                        figure.apply(pairing.heliograph())));
                if (number > 0) {
                    pairings.add(pairing);
                }
            }
        }
        return pairings;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.bench;

import io.heliograph.engine.cli.CommandException;
import io.heliograph.perf.bench.lab.Lab;
import io.heliograph.perf.bench.report.Latencies;
import io.heliograph.perf.bench.subject.Threads;
import java.io.PrintStream;
import java.util.List;

/**
 * What all scenarios of a run share: the place, how long and how often, where progress goes.
 *
 * <p><b>Thread:</b> one owner: the thread that runs the benchmark.
 *
 * @param lab where the processes run.
 * @param rounds measured of each subject; one more before them is not.
 * @param isQuick true for short rounds: to see that it works, not to quote.
 * @param threads the drivers' threads to measure with.
 * @param progress takes a line a round.
 * @param latencies collects histograms for the drawing.
 */
public record BenchRun(
        Lab lab, int rounds, boolean isQuick, List<Threads> threads, PrintStream progress, Latencies latencies) {
    long warmupMs() {
        return isQuick ? 500 : 1_000;
    }

    long measureMs() {
        return isQuick ? 1_000 : 3_000;
    }

    /**
     * Runs a scenario's rounds; where the benchmark is interrupted they end early, and what was measured until then stands.
     *
     * @param rounds measures and keeps what each finished round gave.
     */
    void untilInterrupted(Runnable rounds) {
        if (lab.isInterrupted()) {
            return;
        }
        try {
            rounds.run();
        } catch (CommandException failed) {
            // A signal ends the processes too, and the first to know of it may be whoever waits for one of them.
            if (!lab.awaitInterruption()) {
                throw failed;
            }
        }
    }

    /** A round's name for progress; number 0 warms up. */
    String roundName(int number) {
        return number == 0 ? "warm-up" : "round " + number + " of " + rounds;
    }

    void say(String line) {
        progress.println(line);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.bench;

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

    void say(String line) {
        progress.println(line);
    }
}

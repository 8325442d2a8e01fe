// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.bench;

import io.heliograph.perf.bench.report.Row;
import java.util.List;

/**
 * A benchmark that can be asked for by name.
 *
 * <p><b>Thread:</b> one owner: the thread that runs the benchmark.
 */
public interface Scenario {
    /**
     * What it is asked for by.
     *
     * @return one lower-case word.
     */
    String name();

    /**
     * What it measures.
     *
     * @return one line for {@code --help}.
     */
    String summary();

    /**
     * Measures.
     *
     * @param run settings, place and progress.
     * @return the rows, the baseline's before the subject's.
     */
    List<Row> run(BenchRun run);
}

// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.bench.node;

import io.heliograph.perf.bench.control.ControlLine;

/**
 * What a benchmark's process does between {@code open} and {@code close}.
 *
 * <p><b>Thread:</b> one owner: the process's main thread.
 */
interface NodeWork extends AutoCloseable {
    /**
     * One measured round.
     *
     * @param settings of the round.
     * @param stop ends it early.
     * @return {@code done} with what was measured.
     */
    ControlLine run(ControlLine settings, StopSignal stop);

    @Override
    void close();
}

// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.bench;

import io.heliograph.perf.bench.control.ControlLine;
import io.heliograph.perf.bench.lab.NodeProcess;
import java.util.List;

/**
 * One process of a subject that needs no network, opened once for all its rounds.
 *
 * <p><b>Thread:</b> one owner: the thread that runs the benchmark.
 */
final class SoloProcess implements AutoCloseable {
    private static final long PATIENCE_MS = 120_000;

    private final NodeProcess process;

    SoloProcess(BenchRun run, String label, ControlLine settings) {
        process = run.lab().startSending(label, List.of());
        process.tell(new ControlLine("open").withAll(settings));
        process.await("opened", PATIENCE_MS);
    }

    ControlLine round(ControlLine round) {
        process.tell(round);
        return process.await("done", PATIENCE_MS);
    }

    static double perSecond(ControlLine done) {
        return done.number("messages") * 1e9 / done.number("ns");
    }

    @Override
    public void close() {
        process.close();
    }
}

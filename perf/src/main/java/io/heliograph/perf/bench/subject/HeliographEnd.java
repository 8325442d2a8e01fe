// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.bench.subject;

import io.heliograph.engine.DriverChoice;
import io.heliograph.engine.Heliograph;
import io.heliograph.engine.HeliographContext;
import io.heliograph.engine.media.ThreadedDriver;
import io.heliograph.perf.bench.control.ControlLine;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A connected Heliograph with its driver: embedded, or with threads in this process and found by its directory.
 *
 * <p><b>Thread:</b> one owner.
 */
final class HeliographEnd implements AutoCloseable {
    private final @Nullable ThreadedDriver threaded;
    private final Heliograph heliograph;

    HeliographEnd(ControlLine settings, String host) {
        HeliographContext context = new HeliographContext()
                .topology(BenchTopology.of(settings).topology())
                .host(host)
                .stateDirectory(Path.of(settings.text("stateDirectory")));
        if (Threads.of(settings.text("threads")) == Threads.INVOKED) {
            threaded = null;
            context.driver(DriverChoice.embedded()).driverContext(BenchDriver.context(settings));
        } else {
            threaded = BenchDriver.launch(settings);
            context.driver(DriverChoice.directory(BenchDriver.directory(settings)));
        }
        heliograph = Heliograph.connect(context);
    }

    Heliograph heliograph() {
        return heliograph;
    }

    @Override
    public void close() {
        heliograph.close();
        if (threaded != null) {
            threaded.close();
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.bench.subject;

import io.aeron.Aeron;
import io.heliograph.engine.media.Driver;
import io.heliograph.engine.media.EmbeddedDriver;
import io.heliograph.perf.bench.control.ControlLine;
import org.agrona.concurrent.AgentInvoker;
import org.jspecify.annotations.Nullable;

/**
 * A bare Aeron client with its driver, threaded as Heliograph threads its own: with an embedded driver the driver and the
 * client's conductor are invoked, else both have threads.
 *
 * <p><b>Thread:</b> one owner.
 */
final class BareClient implements AutoCloseable {
    private final Driver driver;
    private final Aeron aeron;
    private final @Nullable AgentInvoker conductor;

    BareClient(ControlLine settings) {
        boolean isInvoked = Threads.of(settings.text("threads")) == Threads.INVOKED;
        driver = isInvoked ? EmbeddedDriver.launch(BenchDriver.context(settings)) : BenchDriver.launch(settings);
        Aeron.Context context =
                new Aeron.Context().aeronDirectoryName(driver.directory()).useConductorAgentInvoker(isInvoked);
        if (isInvoked) {
            context.driverAgentInvoker(driver.invoker());
        }
        aeron = Aeron.connect(context);
        conductor = isInvoked ? aeron.conductorAgentInvoker() : null;
    }

    Aeron aeron() {
        return aeron;
    }

    /** The share of the driver and of the client's conductor, where they are invoked. */
    int doWork() {
        int work = driver.doWork();
        return conductor == null ? work : work + conductor.invoke();
    }

    @Override
    public void close() {
        aeron.close();
        driver.close();
    }
}

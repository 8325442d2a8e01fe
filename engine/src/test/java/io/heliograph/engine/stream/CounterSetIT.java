// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

import static io.heliograph.engine.testkit.Awaiting.awaiting;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeron.Aeron;
import io.heliograph.engine.base.CounterDescriptor;
import io.heliograph.engine.base.PublicationDescriptor;
import io.heliograph.engine.media.EmbeddedDriver;
import org.agrona.concurrent.status.CountersReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Counters of a driver that answers when it is let: asking for them must not stand in the way of a publishing thread. */
@Timeout(60)
final class CounterSetIT {
    private static final CounterDescriptor DESCRIPTOR = PublicationDescriptor.PUBLICATION_MESSAGES;
    private static final long SECOND_NS = 1_000_000_000L;

    @Test
    void shouldNotWaitForTheDriverWhenCountersAreTaken() {
        try (EmbeddedDriver driver = EmbeddedDriver.launch();
                Aeron client = Aeron.connect(new Aeron.Context()
                        .aeronDirectoryName(driver.directory())
                        .useConductorAgentInvoker(true))) {
            long startNs = System.nanoTime();
            CounterSet counters = CounterSet.ofStream(() -> client, "itch", DESCRIPTOR);
            counters.take();
            counters.set(0, 41);
            assertTrue(System.nanoTime() - startNs < SECOND_NS, "nothing is waited for");

            awaiting(
                    "the counter",
                    () -> {
                        driver.doWork();
                        client.conductorAgentInvoker().invoke();
                        counters.take();
                        counters.set(0, 42);
                    },
                    () -> value(client.countersReader()) == 42);

            counters.close();
            awaiting("its end", driver::doWork, () -> value(client.countersReader()) == -1);
            assertEquals(-1, value(client.countersReader()));
        }
    }

    private static long value(CountersReader counters) {
        long[] found = {-1};
        counters.forEach((value, id, label) -> {
            if (label.equals(DESCRIPTOR.labelOf("itch"))) {
                found[0] = value;
            }
        });
        return found[0];
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine;

import static io.heliograph.engine.testkit.Awaiting.awaiting;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.engine.base.HostClock;
import io.heliograph.engine.stream.MessageHeader;
import io.heliograph.engine.stream.StreamListener;
import io.heliograph.engine.stream.StreamPublication;
import io.heliograph.engine.stream.StreamSubscription;
import io.heliograph.engine.testkit.LoopbackTopology;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.SystemEpochNanoClock;
import org.agrona.concurrent.SystemNanoClock;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** Latencies by clocks that were made one by one, as in processes of their own. */
final class WallClockIT {
    private static final int CLOCKS = 8;
    private static final int MESSAGES = 200;

    private final List<EpochNanoClock> clocks = new ArrayList<>();
    private final long[][] latenciesNs = new long[CLOCKS][MESSAGES];
    private int received;

    @Test
    void shouldMeasureLatenciesThatAreNeverNegativeByAnyClockOfTheHost() {
        for (int i = 0; i < CLOCKS; i++) {
            clocks.add(clock());
        }
        HeliographContext context = new HeliographContext()
                .topology(LoopbackTopology.with("flow=\"min\""))
                .host("host1")
                .driver(DriverChoice.embedded())
                .wallClock(clock());

        try (Heliograph heliograph = Heliograph.connect(context);
                StreamSubscription subscription = heliograph.addSubscription("itch", StreamListener.NONE);
                StreamPublication publication = heliograph.addPublication("itch")) {
            awaiting("both ends", () -> cycle(heliograph, subscription), publication::isFullyConnected);
            UnsafeBuffer message = new UnsafeBuffer(new byte[36]);
            for (int i = 0; i < MESSAGES; i++) {
                int next = i;
                assertTrue(publication.offer(message, 0, 36) > 0);
                publication.flush();
                awaiting("message " + i, () -> cycle(heliograph, subscription), () -> received > next);
            }
        }

        for (long[] latencyNs : latenciesNs) {
            Arrays.sort(latencyNs);
            assertAll(
                    () -> assertTrue(latencyNs[0] > 0, "least " + latencyNs[0] + " ns"),
                    () -> assertTrue(latencyNs[MESSAGES / 2] < TimeUnit.MILLISECONDS.toNanos(500)));
        }
        long[] medians = Arrays.stream(latenciesNs)
                .mapToLong(latencyNs -> latencyNs[MESSAGES / 2])
                .sorted()
                .toArray();
        assertTrue(medians[CLOCKS - 1] - medians[0] < 10_000, "medians by clock: " + Arrays.toString(medians));
    }

    @Test
    void shouldBeOneClockInAProcess() {
        assertSame(HostClock.INSTANCE, new HeliographContext().wallClock());
        assertSame(new HeliographContext().wallClock(), new HeliographContext().wallClock());
    }

    private static EpochNanoClock clock() {
        return new HostClock(SystemNanoClock.INSTANCE, SystemEpochNanoClock.INSTANCE);
    }

    private void cycle(Heliograph heliograph, StreamSubscription subscription) {
        heliograph.doWork();
        subscription.poll((buffer, offset, length, header) -> measure(header), 64);
    }

    private void measure(MessageHeader header) {
        assertEquals(received + 1, header.sequence());
        for (int i = 0; i < CLOCKS; i++) {
            latenciesNs[i][received] = clocks.get(i).nanoTime() - header.sentEpochNs();
        }
        received++;
    }
}

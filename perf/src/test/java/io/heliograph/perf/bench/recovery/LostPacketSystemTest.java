// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.bench.recovery;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code bench lost} measures is there: packets are lost, and come back out of either journal. */
@Tag("full")
final class LostPacketSystemTest {
    private static final int BURSTS = 40;
    private static final long FAR_TOO_LATE_NS = TimeUnit.MILLISECONDS.toNanos(500);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldLoseOnePacketOfEachBurstAndHaveItBack(boolean isOwn) throws Exception {
        try (LostPacket site = LostPacket.open(Files.createDirectories(folder.resolve("site")), isOwn)) {
            LostTimes times = site.run(BURSTS);

            assertTrue(times.count() >= BURSTS, "came back: " + times.count());
            assertTrue(times.middle().getTotalCount() > 0, "in mid-stream");
            // Only a heartbeat shows it, a millisecond after.
            assertTrue(
                    times.last().getMinValue() > TimeUnit.MICROSECONDS.toNanos(900),
                    "at the end: " + times.last().getMinValue());
            assertTrue(
                    times.middle().getValueAtPercentile(50) < FAR_TOO_LATE_NS,
                    "p50 " + times.middle().getValueAtPercentile(50));
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeron.Aeron;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DriverCountersIT {
    private static final int TEN_PROCESSES_OF_64_STREAMS = 10 * (3_072 + 300);

    @TempDir
    private Path folder;

    @Test
    void shouldHaveRoomForTheCountersOfTenProcessesThatSubscribeToManyStreams() {
        try (ThreadedDriver driver = ThreadedDriver.launch(folder.resolve("driver"), new DriverContext());
                Aeron client = Aeron.connect(new Aeron.Context().aeronDirectoryName(driver.directory()))) {
            int counters = client.countersReader().maxCounterId() + 1;

            assertEquals(DriverContext.COUNTERS, counters);
            assertTrue(counters > TEN_PROCESSES_OF_64_STREAMS);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.media;

import static io.heliograph.engine.testkit.Awaiting.awaiting;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DirectoryOccupancyIT {
    private static final long PID = ProcessHandle.current().pid();

    @TempDir
    private Path folder;

    @Test
    void shouldSeeTheDriverAndTheEngineForAsLongAsTheyAreThere() {
        Path directory = folder.resolve("driver");
        DirectoryOccupancy nobody = new DirectoryOccupancy(Optional.empty(), Optional.empty(), Optional.empty());
        assertEquals(nobody, DirectoryOccupancy.look(directory));

        EngineClaim claim = EngineClaim.take(directory);
        try (ThreadedDriver driver = ThreadedDriver.launch(directory, new DriverContext())) {
            awaiting(
                    "the first beat",
                    () -> DirectoryOccupancy.look(directory).living().isPresent());
            DirectoryOccupancy both = DirectoryOccupancy.look(directory);

            assertEquals(PID, both.living().orElseThrow().pid());
            assertTrue(both.driver().orElseThrow().startsWith("process " + PID), both::toString);
            assertTrue(both.engine().orElseThrow().startsWith("process " + PID), both::toString);
            assertTrue(driver.isAlive());
        } finally {
            claim.close();
        }
        assertEquals(nobody, DirectoryOccupancy.look(directory));
    }
}

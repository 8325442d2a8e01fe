// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.engine.testkit.RoleProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class InterruptionIT {
    @TempDir
    private Path folder;

    @Test
    void shouldEndOrderlyWith130WhenTerminated() {
        Path directory = folder.resolve("driver");
        try (RoleProcess driver = RoleProcess.start("driver", "--directory", directory.toString(), "--json")) {
            driver.awaitOut("\"started\"");

            assertEquals(130, driver.terminate());

            assertTrue(driver.out().get(1).contains("\"type\":\"summary\""), driver::toString);
            assertFalse(Files.exists(directory));
        }
    }

    @Test
    void shouldEndOrderlyWith130WhenCtrlCIsPressed() {
        Path directory = folder.resolve("driver");
        try (RoleProcess driver = RoleProcess.start("driver", "--directory", directory.toString())) {
            driver.awaitOut("driver: process");

            driver.interrupt();

            assertEquals(130, driver.awaitExit());
            assertFalse(Files.exists(directory));
        }
    }

    @Test
    void shouldLeaveCtrlCToTheEngineWhenTheDriverIsWatched() {
        Path directory = folder.resolve("driver");
        try (RoleProcess driver = RoleProcess.start("driver", "--directory", directory.toString(), "--watched")) {
            driver.awaitOut("driver: process");

            driver.interrupt();

            assertTrue(ProcessHandle.of(driver.pid()).isPresent());
            assertEquals(130, driver.terminate());
        }
    }

    @Test
    void shouldTellTheRoleAndItsExitCodeWhenRequested() {
        try (Interruption interruption = new Interruption()) {
            assertFalse(interruption.await(1));
            assertEquals(0, interruption.exitCode(0));

            interruption.request();

            assertTrue(interruption.isRequested());
            assertTrue(interruption.await(1));
            assertEquals(130, interruption.exitCode(0));
        }
    }
}

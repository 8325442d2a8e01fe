// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DirectoryLockTest {
    private static final long PID = ProcessHandle.current().pid();

    @TempDir
    private Path folder;

    @Test
    void shouldRefuseASecondTakerUntilTheFirstLetsGo() {
        Path file = folder.resolve("x.lock");
        DirectoryLock first = DirectoryLock.take(file).orElseThrow();

        assertTrue(DirectoryLock.take(file).isEmpty());
        assertEquals(PID, DirectoryLock.holder(file).orElseThrow().pid());
        assertFalse(DirectoryLock.isAbandoned(file, PID));

        first.close();
        first.close();
        assertTrue(DirectoryLock.holder(file).isEmpty());
        assertTrue(DirectoryLock.isAbandoned(file, PID));
        try (DirectoryLock second = DirectoryLock.take(file).orElseThrow()) {
            assertEquals(PID, second.previous().orElseThrow().pid());
        }
    }

    @Test
    void shouldKnowNobodyWhenTheFileIsNewOrStrange() throws IOException {
        Path file = folder.resolve("x.lock");
        assertTrue(DirectoryLock.holder(file).isEmpty());
        assertFalse(DirectoryLock.isAbandoned(file, PID));
        Files.writeString(file, "what is this");

        try (DirectoryLock lock = DirectoryLock.take(file).orElseThrow()) {
            assertTrue(lock.previous().isEmpty());
        }
    }

    @Test
    void shouldRefuseADirectoryThatIsNoDrivers() throws IOException {
        Path homework = Files.createDirectory(folder.resolve("homework"));
        Files.writeString(homework.resolve("essay.txt"), "precious");

        DriverException refusal = assertThrows(DriverException.class, () -> DriverDirectories.takeForDriver(homework));

        assertTrue(String.valueOf(refusal.getMessage()).contains("it holds essay.txt"), refusal::getMessage);
        assertTrue(Files.exists(homework.resolve("essay.txt")));
        assertFalse(Files.exists(DriverDirectories.driverLock(homework)));
    }

    @Test
    void shouldRemoveWhatADriverLeftBehindWhenNobodyHoldsIt() throws IOException {
        Path directory = Files.createDirectory(folder.resolve("left"));
        Files.createDirectory(directory.resolve("publications"));
        Files.writeString(directory.resolve("cnc.dat"), "torn");

        DriverDirectories.takeForDriver(directory).close();

        assertFalse(Files.exists(directory));
    }

    @Test
    void shouldSpellHostsOfOneTopologyApart() {
        assertEquals(
                "heliograph-" + System.getProperty("user.name") + "-a%2fb-host%c3%a9",
                DriverDirectories.of("a/b", "host\u00e9").getFileName().toString());
    }
}

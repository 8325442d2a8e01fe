// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every client of a driver that was killed looks whether it is, ten times a second. */
@Timeout(60)
final class DirectoryLockIT {
    private static final long DEAD = 999_999_999L;
    private static final int LOOKS = 20_000;

    @TempDir
    private Path folder;

    @Test
    void shouldNotTakeAnothersLookForAHolderWhenManyProcessesLook() throws Exception {
        Path file = Files.writeString(folder.resolve("driver.lock"), DEAD + " 2020-01-30T00:00:00Z\n");
        Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Looker.class.getName(),
                        file.toString())
                .redirectErrorStream(true)
                .start();
        try (BufferedReader said = other.inputReader()) {
            assertEquals("looking", said.readLine());

            assertEquals(0, mistakes(file));

            assertEquals("0", said.readLine());
            assertTrue(other.waitFor(30, TimeUnit.SECONDS), "the other ends");
        } finally {
            other.destroyForcibly();
        }
    }

    private static int mistakes(Path file) {
        int mistakes = 0;
        for (int i = 0; i < LOOKS; i++) {
            mistakes += DirectoryLock.isAbandoned(file, DEAD) ? 0 : 1;
        }
        return mistakes;
    }

    /** What runs in the other process. */
    static final class Looker {
        private Looker() {}

        public static void main(String[] args) {
            System.out.println("looking");
            System.out.println(mistakes(Path.of(args[0])));
        }
    }
}

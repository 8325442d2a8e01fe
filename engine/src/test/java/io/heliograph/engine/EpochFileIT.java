// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lock on a stream, looked at from a second process too: within one it says little. */
final class EpochFileIT {
    private static final long NOW_S = 1_000_000;

    @TempDir
    private Path folder;

    @Test
    void shouldKeepOtherProcessesAwayWhenAnotherPublicationOfThisOneWasRefused() throws Exception {
        Path file = folder.resolve("itch.epoch");
        try (EpochFile first = EpochFile.begin(file, "itch", NOW_S)) {
            HeliographException refused =
                    assertThrows(HeliographException.class, () -> EpochFile.begin(file, "itch", NOW_S));

            String published = "stream itch is published already on this host by process "
                    + ProcessHandle.current().pid();
            assertTrue(String.valueOf(refused.getMessage()).startsWith(published), refused::getMessage);
            String second = secondProcess(file);
            assertTrue(second.startsWith(published), second);
            assertEquals(NOW_S, first.epoch());
        }
        assertEquals("epoch " + (NOW_S + 1), secondProcess(file));
    }

    @Test
    void shouldBeginTheNextEpochWhenTheStreamIsPublishedAgain() {
        Path file = folder.resolve("again.epoch");
        EpochFile first = EpochFile.begin(file, "itch", NOW_S);
        first.close();
        first.close();

        try (EpochFile second = EpochFile.begin(file, "itch", NOW_S)) {
            assertEquals(NOW_S + 1, second.epoch());
        }
        try (EpochFile later = EpochFile.begin(file, "itch", NOW_S + 100)) {
            assertEquals(NOW_S + 100, later.epoch());
        }
    }

    private static String secondProcess(Path file) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Second.class.getName(),
                        file.toString())
                .redirectErrorStream(true)
                .start();
        assertTrue(process.waitFor(30, TimeUnit.SECONDS), "the second process ends");
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim();
    }

    /** What runs in the second process. */
    static final class Second {
        private Second() {}

        public static void main(String[] args) {
            try (EpochFile file = EpochFile.begin(Path.of(args[0]), "itch", NOW_S)) {
                System.out.println("epoch " + file.epoch());
            } catch (HeliographException refused) {
                System.out.println(refused.getMessage());
            }
        }
    }
}

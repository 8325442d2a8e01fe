// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.journal;

import static io.heliograph.engine.testkit.Awaiting.awaiting;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * kill -9 at any moment loses nothing that was appended, and the next appender goes on behind it.
 *
 * <p>5 rounds, or as many as {@code -Dheliograph.kills=N} says.
 */
@Tag("full")
final class JournalKillIT {
    @TempDir
    private Path directory;

    @Test
    void shouldHaveAllThatWasAppendedWhenTheAppenderIsKilled() throws Exception {
        int rounds = Integer.getInteger("heliograph.kills", 5);
        Random random = new Random(42);
        long last = 0;
        for (int round = 0; round < rounds; round++) {
            AtomicLong said = new AtomicLong(last);
            Process process = start();
            Thread listener = new Thread(() -> listen(process, said));
            listener.start();
            long enough = last + 1 + random.nextInt(3_000);
            awaiting("round " + round, () -> said.get() >= enough || !process.isAlive());

            assertEquals(
                    0,
                    new ProcessBuilder("kill", "-9", String.valueOf(process.pid()))
                            .start()
                            .waitFor());

            process.waitFor();
            listener.join();
            assertTrue(said.get() >= enough, "it appended until it was killed");
            last = verified(said.get(), round);
        }
    }

    /** Everything that was said to be appended is there, whole and in order. */
    private long verified(long said, int round) {
        StreamJournal journal = new StreamJournal(directory);
        try (JournalVerifier verifier = new JournalVerifier(journal)) {
            while (verifier.verify(1_000)) {}
            assertEquals("", verifier.firstBad(), "round " + round);
            assertEquals(0, verifier.lost(), "round " + round);
            assertTrue(verifier.messages() >= said, verifier.messages() + " of " + said + " in round " + round);
            try (JournalReader reader = journal.reader()) {
                assertEquals(verifier.messages(), reader.lastSequence());
                assertTrue(reader.seek(7, said));
            }
            return verifier.messages();
        }
    }

    private Process start() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "@"
                                + Path.of(System.getProperty("heliograph.root", ".."))
                                        .resolve(".mvn/jvm.flags"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        AppendingProgram.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static void listen(Process process, AtomicLong said) {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                // The last line may be cut: then it says less.
                if (line.matches("appended [0-9]+")) {
                    said.set(Math.max(said.get(), Long.parseLong(line.substring("appended ".length()))));
                }
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}

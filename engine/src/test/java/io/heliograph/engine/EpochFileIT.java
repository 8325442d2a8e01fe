// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
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
        try (EpochFile first = EpochFile.hold(file, "itch")) {
            HeliographException refused = assertThrows(HeliographException.class, () -> EpochFile.hold(file, "itch"));

            String published = "stream itch is published already on this host by process "
                    + ProcessHandle.current().pid();
            assertTrue(String.valueOf(refused.getMessage()).startsWith(published), refused::getMessage);
            String second = secondProcess(file);
            assertTrue(second.startsWith(published), second);
            first.begin(NOW_S, 42);
            first.onSend(1, 31);
        }
        assertEquals("Kept[epoch=1000000, next=31, sending=1, source=42, isEnded=false]", secondProcess(file));
    }

    @Test
    void shouldKeepThePlaceWhenTheStreamIsPublishedAgain() throws IOException {
        Path file = folder.resolve("again.epoch");
        EpochFile first = EpochFile.hold(file, "itch");
        assertEquals(new EpochFile.Kept(0, 0, 0, 0, false), first.kept());
        first.begin(NOW_S, 0);
        first.onSend(1, 10);
        first.onSend(10, 12);
        first.close();
        first.close();

        try (EpochFile second = EpochFile.hold(file, "itch")) {
            assertEquals(new EpochFile.Kept(NOW_S, 12, 10, 0, false), second.kept());
            second.onSend(5, 8);
        }
        try (EpochFile third = EpochFile.hold(file, "itch")) {
            assertEquals(new EpochFile.Kept(NOW_S, 12, 5, 0, false), third.kept(), "numbers that were used stay used");
            third.onEnd();
        }
        try (EpochFile fourth = EpochFile.hold(file, "itch")) {
            assertEquals(new EpochFile.Kept(NOW_S, 12, 5, 0, true), fourth.kept());
            fourth.begin(NOW_S + 1, 3);
            assertEquals(64, Files.size(file));
        }
        try (EpochFile fifth = EpochFile.hold(file, "itch")) {
            assertEquals(new EpochFile.Kept(NOW_S + 1, 1, 1, 3, false), fifth.kept());
        }
    }

    @Test
    void shouldTakeTheEpochAloneFromAFileOfAnEarlierVersion() throws IOException {
        Path file = folder.resolve("old.epoch");
        ByteBuffer old = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
        Files.write(file, old.putLong(NOW_S).putLong(4711).array());

        try (EpochFile held = EpochFile.hold(file, "itch")) {
            assertEquals(new EpochFile.Kept(NOW_S, 0, 0, 0, false), held.kept());
        }
    }

    @Test
    void shouldBelieveNothingOfAFileThatHasGarbage() throws IOException {
        Path file = folder.resolve("garbage.epoch");
        byte[] garbage = new byte[100];
        Arrays.fill(garbage, (byte) 0xA5);
        Files.write(file, garbage);

        try (EpochFile held = EpochFile.hold(file, "itch")) {
            assertEquals(new EpochFile.Kept(0, 0, 0, 0, false), held.kept());
        }
    }

    private static String secondProcess(Path file) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "@"
                                + Path.of(System.getProperty("heliograph.root", ".."))
                                        .resolve(".mvn/jvm.flags"),
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
            try (EpochFile file = EpochFile.hold(Path.of(args[0]), "itch")) {
                System.out.println(file.kept());
            } catch (HeliographException refused) {
                System.out.println(refused.getMessage());
            }
        }
    }
}

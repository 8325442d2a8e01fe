// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.journal;

import static io.heliograph.engine.journal.JournalFixture.STREAM;
import static io.heliograph.engine.testkit.Awaiting.awaiting;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.heliograph.engine.wire.PacketFlyweight;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.SleepingMillisIdleStrategy;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk of 700 MiB of its own (root only): full, and read-only. */
@Tag("full")
final class JournalDiskIT {
    private static final long BALLAST = 300L << 20;

    @TempDir
    private Path folder;

    private final List<String> warnings = new CopyOnWriteArrayList<>();
    private Path disk;
    private boolean isMounted;

    @BeforeEach
    void shouldHaveADisk() throws Exception {
        disk = Files.createDirectory(folder.resolve("disk"));
        isMounted = command("mount", "-t", "tmpfs", "-o", "size=700m", "tmpfs", disk.toString()) == 0;
        if (!isMounted) {
            System.err.println("SKIPPED: cannot mount a tmpfs: a disk that is full or read-only is not tested");
        }
        assumeTrue(isMounted);
    }

    @AfterEach
    void shouldGiveTheDiskBack() throws Exception {
        if (isMounted) {
            assertEquals(0, command("umount", "-l", disk.toString()));
        }
    }

    @Test
    void shouldStopBeforeTheDiskIsFullAndGoOnWithAGapWhenThereIsRoom() throws Exception {
        Path ballast = disk.resolve("ballast");
        byte[] block = new byte[1 << 20];
        try (RandomAccessFile file = new RandomAccessFile(ballast.toFile(), "rw")) {
            for (long written = 0; written < BALLAST; written += block.length) {
                file.write(block);
            }
        }
        JournalContext context = JournalContext.of(disk.resolve("itch"), "itch", STREAM);
        UnsafeBuffer packet = JournalFixture.direct(JournalFixture.data(7, 1, 30));
        try (JournalAppender appender = StreamJournal.appender(context, warnings::add);
                AgentRunner keeper = new AgentRunner(
                        new SleepingMillisIdleStrategy(1), Throwable::printStackTrace, null, appender.keeper())) {
            AgentRunner.startOnThread(keeper);
            long next = 1;
            while (append(appender, packet, next)) {
                next += 30;
            }
            assertTrue(free() > JournalContext.MIN_FREE_BYTES / 2, "free " + free());
            assertTrue(warnings.get(0).contains("STOPPED"), warnings.get(0));
            assertFalse(append(appender, packet, next), "still");

            Files.delete(ballast);
            awaiting("it goes on", () -> appender.stopped().isEmpty());
            assertTrue(append(appender, packet, next + 30));
            assertEquals(1, appender.gaps());
            awaiting("that it says so", () -> warnings.size() == 2);
        }

        try (JournalVerifier verifier = new JournalVerifier(new StreamJournal(disk.resolve("itch")))) {
            while (verifier.verify(10_000)) {}
            assertEquals("", verifier.firstBad());
            assertEquals(30, verifier.lost());
        }
    }

    @Test
    void shouldOpenOnADiskThatIsFullAndGoOnWhenThereIsRoom() throws Exception {
        JournalContext context = JournalContext.of(disk.resolve("itch"), "itch", STREAM);
        UnsafeBuffer packet = JournalFixture.direct(JournalFixture.data(7, 1, 30));
        try (JournalAppender before = StreamJournal.appender(context, warnings::add)) {
            assertTrue(append(before, packet, 1));
        }
        Path ballast = disk.resolve("ballast");
        fill(ballast);

        try (JournalAppender appender = StreamJournal.appender(context, warnings::add);
                JournalKeeper keeper = appender.keeper()) {
            assertTrue(appender.stopped().contains("STOPPED"), appender.stopped());
            assertFalse(append(appender, packet, 31));
            try (JournalReader reader = new StreamJournal(disk.resolve("itch")).reader()) {
                assertEquals(List.of("7:1-30"), JournalFixture.rest(reader));
            }

            Files.delete(ballast);
            assertEquals(1, keeper.watchSpace());
            assertTrue(append(appender, JournalFixture.direct(JournalFixture.data(7, 61, 90)), 61));
            try (JournalReader reader = new StreamJournal(disk.resolve("itch")).reader()) {
                assertEquals(List.of("7:1-30", "gap 7:31-60", "7:61-90"), JournalFixture.rest(reader));
            }
        }
    }

    @Test
    void shouldReadAReadOnlyJournalAndSayThatItCannotBeAppendedTo() throws Exception {
        JournalContext context =
                JournalContext.of(disk.resolve("itch"), "itch", STREAM).minFree(0);
        UnsafeBuffer packet = JournalFixture.direct(JournalFixture.data(7, 1, 30));
        try (JournalAppender appender = StreamJournal.appender(context, warnings::add)) {
            assertTrue(append(appender, packet, 1));
        }
        // A mapping that is given back a moment after its queue was closed keeps the disk busy.
        awaiting("a disk that can only be read", this::isReadOnly);

        JournalException refused =
                assertThrows(JournalException.class, () -> StreamJournal.appender(context, warnings::add));
        assertTrue(String.valueOf(refused.getMessage()).contains("is read-only for this user"), refused.getMessage());
        try (JournalReader reader = new StreamJournal(disk.resolve("itch")).reader()) {
            assertTrue(reader.seek(7, 17));
            assertEquals(List.of("7:1-30"), JournalFixture.rest(reader));
        }
    }

    /** To the last octet. */
    private static void fill(Path ballast) throws IOException {
        byte[] block = new byte[1 << 20];
        try (RandomAccessFile file = new RandomAccessFile(ballast.toFile(), "rw")) {
            while (true) {
                file.write(block);
            }
        } catch (IOException full) {
            assertTrue(String.valueOf(full.getMessage()).contains("No space left"), full.getMessage());
        }
    }

    private boolean isReadOnly() {
        try {
            return command("mount", "-o", "remount,ro", disk.toString()) == 0;
        } catch (IOException | InterruptedException failed) {
            throw new AssertionError(failed);
        }
    }

    private static boolean append(JournalAppender appender, UnsafeBuffer packet, long first) {
        PacketFlyweight.sequence(packet, 0, first);
        return appender.append(packet, 0, packet.capacity());
    }

    private long free() throws IOException {
        return Files.getFileStore(disk).getUsableSpace();
    }

    private static int command(String... words) throws IOException, InterruptedException {
        return new ProcessBuilder(words).inheritIO().start().waitFor();
    }
}

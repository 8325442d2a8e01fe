// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.journal;

import static io.heliograph.engine.journal.JournalFixture.HOUR_MS;
import static io.heliograph.engine.journal.JournalFixture.STREAM;
import static io.heliograph.engine.journal.JournalFixture.append;
import static io.heliograph.engine.journal.JournalFixture.data;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.engine.testkit.Packets;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JournalVerifierTest {
    @TempDir
    private Path directory;

    @Test
    void shouldFindASoundJournalSoundWhileItIsAppendedTo() {
        JournalFixture journal = new JournalFixture(directory);
        try (JournalAppender appender = journal.appender()) {
            range(journal, appender);
            append(appender, Packets.gap(STREAM, 7, 8201, 8210));
            append(appender, data(7, 8211, 8220));
            append(appender, Packets.seal(STREAM, 7, 8193, 8220, 0));
            append(appender, Packets.end(STREAM, 7, 8220));
            append(appender, data(9, 1, 5));
            append(appender, Packets.seal(STREAM, 9, 1, 5));

            try (JournalVerifier verifier = verified()) {
                assertEquals("", verifier.firstBad());
                assertEquals(8200 + 10 + 5, verifier.messages());
                assertEquals(10, verifier.lost());
                assertEquals(2, verifier.epochs());
                assertEquals(3, verifier.sealsChecked());
                assertEquals(1, verifier.sealsUnchecked(), "its range has a gap");
            }
        }
    }

    @Test
    void shouldNameTheFirstRecordWhoseCrcDiffers() throws IOException {
        JournalFixture journal = new JournalFixture(directory);
        try (JournalAppender appender = journal.appender()) {
            range(journal, appender);
        }
        Path file = Cycles.file(directory, Cycles.in(directory)[0]);
        flip(file, Packets.body(7, 1001));

        try (JournalVerifier verifier = verified()) {
            assertEquals("record 10 of " + file + " is damaged: its CRC-32C differs", verifier.firstBad());
            assertEquals(2, verifier.bad(), "and the numbering behind it");
            assertEquals(1, verifier.sealsUnchecked());
            assertEquals(1, verifier.sealsChecked());
        }
    }

    @Test
    void shouldNameASealThatDiffers() {
        JournalFixture journal = new JournalFixture(directory);
        try (JournalAppender appender = journal.appender()) {
            append(appender, data(7, 1, 10));
            append(appender, Packets.seal(STREAM, 7, 1, 10, 0x5E55101D));
        }

        try (JournalVerifier verifier = verified()) {
            assertEquals(1, verifier.sealMismatches());
            assertTrue(
                    verifier.firstBad().contains("the seal of messages 1 to 10 of epoch 7 differs"),
                    verifier.firstBad());
        }
    }

    @Test
    void shouldSeeThatACycleIsMissing() throws IOException {
        JournalFixture journal = new JournalFixture(directory);
        try (JournalAppender appender = journal.appender()) {
            for (int hour = 0; hour < 3; hour++) {
                append(appender, data(7, 10 * hour + 1, 10 * hour + 10));
                journal.nowMs += HOUR_MS;
            }
        }
        Files.delete(Cycles.file(directory, Cycles.in(directory)[1]));

        try (JournalVerifier verifier = verified()) {
            assertEquals(1, verifier.bad());
            assertTrue(verifier.firstBad().contains("message 21 of epoch 7 where 11 comes next"), verifier.firstBad());
        }
    }

    @Test
    void shouldTakeWhatRetentionHasLeft() throws IOException {
        JournalFixture journal = new JournalFixture(directory);
        try (JournalAppender appender = journal.appender()) {
            append(appender, data(7, 1, 10));
            journal.nowMs += HOUR_MS;
            append(appender, data(7, 11, 20));
        }
        Files.delete(Cycles.file(directory, Cycles.in(directory)[0]));

        try (JournalVerifier verifier = verified()) {
            assertEquals("", verifier.firstBad());
            assertEquals(10, verifier.messages());
        }
    }

    @Test
    void shouldSeeThatAFileWasCut() throws IOException {
        JournalFixture journal = new JournalFixture(directory);
        try (JournalAppender appender = journal.appender()) {
            range(journal, appender);
        }
        Path file = Cycles.file(directory, Cycles.in(directory)[0]);
        long at = positionOf(file, Packets.body(7, 4001));
        try (RandomAccessFile cut = new RandomAccessFile(file.toFile(), "rw")) {
            cut.setLength(at);
        }

        try (JournalVerifier verifier = verified()) {
            assertTrue(verifier.bad() > 0);
            assertTrue(verifier.firstBad().contains("the file was cut"), verifier.firstBad());
        }
    }

    /** Two sealed ranges, 100 messages a packet, and eight messages of the third. */
    private static void range(JournalFixture journal, JournalAppender appender) {
        for (int first = 1; first <= 8200; first += 100) {
            int last = Math.min(8200, first + 99);
            int range = first <= 4096 && last > 4096 ? 4096 : first <= 8192 && last > 8192 ? 8192 : 0;
            if (range == 0) {
                append(appender, data(7, first, last));
            } else {
                append(appender, data(7, first, range));
                append(appender, Packets.seal(STREAM, 7, range - 4095, range));
                append(appender, data(7, range + 1, last));
            }
            journal.nowMs += 1;
        }
    }

    private JournalVerifier verified() {
        JournalVerifier verifier = new JournalVerifier(new StreamJournal(directory));
        while (verifier.verify(100)) {}
        return verifier;
    }

    private static void flip(Path file, byte[] body) throws IOException {
        long at = positionOf(file, body) + 10;
        try (RandomAccessFile all = new RandomAccessFile(file.toFile(), "rw")) {
            all.seek(at);
            int was = all.read();
            all.seek(at);
            all.write(was ^ 0x10);
        }
    }

    private static long positionOf(Path file, byte[] body) throws IOException {
        byte[] start;
        try (RandomAccessFile all = new RandomAccessFile(file.toFile(), "r")) {
            start = new byte[(int) Math.min(all.length(), 1 << 20)];
            all.readFully(start);
        }
        for (int i = 0; i < start.length - body.length; i++) {
            if (Arrays.equals(start, i, i + body.length, body, 0, body.length)) {
                return i;
            }
        }
        throw new AssertionError("no such body in " + file);
    }
}

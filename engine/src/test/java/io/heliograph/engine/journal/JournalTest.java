// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.journal;

import static io.heliograph.engine.journal.JournalFixture.HOUR_MS;
import static io.heliograph.engine.journal.JournalFixture.STREAM;
import static io.heliograph.engine.journal.JournalFixture.append;
import static io.heliograph.engine.journal.JournalFixture.data;
import static io.heliograph.engine.journal.JournalFixture.fill;
import static io.heliograph.engine.journal.JournalFixture.rest;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.engine.testkit.Packets;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import net.openhft.posix.PosixAPI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JournalTest {
    @TempDir
    private Path directory;

    @Test
    void shouldHandOutWhatWasAppendedInOrder() {
        JournalFixture journal = new JournalFixture(directory);
        try (JournalAppender appender = journal.appender()) {
            append(appender, data(7, 1, 3));
            append(appender, data(7, 4, 4));
            append(appender, Packets.seal(STREAM, 7, 1, 4));
            append(appender, Packets.heartbeat(STREAM, 7, 5));
            append(appender, Packets.end(STREAM, 7, 4));

            try (JournalReader reader = journal.reader()) {
                assertEquals(List.of("7:1-3", "7:4-4", "seal 7:1-4", "end 7:4"), rest(reader));
                assertTrue(reader.isEnded());
                assertEquals(4, reader.lastSequence());
                assertEquals(7, reader.lastEpoch());
            }
        }
    }

    @Test
    void shouldMakeAGapOfWhatIsMissing() {
        JournalFixture journal = new JournalFixture(directory);
        try (JournalAppender appender = journal.appender()) {
            append(appender, data(7, 4, 5));
            append(appender, data(7, 9, 9));
            append(appender, Packets.gap(STREAM, 7, 9, 12));
            append(appender, Packets.end(STREAM, 7, 14));
            append(appender, data(9, 1, 1));
            append(appender, Packets.gap(STREAM, 9, 3, 4));

            try (JournalReader reader = journal.reader()) {
                assertEquals(
                        List.of(
                                "gap 7:1-3",
                                "7:4-5",
                                "gap 7:6-8",
                                "7:9-9",
                                "gap 7:10-12",
                                "gap 7:13-14",
                                "end 7:14",
                                "9:1-1",
                                "gap 9:2-4"),
                        rest(reader));
            }
            assertEquals(5, appender.gaps());
        }
    }

    @Test
    void shouldAppendOnlyWhatIsNew() {
        JournalFixture journal = new JournalFixture(directory);
        try (JournalAppender appender = journal.appender()) {
            append(appender, data(7, 1, 5));
            append(appender, data(7, 2, 4));
            append(appender, data(7, 4, 8));
            append(appender, Packets.seal(STREAM, 7, 1, 8));
            append(appender, Packets.seal(STREAM, 7, 1, 8));
            append(appender, Packets.seal(STREAM, 7, 1, 5));
            append(appender, data(6, 9, 9));
            append(appender, Packets.end(STREAM, 7, 8));
            append(appender, Packets.end(STREAM, 7, 8));
            append(appender, data(7, 9, 9));

            try (JournalReader reader = journal.reader()) {
                assertEquals(List.of("7:1-5", "7:6-8", "seal 7:1-8", "end 7:8"), rest(reader));
            }
        }
    }

    @Test
    void shouldRefuseAnotherStreamsPacket() {
        JournalFixture journal = new JournalFixture(directory);
        try (JournalAppender appender = journal.appender()) {
            assertThrows(IllegalArgumentException.class, () -> append(appender, Packets.data(1002, 7, 1, 1)));
        }
    }

    @Test
    void shouldFollowWhatIsAppendedAcrossCycles() {
        JournalFixture journal = new JournalFixture(directory);
        try (JournalAppender appender = journal.appender()) {
            append(appender, data(7, 1, 2));
            try (JournalReader reader = journal.reader()) {
                assertEquals(List.of("7:1-2"), rest(reader));
                for (int i = 0; i < 3; i++) {
                    // Hours without messages have no cycle.
                    journal.nowMs += 3 * HOUR_MS;
                    append(appender, data(7, 3 + i, 3 + i));
                    assertEquals(List.of("7:" + (3 + i) + "-" + (3 + i)), rest(reader));
                    assertEquals(3 + i, reader.lastSequence());
                }
                assertTrue(reader.seek(7, 1));
                assertEquals(List.of("7:1-2", "7:3-3", "7:4-4", "7:5-5"), rest(reader));
            }
        }
        assertEquals(4, Cycles.in(directory).length);
    }

    @Test
    void shouldStayInItsCycleWhenTheClockGoesBack() {
        JournalFixture journal = new JournalFixture(directory);
        try (JournalAppender appender = journal.appender()) {
            append(appender, data(7, 1, 2));
            journal.nowMs += HOUR_MS;
            append(appender, data(7, 3, 3));
            journal.nowMs -= 5 * HOUR_MS;
            append(appender, data(7, 4, 4));
        }
        try (JournalAppender again = journal.appender()) {
            append(again, data(7, 5, 5));
        }

        try (JournalReader reader = journal.reader()) {
            assertEquals(List.of("7:1-2", "7:3-3", "7:4-4", "7:5-5"), rest(reader));
        }
        assertEquals(3, Cycles.in(directory).length, "one for each hour, and one for the second appender");
        assertEquals(List.of(), journal.warnings);
    }

    @Test
    void shouldGoOnWhereItWasWhenItIsOpenedAgain() {
        JournalFixture journal = new JournalFixture(directory);
        try (JournalAppender appender = journal.appender()) {
            append(appender, data(7, 1, 100));
            append(appender, Packets.seal(STREAM, 7, 1, 100));
        }
        try (JournalAppender again = journal.appender()) {
            assertEquals(7, again.epoch());
            assertEquals(101, again.nextSequence());
            append(again, Packets.seal(STREAM, 7, 1, 100));
            append(again, data(7, 90, 110));
        }

        try (JournalReader reader = journal.reader()) {
            assertEquals(List.of("7:1-100", "seal 7:1-100", "7:101-110"), rest(reader));
        }
    }

    @Test
    void shouldHandOutInItsGapWhatCameTooLate() {
        JournalFixture journal = new JournalFixture(directory);
        try (JournalAppender appender = journal.appender()) {
            append(appender, data(7, 1, 3));
            append(appender, data(7, 20, 21));
            assertTrue(fill(appender, data(7, 3, 5)));
            assertTrue(fill(appender, data(7, 10, 12)));
            assertTrue(fill(appender, data(7, 11, 30)));
            assertFalse(fill(appender, data(7, 22, 23)), "not late: the journal has not come so far");

            try (JournalReader reader = journal.reader()) {
                assertEquals(List.of("7:1-3", "7:4-5", "gap 7:6-9", "7:10-12", "7:13-19", "7:20-21"), rest(reader));
                assertTrue(reader.seek(7, 11));
                assertEquals(List.of("7:11-12", "7:13-19", "7:20-21"), rest(reader));
            }
        }
    }

    @Test
    void shouldHandOutWhatCameTooLateOfAnEpochWithoutEnd() {
        JournalFixture journal = new JournalFixture(directory);
        try (JournalAppender appender = journal.appender()) {
            append(appender, data(7, 1, 3));
            append(appender, data(9, 1, 1));
            assertTrue(fill(appender, data(7, 5, 6)));

            try (JournalReader reader = journal.reader()) {
                assertEquals(List.of("7:1-3", "gap 7:4-4", "7:5-6", "9:1-1"), rest(reader));
            }
        }
    }

    @Test
    void shouldFindATimeAlsoWhenThePublishersClockJumped() {
        JournalFixture journal = new JournalFixture(directory);
        try (JournalAppender appender = journal.appender()) {
            append(appender, data(7, 1, 1, 1000));
            append(appender, data(7, 2, 2, 9000));
            append(appender, data(7, 3, 3, 2000));
            append(appender, data(7, 4, 4, 9500));

            try (JournalReader reader = journal.reader()) {
                assertTrue(reader.seekTime(1500));
                assertEquals(2, reader.nextSequence());
                assertTrue(reader.seekTime(9001));
                assertEquals(List.of("7:4-4"), rest(reader));
                assertFalse(reader.seekTime(9501));
                append(appender, data(7, 5, 5, 9600));
                assertEquals(List.of("7:5-5"), rest(reader));
            }
        }
    }

    /** A reader that looks between a cycle's first record and its first place finds later ones by places all the same. */
    @Test
    void shouldFindByPlacesInACycleThatWasLookedIntoBeforeItsFirstPlace() throws IOException {
        JournalFixture journal = new JournalFixture(directory);
        try (JournalAppender appender = journal.appender();
                PlaceIndex index = new PlaceIndex(directory, new CycleList(directory))) {
            append(appender, data(7, 1, 1));
            Path places = Cycles.places(directory, Cycles.in(directory)[0]);
            Path hidden = Files.move(places, directory.resolve("hidden"));
            assertTrue(index.findSequence(7, 1));
            Files.move(hidden, places);
            for (int i = 2; i <= 1_000; i++) {
                append(appender, data(7, i, i));
            }

            assertTrue(index.findSequence(7, 970));
            assertEquals(960, index.record());
        }
    }

    /** Of few places and of many, near and far, by sequence and by time: the same as if each were looked at. */
    @Test
    void shouldFindTheLastPlaceThatIsNotBehind() {
        Random random = new Random(7);
        for (int round = 0; round < 60; round++) {
            Places places = Places.inMemory(directory, 1);
            PlaceSearch search = new PlaceSearch();
            long[] sequences = new long[1 + random.nextInt(300)];
            long[] times = new long[sequences.length];
            long epoch = 5;
            for (int i = 0; i < sequences.length; i++) {
                boolean isNewEpoch = i > 0 && random.nextInt(90) == 0;
                epoch += isNewEpoch ? 1 : 0;
                int skewed = random.nextInt(10) == 0 ? 100_000 : 40;
                sequences[i] = isNewEpoch || i == 0 ? epoch << 40 | 1 : sequences[i - 1] + random.nextInt(skewed);
                times[i] = i == 0 ? Long.MIN_VALUE : Math.max(times[i - 1], 1_000L * i * skewed);
                places.add(32L * i, sequences[i] & (1L << 40) - 1, epoch, times[i], 100L * i);
            }
            for (int look = 0; look < 50; look++) {
                int near = random.nextInt(sequences.length);
                long sequence = sequences[near] + random.nextInt(5) - 2;
                long time = times[near] == Long.MIN_VALUE ? 0 : times[near] + random.nextInt(3) - 1;
                long expected = last(sequences, sequence + 1);

                assertEquals(
                        expected,
                        search.sequence(sequence >> 40, sequence & (1L << 40) - 1)
                                .in(places));
                assertLooks(sequences.length, search.looks());
                assertEquals(last(times, time), search.time(time).in(places));
                assertLooks(sequences.length, search.looks());
            }
        }
    }

    @Test
    void shouldFindAPlaceInAsFewLooksAmongManyAsAmongFew() {
        PlaceSearch search = new PlaceSearch();
        for (int count : new int[] {100, 10_000}) {
            Places places = Places.inMemory(directory, 1);
            for (long i = 0; i < count; i++) {
                places.add(32 * i, 1 + 1_120 * i, 7, 1_000 * i, 100 * i);
            }
            for (int sought = 1; sought < count; sought += count / 50) {
                assertEquals(sought, search.sequence(7, 1 + 1_120L * sought).in(places));
                assertTrue(search.looks() <= 4, "of " + count + ": " + search.looks());
            }
        }
    }

    /** At worst each fourth look leaves half of them out. */
    private static void assertLooks(int places, int looks) {
        int halves = Integer.SIZE - Integer.numberOfLeadingZeros(places);
        assertTrue(looks <= 4 * halves, looks + " of " + places);
    }

    /** The last that is below a value; -1: none. */
    private static long last(long[] ascending, long value) {
        int last = -1;
        for (int i = 0; i < ascending.length && ascending[i] < value; i++) {
            last = i;
        }
        return last;
    }

    /** Files of old cycles are not kept open, however many are read. */
    @Test
    void shouldKeepFewFilesOpen() throws IOException {
        JournalFixture journal = new JournalFixture(directory);
        int hours = 60;
        try (JournalAppender appender = journal.appender();
                JournalReader reader = journal.reader()) {
            for (int i = 1; i <= hours; i++) {
                append(appender, data(7, i, i));
                journal.nowMs += HOUR_MS;
            }
            for (int i = 1; i <= hours; i++) {
                assertTrue(reader.seek(7, i));
            }
            reader.seekStart();
            assertEquals(hours, rest(reader).size());
            int open = openFiles();
            assertTrue(open < 30, open + " open files");
        }
    }

    private int openFiles() throws IOException {
        int count = 0;
        try (DirectoryStream<Path> all = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
            for (Path each : all) {
                count += isOfJournal(each) ? 1 : 0;
            }
        }
        return count;
    }

    private boolean isOfJournal(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).startsWith(directory);
        } catch (IOException closedMeanwhile) {
            return false;
        }
    }

    @Test
    void shouldSayWhetherASequenceIsThere() {
        JournalFixture journal = new JournalFixture(directory);
        try (JournalAppender appender = journal.appender()) {
            append(appender, data(7, 1, 10));
            append(appender, Packets.end(STREAM, 7, 10));
            append(appender, data(9, 1, 5));
            try (JournalReader reader = journal.reader()) {
                assertTrue(reader.seek(7, 10));
                assertEquals("7:1-10", rest(reader).get(0));
                assertFalse(reader.seek(7, 11));
                assertEquals(List.of("9:1-5"), rest(reader));
                assertFalse(reader.seek(8, 1));
                assertEquals(List.of("9:1-5"), rest(reader));
                assertTrue(reader.seek(9, 6), "the one to be appended next");
                assertEquals(List.of(), rest(reader));
                append(appender, data(9, 6, 6));
                assertEquals(List.of("9:6-6"), rest(reader));
                assertFalse(reader.seek(9, 8));
                assertFalse(reader.seek(6, 3));
                assertEquals("7:1-10", rest(reader).get(0));
            }
        }
    }

    @Test
    void shouldRefuseASecondAppender() {
        JournalFixture journal = new JournalFixture(directory);
        try (JournalAppender appender = journal.appender()) {
            append(appender, data(7, 1, 1));
            JournalException refused = assertThrows(JournalException.class, journal::appender);
            assertTrue(String.valueOf(refused.getMessage()).contains("appended to by process"), refused.getMessage());
        }
    }

    @Test
    void shouldRefuseTheJournalOfAnotherStream() {
        JournalFixture journal = new JournalFixture(directory);
        try (JournalAppender appender = journal.appender()) {
            append(appender, data(7, 1, 1));
        }

        JournalContext other = JournalContext.of(directory, "other", 5).clock(journal);

        JournalException refused =
                assertThrows(JournalException.class, () -> StreamJournal.appender(other, journal.warnings::add));
        assertTrue(String.valueOf(refused.getMessage()).contains("is of stream id 1001"), refused.getMessage());
        journal.appender().close();
    }

    @Test
    void shouldHaveTheLibraryByWhichTheQueueReachesTheDisk() {
        assertEquals("JNRPosixAPI", PosixAPI.posix().getClass().getSimpleName());
    }
}

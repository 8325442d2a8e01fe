// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.journal;

import static io.heliograph.engine.journal.JournalFixture.HOUR_MS;
import static io.heliograph.engine.journal.JournalFixture.append;
import static io.heliograph.engine.journal.JournalFixture.data;
import static io.heliograph.engine.journal.JournalFixture.direct;
import static io.heliograph.engine.journal.JournalFixture.rest;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JournalKeeperTest {
    @TempDir
    private Path directory;

    @Test
    void shouldRemoveWhatIsOlderThanTheBound() throws IOException {
        JournalFixture journal = new JournalFixture(directory);
        try (JournalAppender appender =
                        hours(journal, journal.context().retain(2 * HOUR_MS, JournalContext.KEEP_ALL), 6);
                JournalKeeper keeper = appender.keeper();
                JournalReader reader = journal.reader()) {
            // The hours of messages 1, 2 and 3 ended 4, 3 and 2 hours ago.
            assertEquals(3, keeper.retain());

            reader.seekStart();
            assertEquals(List.of("7:4-4", "7:5-5", "7:6-6"), rest(reader));
            assertFalse(reader.seek(7, 1));
            assertEquals(List.of("7:4-4", "7:5-5", "7:6-6"), rest(reader));
            assertTrue(reader.seek(7, 6));
            append(appender, data(7, 7, 7));
            assertEquals(List.of("7:6-6", "7:7-7"), rest(reader));
        }
    }

    @Test
    void shouldRemoveWhatIsTooMuch() throws IOException {
        JournalFixture journal = new JournalFixture(directory);
        try (JournalAppender appender = journal.appender()) {
            for (int hour = 0; hour < 4; hour++) {
                for (int i = 0; i < 33; i++) {
                    append(appender, data(7, 33L * hour + i + 1, 33L * hour + i + 1));
                }
                journal.nowMs += HOUR_MS;
            }
        }
        JournalContext context = journal.context().retain(JournalContext.KEEP_ALL, 300_000);
        try (JournalAppender appender = StreamJournal.appender(context, journal.warnings::add);
                JournalKeeper keeper = appender.keeper()) {
            // A cycle has 131 kB of the queue's own before its first record.
            assertEquals(2, keeper.retain());
            assertEquals(2, Cycles.in(directory).length);
            assertEquals(0, keeper.retain());
        }
    }

    @Test
    void shouldKeepWhatSomebodyHasNotPassedUntilTheDiskIsNearlyFull() throws IOException {
        JournalFixture journal = new JournalFixture(directory);
        JournalContext context = journal.context().retain(HOUR_MS, JournalContext.KEEP_ALL);
        try (JournalAppender appender = hours(journal, context, 6);
                JournalKeeper keeper = appender.keeper()) {
            keeper.hold(new Hold("bridge ldn", 7, 3));

            assertEquals(2, keeper.retain(), "messages 1 and 2 were passed");
            assertEquals(4, Cycles.in(directory).length);

            Retention guard = new Retention(context.minFree(Long.MAX_VALUE / 2), journal.warnings::add);
            int removed = guard.apply(Cycles.in(directory)[3], List.of(new Hold("bridge ldn", 7, 3)), true);

            assertEquals(2, removed);
            assertEquals(2, journal.warnings.size());
            assertTrue(journal.warnings.get(0).contains("which bridge ldn has not read"), journal.warnings.get(0));
        }
    }

    @Test
    void shouldStopBeforeTheDiskIsFullAndGoOnWithAGap() throws IOException {
        JournalFixture journal = new JournalFixture(directory);
        try (JournalAppender appender = journal.appender()) {
            append(appender, data(7, 1, 1));
        }
        JournalContext full = journal.context().minFree(Long.MAX_VALUE / 4);
        try (JournalAppender appender = StreamJournal.appender(full, journal.warnings::add);
                JournalKeeper keeper = appender.keeper()) {
            assertTrue(appender.stopped().contains("STOPPED"), appender.stopped());
            assertEquals(List.of(appender.stopped()), journal.warnings);
            byte[] lost = data(7, 2, 2);
            assertFalse(appender.append(direct(lost), 0, lost.length));
            assertEquals(0, keeper.watchSpace(), "said once");
            assertEquals(1, Cycles.in(directory).length, "and nothing was written");
        }

        try (JournalAppender appender = journal.appender();
                JournalReader reader = journal.reader()) {
            append(appender, data(7, 3, 3));
            assertEquals(List.of("7:1-1", "gap 7:2-2", "7:3-3"), rest(reader));
        }
    }

    @Test
    void shouldSayWhatIsOnTheDisk() {
        JournalFixture journal = new JournalFixture(directory);
        JournalContext synced = journal.context().sync(1);
        try (JournalAppender appender = StreamJournal.appender(synced, journal.warnings::add);
                JournalSync sync = appender.sync()) {
            assertEquals(0, appender.syncedNext());
            append(appender, data(7, 1, 5));
            sync.doWork();
            assertEquals(6, appender.syncedNext());
            journal.nowMs += HOUR_MS;
            append(appender, data(7, 6, 6));
            sync.doWork();
            assertEquals(7, appender.syncedNext());
            append(appender, data(9, 1, 1));
            assertEquals(0, appender.syncedNext(), "of this epoch nothing");
            sync.doWork();
            assertEquals(2, appender.syncedNext());
        }
        assertEquals(List.of(), journal.warnings);
    }

    /** What cannot be known is taken for needed. */
    @Test
    void shouldKeepWhatSomebodyMayNeedWhenThatCannotBeRead() throws IOException {
        JournalFixture journal = new JournalFixture(directory);
        JournalContext context = journal.context().retain(HOUR_MS, JournalContext.KEEP_ALL);
        try (JournalAppender appender = hours(journal, context, 6);
                JournalKeeper keeper = appender.keeper()) {
            int[] cycles = Cycles.in(directory);
            Files.delete(Cycles.places(directory, cycles[1]));
            keeper.hold(new Hold("bridge ldn", 7, 1));
            assertEquals(0, keeper.retain(), "the records are looked at where the places are gone");
            Files.write(Cycles.file(directory, cycles[1]), new byte[4096]);

            assertEquals(0, keeper.retain());
            assertEquals(0, keeper.retain());

            assertEquals(1, journal.warnings.size(), journal.warnings.toString());
            assertTrue(journal.warnings.get(0).contains("bridge ldn may need it"), journal.warnings.get(0));
        }
    }

    @Test
    void shouldKeepWhatSomebodyMayNeedWhoCannotBeAsked() throws IOException {
        JournalFixture journal = new JournalFixture(directory);
        JournalContext context = journal.context().retain(HOUR_MS, JournalContext.KEEP_ALL);
        try (JournalAppender appender = hours(journal, context, 6);
                JournalKeeper keeper = appender.keeper()) {
            keeper.hold(new Unreadable());

            assertEquals(0, keeper.retain());

            assertEquals(1, journal.warnings.size(), journal.warnings.toString());
            assertTrue(journal.warnings.get(0).contains("how far group risk has come"), journal.warnings.get(0));
        }
    }

    /** A journal with a message an hour. */
    private static JournalAppender hours(JournalFixture journal, JournalContext context, int hours) {
        JournalAppender appender = StreamJournal.appender(context, journal.warnings::add);
        for (int hour = 1; hour <= hours; hour++) {
            append(appender, data(7, hour, hour));
            journal.nowMs += hour < hours ? HOUR_MS : 0;
        }
        return appender;
    }

    private record Hold(String who, long epoch, long sequence) implements JournalHold {}

    private record Unreadable() implements JournalHold {
        @Override
        public String who() {
            return "group risk";
        }

        @Override
        public long epoch() {
            throw new IllegalStateException("its position file is damaged");
        }

        @Override
        public long sequence() {
            return epoch();
        }
    }
}

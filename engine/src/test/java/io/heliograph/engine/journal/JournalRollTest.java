// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.journal;

import static io.heliograph.engine.journal.JournalFixture.HOUR_MS;
import static io.heliograph.engine.journal.JournalFixture.append;
import static io.heliograph.engine.journal.JournalFixture.data;
import static io.heliograph.engine.testkit.Awaiting.awaiting;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.engine.wire.PacketFlyweight;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cycles that begin while somebody searches, and by a clock that jumps. */
final class JournalRollTest {
    private static final int ROLLS = 12;
    private static final int PACKETS = 150;

    @TempDir
    private Path directory;

    @Test
    void shouldFindEverythingThatWasAppendedWhileCyclesRoll() throws InterruptedException {
        JournalFixture journal = new JournalFixture(directory);
        AtomicLong appended = new AtomicLong();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        try (JournalAppender appender = journal.appender()) {
            Thread appending = new Thread(() -> {
                for (int i = 1; i <= ROLLS * PACKETS; i++) {
                    journal.nowMs += i % PACKETS == 0 ? HOUR_MS : 0;
                    append(appender, data(7, i, i));
                    appended.set(i);
                }
            });
            appending.setUncaughtExceptionHandler((thread, thrown) -> failure.set(thrown));
            appending.start();
            awaiting("the first", () -> appended.get() > 0 || failure.get() != null);
            Random random = new Random(3);
            int seeks = 0;
            try (JournalReader reader = journal.reader()) {
                while (appending.isAlive()) {
                    long last = appended.get();
                    // The newest most of all: there a cycle may be about to begin.
                    long sought = random.nextBoolean() ? last : 1 + random.nextInt((int) last);
                    assertTrue(reader.seek(7, sought), "message " + sought + " of " + last);
                    assertEquals(
                            1,
                            reader.poll(
                                    (packet, offset, length) ->
                                            assertEquals(sought, PacketFlyweight.sequence(packet, offset)),
                                    1));
                    assertTrue(reader.lastSequence() >= last, "the end is known");
                    seeks++;
                }
                appending.join();
                assertEquals(null, failure.get());
                assertTrue(reader.seek(7, ROLLS * PACKETS));
            }
            assertTrue(seeks > ROLLS, seeks + " seeks");
        }
        assertEquals(ROLLS + 1, Cycles.in(directory).length);
    }

    @Test
    void shouldSeeACycleThatIsMadeInTheSameTickOfTheFileSystemAsTheLookBefore() throws IOException {
        // Ahead of the clock, however long a thread stands still here.
        FileTime tick = FileTime.fromMillis(System.currentTimeMillis() + 60_000);
        CycleList list = new CycleList(directory);
        for (int cycles = 1; cycles <= 3; cycles++) {
            Files.createFile(directory.resolve("20260102-0" + cycles + "0000.cq4"));
            Files.setLastModifiedTime(directory, tick);
            assertEquals(cycles, list.now().length);
        }
    }

    /** The host's clock and with it the publisher's: an hour forward, back, and on; also between two appenders. */
    @Test
    void shouldKeepTheOrderAndFindTimesWhenTheClockJumpsAnHourForwardAndBack() {
        JournalFixture journal = new JournalFixture(directory);
        long[] jumps = {0, HOUR_MS, -HOUR_MS, HOUR_MS / 2, -2 * HOUR_MS, 4 * HOUR_MS, -HOUR_MS};
        List<Long> sent = new ArrayList<>();
        JournalAppender appender = journal.appender();
        for (long jump : jumps) {
            journal.nowMs += jump;
            for (int i = 0; i < 70; i++) {
                journal.nowMs += 10;
                sent.add(TimeUnit.MILLISECONDS.toNanos(journal.nowMs));
                append(appender, data(7, sent.size(), sent.size(), sent.get(sent.size() - 1)));
            }
            if (jump < 0) {
                appender.close();
                appender = journal.appender();
            }
        }
        appender.close();

        try (JournalReader reader = journal.reader()) {
            assertEquals(sent.size(), JournalFixture.rest(reader).size());
            for (int i = 0; i < sent.size(); i++) {
                assertTrue(reader.seek(7, i + 1));
                assertEquals(i + 1, reader.nextSequence());
                long time = sent.get(i) - (i % 3 == 0 ? 1 : 0);
                assertTrue(reader.seekTime(time));
                assertEquals(firstSince(sent, time), reader.nextSequence(), "sent at " + time);
            }
        }
        assertEquals(List.of(), journal.warnings);
    }

    private static long firstSince(List<Long> sent, long time) {
        int first = 0;
        while (sent.get(first) < time) {
            first++;
        }
        return first + 1L;
    }
}

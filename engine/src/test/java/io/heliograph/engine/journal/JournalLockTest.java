// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.journal;

import static io.heliograph.engine.journal.JournalFixture.append;
import static io.heliograph.engine.journal.JournalFixture.data;
import static io.heliograph.engine.journal.JournalFixture.rest;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import net.openhft.chronicle.core.values.LongValue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The queue's own lock knows who holds it by the number of his process alone. An appender that was killed has left it locked, and
 * by now another process may have that number.
 */
final class JournalLockTest {
    private static final List<String> LOCKS = List.of("chronicle.write.lock", "chronicle.append.lock");

    @TempDir
    private Path directory;

    @Test
    void shouldAppendAtOnceWhenTheNumberOfTheProcessThatWasKilledBelongsToAnother() {
        JournalFixture journal = new JournalFixture(directory);
        try (JournalAppender appender = journal.appender()) {
            append(appender, data(7, 1, 3));
        }
        long alive = ProcessHandle.current().parent().map(ProcessHandle::pid).orElse(1L);
        try (SingleChronicleQueue queue = JournalQueue.append(directory, new JournalClock(journal, 0))) {
            for (String lock : LOCKS) {
                LongValue holder = queue.metaStore().acquireValueFor(lock);
                holder.setOrderedValue(alive);
            }
        }

        long beganNs = System.nanoTime();
        try (JournalAppender appender = journal.appender()) {
            append(appender, data(7, 4, 6));
        }

        long tookMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - beganNs);
        assertTrue(tookMs < 5_000, "took " + tookMs + " ms");
        try (JournalReader reader = journal.reader()) {
            assertEquals(List.of("7:1-3", "7:4-6"), rest(reader));
        }
    }
}

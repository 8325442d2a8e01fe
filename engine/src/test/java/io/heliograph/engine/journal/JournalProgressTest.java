// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.engine.journal.JournalProgress.Appended;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What is told to be on the disk is never ahead of what was brought there. */
final class JournalProgressTest {
    private static final int STEPS = 300_000;

    /** Each epoch has three sequences that no other has, and a cycle of its own. */
    @Test
    void shouldNeverNameASequenceOfAnotherEpochOrALaterCycle() throws InterruptedException {
        JournalProgress progress = new JournalProgress();
        AtomicBoolean isDone = new AtomicBoolean();
        Thread appending = new Thread(() -> {
            for (int i = 1; i <= STEPS; i++) {
                int epoch = i / 3;
                progress.onAppended(epoch, i, epoch, 0);
            }
            isDone.set(true);
        });
        appending.start();
        long seen = 0;
        while (!isDone.get()) {
            Appended all = progress.appended();
            if (all.epoch() >= 0) {
                seen++;
                assertEquals(all.epoch(), all.next() / 3, all.toString());
                assertTrue(all.cycle() >= all.epoch(), all.toString());
            }
        }
        appending.join();
        assertTrue(seen > 0);
    }

    @Test
    void shouldTakeNothingForSyncedOfAnEpochThatHasJustBegun() {
        JournalProgress progress = new JournalProgress();
        progress.onAppended(7, 1000, 1, 0);
        progress.onSynced(progress.appended());

        assertEquals(1000, progress.syncedNext(7));
        assertEquals(0, progress.syncedNext(8));
    }
}

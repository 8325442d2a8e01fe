// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.engine.base.CounterDescriptor;
import io.heliograph.engine.base.JournalDescriptor;
import io.heliograph.engine.stream.PacketLine;
import io.heliograph.engine.stream.PublicationContext;
import io.heliograph.engine.stream.StreamPublication;
import io.heliograph.engine.testkit.ManualClock;
import io.heliograph.engine.testkit.RecordingLine;
import java.nio.ByteBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.CountersManager;
import org.agrona.concurrent.status.CountersReader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a publisher that waits for its host's journal sends, by the counters that the journal shows. */
final class RequiredJournalTest {
    private static final long BOUND = 1_000_000;
    private static final int LENGTH = 1_000;
    private static final long EPOCH = 7;

    private final CountersManager driver = new CountersManager(
            new UnsafeBuffer(ByteBuffer.allocateDirect(64 * 1024)),
            new UnsafeBuffer(ByteBuffer.allocateDirect(16 * 1024)));
    private final ManualClock clock = new ManualClock();
    private final RecordingLine line = new RecordingLine("A");
    private final UnsafeBuffer message = new UnsafeBuffer(new byte[LENGTH]);
    private @Nullable CountersReader counters = driver;
    private final RequiredJournal journal = new RequiredJournal(() -> counters, "itch", EPOCH, BOUND);
    private final StreamPublication publication = new StreamPublication(
            new PublicationContext("itch", 1001, EPOCH, 0, false, false, clock.wall(), clock).gate(journal),
            new PacketLine[] {line},
            Thread::onSpinWait,
            journal);

    @Test
    void shouldSendNothingUntilThereIsAJournal() {
        publication.offer(message, 0, LENGTH);
        publication.flush();
        work();
        assertEquals(0, publication.packets());
        assertTrue(publication.isHeldBack());

        show(add(JournalDescriptor.JOURNAL_APPENDED), 0);
        show(add(JournalDescriptor.JOURNAL_EPOCH), EPOCH - 1);
        work();
        work();

        assertEquals(1, publication.packets());
        assertFalse(publication.isHeldBack());
    }

    @Test
    void shouldWaitWhileTheJournalIsFurtherBehindThanTheBound() {
        int appended = add(JournalDescriptor.JOURNAL_APPENDED);
        show(add(JournalDescriptor.JOURNAL_EPOCH), EPOCH);
        work();

        long sent = publishAll();
        assertTrue(sent * LENGTH > BOUND * 9 / 10 && sent * LENGTH <= BOUND + 2 * LENGTH, "sent " + sent);
        work();
        assertEquals(0, publishAll());

        show(appended, sent / 2);
        long more = publishAll();
        assertTrue(Math.abs(more - sent / 2) * LENGTH <= BOUND / 50, "half of it: " + more);

        show(appended, sent + more);
        work();
        assertTrue(publishAll() * LENGTH > BOUND * 9 / 10);
    }

    /** The memory that they are in was given back with the client. */
    @Test
    void shouldNotLookAtTheCountersOfADriverThatIsGone() {
        add(JournalDescriptor.JOURNAL_APPENDED);
        show(add(JournalDescriptor.JOURNAL_EPOCH), EPOCH);
        work();
        assertTrue(journal.isOpen());
        counters = null;
        assertFalse(journal.isOpen());
        work();
        assertFalse(journal.isOpen());
    }

    @Test
    void shouldNotTakeAnotherEpochsJournalForItsOwn() {
        int appended = add(JournalDescriptor.JOURNAL_APPENDED);
        int epoch = add(JournalDescriptor.JOURNAL_EPOCH);
        show(epoch, EPOCH - 1);
        show(appended, 1_000_000);
        work();

        publishAll();
        work();
        assertEquals(0, publishAll());
        assertTrue(publication.isHeldBack());
    }

    @Test
    void shouldWaitForAJournalThatWentAndGoOnWithTheNext() {
        int appended = add(JournalDescriptor.JOURNAL_APPENDED);
        int epoch = add(JournalDescriptor.JOURNAL_EPOCH);
        show(epoch, EPOCH);
        work();
        publication.offer(message, 0, LENGTH);
        publication.flush();
        work();
        assertEquals(1, publication.packets());

        driver.free(appended);
        driver.free(epoch);
        publication.offer(message, 0, LENGTH);
        publication.flush();
        work();
        assertEquals(1, publication.packets());

        show(add(JournalDescriptor.JOURNAL_APPENDED), 1);
        show(add(JournalDescriptor.JOURNAL_EPOCH), EPOCH);
        work();
        work();
        assertEquals(2, publication.packets());
    }

    @Test
    void shouldNotSendWhatNobodyHears() {
        show(add(JournalDescriptor.JOURNAL_APPENDED), 0);
        show(add(JournalDescriptor.JOURNAL_EPOCH), EPOCH);
        work();
        line.answerAlways(io.aeron.Publication.NOT_CONNECTED);

        publication.offer(message, 0, LENGTH);
        publication.flush();
        work();
        assertEquals(0, publication.unheard());
        assertEquals(1, publication.unsent());

        line.answerAlways(1);
        work();
        assertEquals(1, publication.packets());
    }

    /** Every 5 ms, as a publication does. */
    private void work() {
        clock.advanceMs(6);
        publication.doWork();
    }

    private long publishAll() {
        long sent = publication.packets();
        for (int i = 0; i < 10_000 && publication.offer(message, 0, LENGTH) > 0; i++) {
            publication.flush();
        }
        line.taken();
        return publication.packets() - sent;
    }

    private int add(CounterDescriptor counter) {
        int id = driver.allocate(counter.labelOf("itch"), counter.typeId());
        driver.setCounterRegistrationId(id, registrations++);
        return id;
    }

    private long registrations = 100;

    private void show(int id, long value) {
        driver.setCounterValue(id, value);
    }
}

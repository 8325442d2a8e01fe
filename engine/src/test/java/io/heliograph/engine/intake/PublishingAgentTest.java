// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.engine.base.Outcome;
import io.heliograph.engine.stream.PacketLine;
import io.heliograph.engine.stream.PublicationContext;
import io.heliograph.engine.stream.PublicationTick;
import io.heliograph.engine.stream.StreamPublication;
import io.heliograph.engine.testkit.AllocatedOctets;
import io.heliograph.engine.testkit.LineDouble;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublishingAgentTest {
    private static final int MESSAGE_LENGTH = 16;

    private final AtomicLong nowNs = new AtomicLong();
    private final UnsafeBuffer message = new UnsafeBuffer(new byte[70_000]);

    @Test
    void shouldPublishABatchInOrderAndFlushItAtItsEnd() {
        List<Long> published = new ArrayList<>();
        MessageTaker taker = new MessageTaker(0, (buffer, offset, length) -> published.add(buffer.getLong(offset)));
        Intake intake = new Intake();
        PublishingAgent agent = new PublishingAgent(intake, publication(taker), 4);
        for (long i = 1; i <= 6; i++) {
            message.putLong(0, i);
            assertEquals(Intake.ACCEPTED, intake.offer(message, 0, MESSAGE_LENGTH));
        }

        agent.doWork();
        assertEquals(List.of(1L, 2L, 3L, 4L), published);
        agent.doWork();
        assertEquals(List.of(1L, 2L, 3L, 4L, 5L, 6L), published);
        assertEquals(2, taker.packets);
        assertTrue(intake.isEmpty());
        assertEquals("publish itch", agent.roleName());
    }

    @ParameterizedTest(name = "{0} refusals ahead of each packet")
    @ValueSource(ints = {0, 5, 100})
    void shouldLoseNothingAndKeepEachThreadsOrderWhenTheLinePushesBack(int refusals) throws InterruptedException {
        int threads = 3;
        int perThread = 40_000;
        long[] last = new long[threads];
        long[] total = new long[1];
        MessageTaker taker = new MessageTaker(refusals, (buffer, offset, length) -> {
            int feed = buffer.getInt(offset);
            assertEquals(last[feed] + 1, buffer.getLong(offset + Integer.BYTES), "next of feed " + feed);
            last[feed]++;
            total[0]++;
        });
        Intake intake = new Intake(Intake.MIN_CAPACITY);
        StreamPublication publication = publication(taker);
        PublishingAgent agent = new PublishingAgent(intake, publication);
        List<Thread> feeds = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            int feed = i;
            feeds.add(new Thread(() -> feed(intake, feed, perThread), "feed " + i));
        }
        feeds.forEach(Thread::start);

        while (total[0] < (long) threads * perThread) {
            if (agent.doWork() == 0) {
                Thread.onSpinWait();
            }
            assertTrue(total[0] <= publication.messages());
        }

        for (Thread feed : feeds) {
            feed.join();
        }
        assertEquals((long) threads * perThread, publication.messages());
        assertTrue(intake.isEmpty());
    }

    @Test
    void shouldKeepTheMessageAtTheHeadWhenThePublicationHasEnded() {
        MessageTaker taker = new MessageTaker(0, (buffer, offset, length) -> {});
        Intake intake = new Intake();
        StreamPublication publication = publication(taker);
        PublishingAgent agent = new PublishingAgent(intake, publication);
        publication.endEpoch();
        intake.offer(message, 0, MESSAGE_LENGTH);

        agent.doWork();

        assertFalse(intake.isEmpty());
        assertEquals(0, publication.messages());
    }

    @Test
    void shouldSayWhyAMessageIsNotTaken() {
        Intake intake = new Intake(Intake.MIN_CAPACITY);
        IntakeClaim claim = new IntakeClaim();

        assertEquals(Outcome.TOO_LONG, intake.offer(message, 0, 65_536));
        assertEquals(Outcome.TOO_LONG, intake.claim(65_536, claim));
        assertEquals(Intake.ACCEPTED, intake.offer(message, 0, 65_535));
        assertEquals(Intake.ACCEPTED, intake.claim(0, claim));
        assertEquals(Outcome.CLAIM_OPEN, intake.claim(1, claim));
        claim.commit();
        long outcome = Intake.ACCEPTED;
        for (int i = 0; i < 16; i++) {
            outcome = intake.offer(message, 0, 65_535);
        }
        assertEquals(Outcome.BACK_PRESSURED, outcome);
        assertEquals(Outcome.BACK_PRESSURED, intake.claim(65_535, claim));
        intake.close();
        assertEquals(Outcome.CLOSED, intake.offer(message, 0, 1));
        assertEquals(Outcome.CLOSED, intake.claim(1, claim));
    }

    @Test
    void shouldPublishWhatWasCommittedAndStepOverWhatWasAborted() {
        List<Long> published = new ArrayList<>();
        Intake intake = new Intake();
        PublishingAgent agent = new PublishingAgent(
                intake,
                publication(new MessageTaker(0, (buffer, offset, length) -> published.add(buffer.getLong(offset)))));
        IntakeClaim claim = new IntakeClaim();

        intake.claim(8, claim);
        claim.buffer().putLong(0, 1);
        claim.commit();
        intake.claim(8, claim);
        claim.abort();
        claim.abort();
        intake.claim(8, claim);
        claim.buffer().putLong(0, 3);
        claim.commit();
        claim.commit();
        agent.doWork();

        assertEquals(List.of(1L, 3L), published);
    }

    @Test
    void shouldRefuseACapacityThatCannotBe() {
        assertThrows(IllegalArgumentException.class, () -> new Intake(Intake.MIN_CAPACITY / 2));
        assertThrows(IllegalArgumentException.class, () -> new Intake(Intake.MIN_CAPACITY + 8));
    }

    @Test
    void shouldAllocateNothingPerMessage() {
        Intake intake = new Intake();
        PublishingAgent agent =
                new PublishingAgent(intake, publication(new MessageTaker(0, (buffer, offset, length) -> {})));
        IntakeClaim claim = new IntakeClaim();

        long allocated = AllocatedOctets.of(() -> {
            for (int i = 0; i < 100_000; i++) {
                intake.offer(message, 0, MESSAGE_LENGTH);
                intake.claim(MESSAGE_LENGTH, claim);
                claim.buffer().putLong(0, i);
                claim.commit();
                agent.doWork();
            }
        });

        assertEquals(0, allocated);
    }

    private static void feed(Intake intake, int feed, int count) {
        UnsafeBuffer body = new UnsafeBuffer(new byte[MESSAGE_LENGTH]);
        IntakeClaim claim = new IntakeClaim();
        for (long i = 1; i <= count; ) {
            body.putInt(0, feed);
            body.putLong(Integer.BYTES, i);
            long outcome;
            if ((i & 1) == 0) {
                outcome = intake.offer(body, 0, MESSAGE_LENGTH);
            } else {
                outcome = intake.claim(MESSAGE_LENGTH, claim);
                if (outcome > 0) {
                    claim.buffer().putBytes(0, body, 0, MESSAGE_LENGTH);
                    claim.commit();
                }
            }
            if (outcome > 0) {
                i++;
            } else {
                Thread.onSpinWait();
            }
        }
    }

    private StreamPublication publication(MessageTaker messages) {
        PublicationContext context =
                new PublicationContext("itch", 1001, 1, 0, true, true, nowNs::incrementAndGet, nowNs::incrementAndGet);
        PacketLine[] lines = {new LineDouble("A", messages)};
        return new StreamPublication(context, lines, Thread::onSpinWait, PublicationTick.NONE);
    }
}

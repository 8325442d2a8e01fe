// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine;

import static io.heliograph.engine.testkit.Awaiting.awaiting;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.config.Lines;
import io.heliograph.config.Topology;
import io.heliograph.engine.journal.JournalAppender;
import io.heliograph.engine.journal.JournalContext;
import io.heliograph.engine.journal.StreamJournal;
import io.heliograph.engine.media.DriverContext;
import io.heliograph.engine.recovery.JoinPlace;
import io.heliograph.engine.stream.Quality;
import io.heliograph.engine.stream.StreamListener;
import io.heliograph.engine.stream.StreamPublication;
import io.heliograph.engine.stream.StreamSubscription;
import io.heliograph.engine.testkit.LoopbackTopology;
import io.heliograph.engine.testkit.Packets;
import io.heliograph.engine.testkit.ReceiverLoss;
import io.heliograph.engine.testkit.StreamRecorder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A journal beside the publisher, real sockets on loopback, and a subscriber whose driver loses datagrams. */
final class JournalRecoveryIT {
    private static final int A = 0;

    @TempDir
    private Path journals;

    /** Without NAK, as with repair="journal". */
    private static final SubscriptionOptions ALONE = SubscriptionOptions.DEFAULT.nak(SubscriptionOptions.Nak.NONE);

    private final StreamRecorder recorder = new StreamRecorder();
    private Topology topology = LoopbackTopology.with("lines=\"pin\"");
    private ReceiverLoss loss =
            new ReceiverLoss(Lines.of(topology, topology.stream("itch").orElseThrow()), 0x10C5);
    private HeliographContext context =
            new HeliographContext().topology(topology).host("host1").driver(DriverChoice.embedded());
    private Heliograph sender = Heliograph.connect(context);
    private Heliograph receiver = Heliograph.connect(context.driverContext(new DriverContext().aeron(loss)));
    private StreamSubscription journaled = sender.addSubscription("itch", StreamListener.NONE);
    private StreamPublication publication = sender.addPublication("itch");
    private @Nullable JournalAppender appender;
    private @Nullable StreamSubscription subscription;

    @AfterEach
    void close() {
        receiver.close();
        sender.close();
        if (appender != null) {
            appender.close();
        }
    }

    @Test
    void shouldFetchFromTheJournalWhatTheOnlyLineHasLost() {
        connect(ALONE.journals(journals));
        publish(1_000);
        awaiting("the first", this::cycle, () -> recorder.messages() == 1_000);
        int rounds = 60;
        long[] tookNs = new long[rounds];
        for (int i = 0; i < rounds; i++) {
            // Every other one is the last of its burst: only a heartbeat shows that it is missing.
            boolean isLast = i % 2 == 0;
            loss.dark(A, true);
            long sentNs = System.nanoTime();
            publish(1);
            awaiting("the loss", this::cycle, () -> loss.lostUpTo() == publication.nextSequence() - 1);
            loss.dark(A, false);
            publish(isLast ? 0 : 10);
            long upTo = publication.nextSequence();
            awaiting("what was lost", this::cycle, () -> subscribed().nextSequence() == upTo);
            tookNs[i] = System.nanoTime() - sentNs;
        }
        Arrays.sort(tookNs);
        System.err.println("one lost packet back from the journal: p50 " + tookNs[rounds / 2] / 1_000 + " us, p90 "
                + tookNs[rounds * 9 / 10] / 1_000 + " us, max " + tookNs[rounds - 1] / 1_000 + " us");

        assertEquals(
                "epoch " + publication.epoch() + " from 1, 1-" + (publication.nextSequence() - 1), recorder.heard());
        assertEquals(0, recorder.wrongBodies());
        // Now and then what is lost is a heartbeat before the message, which then comes.
        assertTrue(subscribed().statistics().recovered() > rounds / 2, "from the journal");
        assertEquals(0, subscribed().statistics().gaps());
        assertTrue(tookNs[rounds / 2] < TimeUnit.MILLISECONDS.toNanos(100), "p50 " + tookNs[rounds / 2]);
    }

    @Test
    void shouldBringALateJoinerEverythingWithNoSeamWhileLiveGoesOn() {
        appender = StreamJournal.appender(
                JournalContext.of(StreamJournal.of(journals, "itch").directory(), "itch", 1001), words -> {});
        awaiting("the journal", this::cycle, () -> journaled.isConnected());
        publish(60_000);

        subscription = receiver.addSubscription(
                "itch", recorder, ALONE.journals(journals).from(JoinPlace.START, words -> {
                    throw new AssertionError(words);
                }));
        awaiting("live", this::publishAndCycle, () -> subscribed().quality() == Quality.LIVE);
        publish(1_000);
        awaiting("the rest", this::cycle, () -> subscribed().nextSequence() == publication.nextSequence());

        assertEquals(
                "epoch " + publication.epoch() + " from 1, 1-" + (publication.nextSequence() - 1), recorder.heard());
        assertEquals(0, recorder.wrongBodies());
        assertEquals(0, subscribed().statistics().gaps());
        assertTrue(recorder.qualities().startsWith("JOINING>CATCHING_UP, CATCHING_UP>LIVE"));
        assertTrue(subscribed().statistics().replayed() >= 60_000, "from the journal");
        assertTrue(subscribed().line(A).won() > 500, "live");
    }

    @Test
    void shouldGoOnBehindAPosition() {
        connect(ALONE);
        publish(5_000);
        awaiting("the journal", this::cycle, () -> recorder.messages() == 5_000);
        subscribed().close();
        StreamRecorder second = new StreamRecorder();

        subscription = receiver.addSubscription(
                "itch", second, ALONE.journals(journals).from(JoinPlace.at(publication.epoch(), 2_501), words -> {
                    throw new AssertionError(words);
                }));
        awaiting("caught up", () -> cycle(second), () -> subscribed().quality() == Quality.LIVE);

        assertEquals("epoch " + publication.epoch() + " from 2501, 2501-5000", second.heard());
    }

    @Test
    void shouldSayWhyItCannotBeginInTheFuture() {
        connect(ALONE);
        publish(100);
        String[] said = {""};
        StreamSubscription late = receiver.addSubscription(
                "itch",
                StreamListener.NONE,
                ALONE.journals(journals).from(JoinPlace.at(publication.epoch() + 1_000, 1), words -> said[0] = words));

        awaiting(
                "words",
                () -> {
                    cycle();
                    late.poll((buffer, offset, length, header) -> {}, 64);
                },
                () -> said[0].contains("message 1 of epoch " + (publication.epoch() + 1_000) + " is asked for"));
    }

    private void connect(SubscriptionOptions options) {
        appender = StreamJournal.appender(
                JournalContext.of(StreamJournal.of(journals, "itch").directory(), "itch", 1001), words -> {});
        subscription = receiver.addSubscription("itch", recorder, options);
        awaiting("connected", this::cycle, publication::isFullyConnected);
        awaiting("heard", this::cycle, () -> subscribed().quality() == Quality.LIVE);
        awaiting("heard by the journal", this::cycle, () -> journaled.quality() == Quality.LIVE);
    }

    private StreamSubscription subscribed() {
        if (subscription == null) {
            throw new IllegalStateException("not subscribed");
        }
        return subscription;
    }

    private void publish(int messages) {
        for (int i = 0; i < messages; i++) {
            offer();
            if (i % 20 == 19) {
                publication.flush();
                cycle();
                cycle();
            }
        }
        publication.flush();
        cycle();
    }

    private void publishAndCycle() {
        offer();
        publication.flush();
        cycle();
    }

    private void offer() {
        byte[] body = Packets.body(publication.epoch(), publication.nextSequence());
        UnsafeBuffer message = new UnsafeBuffer(body);
        awaiting("accepted", this::cycle, () -> publication.offer(message, 0, body.length) > 0);
    }

    private void cycle() {
        cycle(recorder);
    }

    private void cycle(StreamRecorder to) {
        publication.doWork();
        sender.doWork();
        JournalAppender into = appender;
        if (into != null) {
            journaled.pollPackets((buffer, offset, length) -> into.append(buffer, offset, length), 64);
        }
        receiver.doWork();
        if (subscription != null) {
            subscription.poll(to, 64);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine;

import static io.heliograph.engine.testkit.Awaiting.awaiting;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.config.Lines;
import io.heliograph.config.Topology;
import io.heliograph.engine.media.DriverContext;
import io.heliograph.engine.stream.LineStatistics;
import io.heliograph.engine.stream.Quality;
import io.heliograph.engine.stream.StreamListener;
import io.heliograph.engine.stream.StreamPublication;
import io.heliograph.engine.stream.StreamSubscription;
import io.heliograph.engine.testkit.LoopbackTopology;
import io.heliograph.engine.testkit.Packets;
import io.heliograph.engine.testkit.ReceiverLoss;
import io.heliograph.engine.testkit.StreamRecorder;
import io.heliograph.engine.testkit.WorkingTime;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Real sockets on loopback; datagrams are lost in the driver of the subscriber. */
final class LossIT {
    private static final int A = 0;
    private static final int B = 1;

    private final StreamRecorder recorder = new StreamRecorder();
    private static final PublicationOptions SMALL_BUFFERS = PublicationOptions.DEFAULT.buffers(64 * 1024, 32 * 1024);

    private ReceiverLoss loss;
    private Heliograph sender;
    private Heliograph receiver;
    private StreamPublication publication;
    private StreamSubscription subscription;
    private @Nullable StreamSubscription witness;

    @AfterEach
    void close() {
        receiver.close();
        sender.close();
    }

    @Test
    void shouldLoseNothingWhenOneLineMissesPackets() {
        connect("", SubscriptionOptions.DEFAULT);
        loss.share(A, 0.2);

        publish(10_000);
        loss.dark(A, true);
        publish(10_000);
        loss.dark(A, false);
        publish(10_000);
        awaiting("all", this::cycle, () -> recorder.messages() == 30_000);

        assertTrue(
                subscription.line(A).missing() > 1_000,
                "missing on A: " + subscription.line(A).missing());
        assertEquals("epoch " + publication.epoch() + " from 1, 1-30000", recorder.heard());
        assertEquals(Quality.LIVE, subscription.quality());
        wonAddsUp();
    }

    @Test
    void shouldLoseNothingWhenEachLineMissesOnePacketInAHundred() {
        connect("", SubscriptionOptions.DEFAULT);
        loss.share(A, 0.01);
        loss.share(B, 0.01);

        // Aeron repairs one gap at a time: flat out, the line with NAK would fall behind by more than the reorder time.
        for (int sent = 1_000; sent <= 30_000; sent += 1_000) {
            long all = sent;
            publish(1_000);
            awaiting("all of " + all, this::cycle, () -> recorder.messages() == all);
        }

        assertTrue(loss.lost() > 10, "lost: " + loss.lost());
        assertEquals("epoch " + publication.epoch() + " from 1, 1-30000", recorder.heard());
        wonAddsUp();
    }

    @Test
    void shouldTellOfEachLineWhatItLostAndWhatNakHidFromArbitration() {
        connect("", SubscriptionOptions.DEFAULT);
        publish(1_000);
        awaiting("the first", this::cycle, () -> recorder.messages() == 1_000);
        loss.share(A, 0.05);
        loss.share(B, 0.05);

        for (int sent = 2_000; sent <= 30_000; sent += 1_000) {
            long all = sent;
            publish(1_000);
            awaiting("all of " + all, this::cycle, () -> recorder.messages() == all);
        }
        loss.share(A, 0);
        loss.share(B, 0);
        publish(1_000);
        awaiting("all", this::cycle, () -> brought(A) == 31_000 && brought(B) == 31_000);

        LineStatistics withoutNak = subscription.line(A);
        LineStatistics withNak = subscription.line(B);
        awaiting("A's figures", this::cycle, () -> withoutNak.driverLostOctets() == loss.lostOctets(A));
        awaiting("B's figures", this::cycle, () -> withNak.driverLostOctets() == loss.lostOctets(B));
        assertTrue(loss.lostOctets(B) > 10_000, "lost on B: " + loss.lostOctets(B));
        assertTrue(withoutNak.lostOnlyHere() > 500, "lost on A: " + withoutNak.lostOnlyHere());
        assertEquals(0, withoutNak.repaired());
        assertEquals(0, withNak.missing());
        double truth = (double) loss.lostOctets(B) / loss.lostOctets(A) * withoutNak.lostOnlyHere();
        assertEquals(truth, (double) withNak.repaired(), truth / 10);
        assertTrue(withNak.driverLosses() > 10 && withNak.lossShare() > 0.02, "share: " + withNak.lossShare());
        assertEquals(0, withoutNak.lostOnAll() + withNak.lostOnAll());
    }

    @Test
    void shouldCountNoLossesOfTheTimeBeforeItCame() {
        connect("", SubscriptionOptions.DEFAULT);
        publish(1_000);
        loss.share(B, 0.2);
        publish(2_000);
        loss.share(B, 0);
        publish(1_000);
        awaiting("all on B", this::cycle, () -> brought(B) == 4_000);
        awaiting("lost on B", this::cycle, () -> subscription.line(B).driverLostOctets() > 0);

        try (StreamSubscription late = receiver.addSubscription("itch", StreamListener.NONE)) {
            witness = late;
            awaiting("heard", this::cycle, () -> late.isConnected(B) && late.quality() == Quality.LIVE);
            publish(1_000);
            awaiting("won", this::cycle, () -> late.line(B).won() + late.line(B).lost() > 0);
            assertEquals(0, late.line(B).driverLostOctets());

            loss.share(B, 0.2);
            publish(2_000);
            loss.share(B, 0);
            publish(100);
            awaiting("lost on B", this::cycle, () -> late.line(B).driverLostOctets() > 0);
            assertTrue(
                    late.line(B).driverLostOctets() < subscription.line(B).driverLostOctets(), "of its own time only");
        } finally {
            witness = null;
        }
    }

    @Test
    void shouldNameTheExactRangeWhenBothLinesMissItAndNoneHasNak() {
        connect("", SubscriptionOptions.DEFAULT.nak(SubscriptionOptions.Nak.NONE));
        publish(1_000);
        awaiting("the first", this::cycle, () -> recorder.messages() == 1_000);

        loss.dark(A, true);
        loss.dark(B, true);
        publish(100);
        long lostBefore = loss.lost();
        awaiting("the loss", this::cycle, () -> loss.lost() >= lostBefore + 4);
        loss.dark(A, false);
        loss.dark(B, false);
        publish(1_000);
        awaiting("the rest", this::cycle, () -> recorder.messages() == 2_000);

        assertEquals("epoch " + publication.epoch() + " from 1, 1-1000, gap 1001-1100, 1101-2100", recorder.heard());
        assertEquals(Quality.GAP, subscription.quality());
        assertEquals(100, subscription.statistics().lostMessages());
        assertEquals(100, subscription.line(A).lostOnAll());
        assertEquals(100, subscription.line(B).lostOnAll());
        assertEquals(0, subscription.line(A).lostOnlyHere());
        wonAddsUp();
    }

    @Test
    void shouldJoinALineWithNakAnewWhenItStandsStillBeyondItsShareOfTheBudget() {
        connect("lines=\"pin\" budget=\"400ms\"", SubscriptionOptions.DEFAULT, SMALL_BUFFERS);
        // Somebody else goes on listening, or the publisher would stop after a window.
        witness = sender.addSubscription(
                "itch", StreamListener.NONE, SubscriptionOptions.DEFAULT.attach(SubscriptionOptions.Attach.NETWORK));
        awaiting("heard by the witness", this::cycle, () -> witness.quality() == Quality.LIVE);
        publish(1_000);
        awaiting("the first", this::cycle, () -> recorder.messages() == 1_000);

        loss.dark(A, true);
        publish(20_000);
        assertEquals(0, subscription.rejoins(A));
        loss.dark(A, false);
        // What is sent now lies beyond what the publisher can repair: more than its buffers hold is missing.
        awaiting("line A left and joined anew", this::publishAndCycle, () -> subscription.rejoins(A) == 1);
        awaiting("live again", this::publishAndCycle, () -> recorder.messages() > 2_000);
        publication.flush();
        awaiting("the rest", this::cycle, () -> subscription.nextSequence() == publication.nextSequence());

        long lost = subscription.statistics().lostMessages();
        assertTrue(lost >= 20_000, "lost: " + lost);
        assertEquals(
                "epoch " + publication.epoch() + " from 1, 1-1000, gap 1001-" + (1_000 + lost) + ", " + (1_001 + lost)
                        + "-" + (publication.nextSequence() - 1),
                recorder.heard());
        assertEquals(1, subscription.statistics().gaps());
        assertEquals(1, subscription.rejoins(A));
        assertEquals(0, witness.statistics().gaps());
        assertEquals(Quality.GAP, subscription.quality());
        subscription.acknowledgeGap();
        awaiting("live", this::cycle, () -> subscription.quality() == Quality.LIVE);
    }

    private void connect(String attributes, SubscriptionOptions options) {
        connect(attributes, options, PublicationOptions.DEFAULT);
    }

    private void connect(String attributes, SubscriptionOptions options, PublicationOptions buffers) {
        Topology topology = LoopbackTopology.with(attributes);
        loss = new ReceiverLoss(Lines.of(topology, topology.stream("itch").orElseThrow()), 0x10C5);
        HeliographContext context = new HeliographContext()
                .topology(topology)
                .host("host1")
                .driver(DriverChoice.embedded())
                .nanoClock(new WorkingTime());
        sender = Heliograph.connect(context);
        receiver = Heliograph.connect(context.driverContext(new DriverContext().aeron(loss)));
        subscription = receiver.addSubscription("itch", recorder, options);
        publication = sender.addPublication("itch", buffers);
        awaiting("connected", this::cycle, publication::isFullyConnected);
        awaiting("heard", this::cycle, () -> subscription.quality() == Quality.LIVE);
    }

    /** Paced by the subscriber's own duty cycle, so that nothing is lost but what a test loses. */
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
        publication.doWork();
        sender.doWork();
        receiver.doWork();
        subscription.poll(recorder, 64);
        if (witness != null) {
            witness.poll((buffer, offset, length, header) -> {}, 64);
        }
    }

    /** Of this line, in time, late or not at all. */
    private long brought(int line) {
        LineStatistics of = subscription.line(line);
        return of.won() + of.lost() + of.missing();
    }

    private void wonAddsUp() {
        assertEquals(0, recorder.wrongBodies());
        assertEquals(
                recorder.messages(),
                subscription.line(A).won() + subscription.line(B).won());
    }
}

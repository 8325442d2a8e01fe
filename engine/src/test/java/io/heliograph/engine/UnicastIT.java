// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine;

import static io.heliograph.engine.testkit.Awaiting.awaiting;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeron.AeronCounters;
import io.heliograph.config.Lines;
import io.heliograph.config.Topology;
import io.heliograph.engine.media.DriverContext;
import io.heliograph.engine.stream.Quality;
import io.heliograph.engine.stream.StreamPublication;
import io.heliograph.engine.stream.StreamSubscription;
import io.heliograph.engine.testkit.LoopbackTopology;
import io.heliograph.engine.testkit.Packets;
import io.heliograph.engine.testkit.ReceiverLoss;
import io.heliograph.engine.testkit.StreamRecorder;
import io.heliograph.engine.testkit.WorkingTime;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.CloseHelper;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.CountersReader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A site without a range, on loopback: a publisher and subscribers with a driver each, or one between them. */
final class UnicastIT {
    private static final int A = 0;
    private static final int MESSAGES = 30_000;

    @TempDir
    private Path state;

    private final WorkingTime time = new WorkingTime();
    private final List<Receiver> receivers = new ArrayList<>();
    private final List<Heliograph> connections = new ArrayList<>();
    private Topology topology;
    private ReceiverLoss loss;
    private Heliograph sender;
    private StreamPublication publication;

    private record Receiver(StreamSubscription subscription, StreamRecorder recorder) {}

    @AfterEach
    void close() {
        CloseHelper.closeAll(connections);
        CloseHelper.close(sender);
    }

    @Test
    void shouldCarryEverythingToEachSubscriberOnBothLines() {
        begin("");
        subscribe(connect());
        subscribe(connect());
        awaitHeard();

        publish(MESSAGES);

        awaitAll(MESSAGES);
        for (Receiver receiver : receivers) {
            assertEquals(
                    "epoch " + publication.epoch() + " from 1, 1-" + MESSAGES,
                    receiver.recorder().heard());
            assertEquals(0, receiver.recorder().wrongBodies());
            for (int line = 0; line < 2; line++) {
                long brought = receiver.subscription().line(line).won()
                        + receiver.subscription().line(line).lost();
                assertEquals(MESSAGES, brought, "on line " + line);
            }
        }
    }

    @Test
    void shouldLoseNothingWhenOneLineGoesDark() {
        begin("");
        subscribe(connect());
        subscribe(connect());
        awaitHeard();

        publish(MESSAGES / 3);
        loss.dark(A, true);
        publish(MESSAGES / 3);
        loss.dark(A, false);
        publish(MESSAGES / 3);

        awaitAll(MESSAGES);
        assertTrue(loss.lost() > 100, "lost " + loss.lost());
        for (Receiver receiver : receivers) {
            assertEquals(
                    "epoch " + publication.epoch() + " from 1, 1-" + MESSAGES,
                    receiver.recorder().heard());
        }
    }

    @Test
    void shouldSendOneCopyToSubscribersThatShareADriver() {
        begin("");
        Heliograph shared = connect();
        subscribe(shared);
        subscribe(shared);
        awaitHeard();

        publish(MESSAGES);

        awaitAll(MESSAGES);
        assertEquals(List.of(1L, 1L), destinations());
    }

    @Test
    void shouldCarryEverythingBesideThePublisherInItsDriverAndWaitForTheSlowest() {
        begin("flow=\"min\"");
        subscribe(sender);
        subscribe(connect());
        awaitHeard();

        publish(MESSAGES);

        awaitAll(MESSAGES);
        assertEquals(List.of(2L, 2L), destinations());
    }

    @Test
    void shouldSendNothingToASubscriberThatReadsFromThePublishersDriver() {
        begin("flow=\"min\"");
        subscribe(sender, SubscriptionOptions.Attach.NEAREST);
        subscribe(connect());
        awaitHeard();

        publish(MESSAGES);

        awaitAll(MESSAGES);
        assertEquals(List.of(1L, 1L), destinations());
    }

    @Test
    void shouldFindThePublisherAgainWhenItWasStartedAnew() {
        begin("");
        subscribe(connect());
        awaitHeard();
        publish(1_000);
        awaitAll(1_000);
        long first = publication.epoch();

        sender.close();
        sender = Heliograph.connect(context());
        publication = sender.addPublication("itch");
        awaiting("connected again", this::cycle, publication::isFullyConnected);
        publish(1_000);

        awaitAll(2_000);
        String heard = receivers.get(0).recorder().heard();
        assertEquals(first, publication.epoch());
        assertEquals("epoch " + first + " from 1, 1-2000", heard);
    }

    private void begin(String attributes) {
        topology = LoopbackTopology.withoutRange(attributes);
        loss = new ReceiverLoss(Lines.of(topology, topology.stream("itch").orElseThrow()), 0x0CA5);
        sender = Heliograph.connect(context());
        publication = sender.addPublication("itch");
    }

    private HeliographContext context() {
        return new HeliographContext()
                .topology(topology)
                .host("host1")
                .driver(DriverChoice.embedded())
                .nanoClock(time)
                .stateDirectory(state);
    }

    private Heliograph connect() {
        Heliograph connection = Heliograph.connect(context().driverContext(new DriverContext().aeron(loss)));
        connections.add(connection);
        return connection;
    }

    private void subscribe(Heliograph connection) {
        subscribe(connection, SubscriptionOptions.Attach.NETWORK);
    }

    private void subscribe(Heliograph connection, SubscriptionOptions.Attach attach) {
        StreamRecorder recorder = new StreamRecorder();
        SubscriptionOptions options = SubscriptionOptions.DEFAULT.attach(attach);
        receivers.add(new Receiver(connection.addSubscription("itch", recorder, options), recorder));
    }

    private void awaitHeard() {
        awaiting("connected", this::cycle, publication::isFullyConnected);
        awaiting(
                "heard on all lines",
                this::cycle,
                () -> receivers.stream()
                        .map(Receiver::subscription)
                        .allMatch(one -> one.quality() == Quality.LIVE && one.isConnected(0) && one.isConnected(1)));
    }

    private void awaitAll(long messages) {
        awaiting(
                "all of " + messages,
                this::cycle,
                () -> receivers.stream()
                        .allMatch(receiver -> receiver.recorder().messages() == messages));
    }

    /** Paced by the subscribers' own duty cycle, so that nothing is lost but what a test loses. */
    private void publish(int messages) {
        for (int i = 1; i <= messages; i++) {
            byte[] body = Packets.body(publication.epoch(), publication.nextSequence());
            UnsafeBuffer message = new UnsafeBuffer(body);
            awaiting("accepted", this::cycle, () -> publication.offer(message, 0, body.length) > 0);
            if (i % 20 == 0) {
                publication.flush();
                cycle();
            }
        }
        publication.flush();
        cycle();
    }

    private void cycle() {
        publication.doWork();
        sender.doWork();
        connections.forEach(Heliograph::doWork);
        receivers.forEach(receiver -> receiver.subscription().poll(receiver.recorder(), 64));
    }

    /** How many copies of each packet leave, by line. */
    private List<Long> destinations() {
        CountersReader counters = sender.aeron().countersReader();
        List<Long> copies = new ArrayList<>();
        counters.forEach((id, label) -> {
            if (counters.getCounterTypeId(id) == AeronCounters.MDC_DESTINATIONS_COUNTER_TYPE_ID) {
                copies.add(counters.getCounterValue(id));
            }
        });
        return copies;
    }
}

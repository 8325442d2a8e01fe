// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine;

import static io.heliograph.engine.testkit.Awaiting.awaiting;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeron.driver.status.ReceiveChannelStatus;
import io.heliograph.config.Topology;
import io.heliograph.engine.media.DriverContext;
import io.heliograph.engine.media.ThreadedDriver;
import io.heliograph.engine.stream.StreamListener;
import io.heliograph.engine.stream.StreamPublication;
import io.heliograph.engine.stream.StreamSubscription;
import io.heliograph.engine.testkit.LoopbackTopology;
import io.heliograph.engine.testkit.Packets;
import io.heliograph.engine.testkit.StreamRecorder;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.CountersReader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Publisher and subscriber on one driver: the stream comes from its publications and not from the network. */
@Timeout(60)
final class SameHostIT {
    private final StreamRecorder recorder = new StreamRecorder();

    @TempDir
    private Path temporary;

    private final Topology topology = LoopbackTopology.with("");
    private HeliographContext context = new HeliographContext();
    private ThreadedDriver driver;
    private Heliograph subscriber;

    @BeforeEach
    void start() {
        Path directory = temporary.resolve("driver");
        driver = ThreadedDriver.launch(directory, new DriverContext());
        context = new HeliographContext()
                .topology(topology)
                .host("host1")
                .driver(DriverChoice.directory(directory))
                .stateDirectory(temporary);
        subscriber = Heliograph.connect(context);
    }

    @AfterEach
    void stop() {
        subscriber.close();
        driver.close();
    }

    @Test
    void shouldNotTouchTheNetworkWhenThePublisherIsThereAlready() {
        try (Heliograph publisher = Heliograph.connect(context);
                StreamPublication publication = publisher.addPublication("itch");
                StreamSubscription subscription = subscriber.addSubscription("itch", recorder)) {
            awaiting("both spies", () -> cycle(subscription, publication), publication::isFullyConnected);
            publish(publication, subscription, 2_000);
            awaiting("all", () -> cycle(subscription, publication), () -> recorder.messages() == 2_000);
            // The line that loses brings its last packet when the winner's has been delivered.
            awaiting("all twice", () -> cycle(subscription, publication), () -> {
                return subscription.line(0).lost() + subscription.line(1).lost() == 2_000;
            });

            assertTrue(subscription.isLocal());
            assertEquals(0, receiving());
            assertTrue(subscription.isConnected(0) && subscription.isConnected(1));
            assertEquals(
                    2_000, subscription.line(0).won() + subscription.line(1).won());
            assertEquals("epoch " + publication.epoch() + " from 1, 1-2000", recorder.heard());
        }
    }

    @Test
    void shouldLeaveTheNetworkWhenThePublisherComesAndLoseNothing() {
        try (StreamSubscription subscription = subscriber.addSubscription("itch", recorder)) {
            assertFalse(subscription.isLocal());
            assertEquals(2, receiving());
            try (Heliograph publisher = Heliograph.connect(context);
                    StreamPublication publication = publisher.addPublication("itch")) {
                awaiting("it is heard", () -> cycle(subscription, publication), publication::isFullyConnected);
                awaiting("no network any more", () -> publish(publication, subscription, 10), subscription::isLocal);
                publish(publication, subscription, 1_000);
                awaiting("all", () -> cycle(subscription, publication), () -> isAll(publication));
                awaiting("no socket any more", () -> cycle(subscription, publication), () -> receiving() == 0);

                assertEquals(
                        "epoch " + publication.epoch() + " from 1, 1-" + (publication.nextSequence() - 1),
                        recorder.heard());
                assertEquals(0, recorder.wrongBodies());
            }
        }
    }

    @Test
    void shouldChangeOverEachTimeThePublisherGoesToAnotherDriverAndComesBack() {
        StringBuilder expected = new StringBuilder();
        try (StreamSubscription subscription = subscriber.addSubscription("itch", recorder)) {
            for (int life = 0; life < 4; life++) {
                boolean isHere = life % 2 == 0;
                HeliographContext there = isHere ? context : elsewhere();
                try (Heliograph publisher = Heliograph.connect(there);
                        StreamPublication publication = publisher.addPublication("itch")) {
                    Runnable cycle = () -> {
                        publisher.doWork();
                        cycle(subscription, publication);
                    };
                    awaiting("it is heard", cycle, publication::isFullyConnected);
                    publish(publication, subscription, 1_000, cycle);
                    awaiting("the right way", cycle, () -> subscription.isLocal() == isHere);
                    publish(publication, subscription, 1_000, cycle);
                    awaiting("the end", cycle, () -> publication.endEpoch() >= 0);
                    awaiting("it lingers", cycle, () -> !publication.isLingering());
                    expected.append(life == 0 ? "" : ", ")
                            .append("epoch " + publication.epoch() + " from 1, 1-2000, end " + publication.epoch()
                                    + " at 2000");
                }
            }
        }

        assertEquals(expected.toString(), recorder.heard());
        assertEquals(0, recorder.wrongBodies());
    }

    @Test
    void shouldHearTheNetworkOnlyWhenAskedTo() {
        SubscriptionOptions network = SubscriptionOptions.DEFAULT.attach(SubscriptionOptions.Attach.NETWORK);
        try (Heliograph publisher = Heliograph.connect(context);
                StreamPublication publication = publisher.addPublication("itch");
                StreamSubscription subscription = subscriber.addSubscription("itch", recorder, network)) {
            awaiting("both lines", () -> cycle(subscription, publication), publication::isFullyConnected);

            assertFalse(subscription.isLocal());
            assertEquals(2, receiving());
        }
    }

    @Test
    void shouldGoOnWhenTheLastReaderOfTheNetworkWasLeftBehindAndHasGone() {
        SubscriptionOptions network = SubscriptionOptions.DEFAULT.attach(SubscriptionOptions.Attach.NETWORK);
        try (Heliograph publisher = Heliograph.connect(context);
                StreamPublication publication = publisher.addPublication("itch");
                StreamSubscription subscription = subscriber.addSubscription("itch", recorder)) {
            Runnable local = () -> offer(publication, subscription);
            try (Heliograph reader = Heliograph.connect(context);
                    StreamSubscription standing = reader.addSubscription("itch", StreamListener.NONE, network)) {
                try (StreamSubscription reading = reader.addSubscription("itch", StreamListener.NONE, network)) {
                    StreamRecorder given = new StreamRecorder();
                    Runnable all = () -> {
                        local.run();
                        reading.poll(given, 64);
                    };
                    awaiting("both lines", all, () -> publication.isFullyConnected() && subscription.isLocal());
                    awaiting("the one that stands is left behind", all, () -> {
                        return !standing.isConnected(0) && !standing.isConnected(1);
                    });
                    // Aeron's driver may write where nothing is when the other one leaves within the 0.75 ms that
                    // follow.
                    long leftNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(50);
                    awaiting("the driver has let go of it", all, () -> System.nanoTime() - leftNs >= 0);
                }
                // Mostly nothing is sent for want of its window, and the network is joined, which gets no image.
                long joinedNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(600);
                awaiting("the network is joined", local, () -> System.nanoTime() - joinedNs >= 0);
            }
            long stood = publication.nextSequence();
            awaiting("it goes on", local, () -> {
                return publication.nextSequence() > stood + 20_000;
            });
            publication.flush();
            awaiting("all", () -> cycle(subscription, publication), () -> isAll(publication));

            assertEquals(0, recorder.wrongBodies());
            assertEquals(
                    "epoch " + publication.epoch() + " from 1, 1-" + (publication.nextSequence() - 1),
                    recorder.heard());
        }
    }

    /** As many as are taken at once. */
    private void offer(StreamPublication publication, StreamSubscription subscription) {
        for (int i = 0; i < 1_000; i++) {
            byte[] body = Packets.body(publication.epoch(), publication.nextSequence());
            if (publication.offer(new UnsafeBuffer(body), 0, body.length) < 0) {
                break;
            }
        }
        cycle(subscription, publication);
    }

    private HeliographContext elsewhere() {
        return new HeliographContext()
                .topology(topology)
                .host("host1")
                .driver(DriverChoice.embedded())
                .stateDirectory(temporary);
    }

    private boolean isAll(StreamPublication publication) {
        return recorder.messages() == publication.nextSequence() - 1;
    }

    /** Sockets that the driver receives by. */
    private int receiving() {
        int[] sockets = {0};
        CountersReader counters = subscriber.aeron().countersReader();
        counters.forEach((id, typeId, key, label) ->
                sockets[0] += typeId == ReceiveChannelStatus.RECEIVE_CHANNEL_STATUS_TYPE_ID ? 1 : 0);
        return sockets[0];
    }

    private void publish(StreamPublication publication, StreamSubscription subscription, int messages) {
        publish(publication, subscription, messages, () -> cycle(subscription, publication));
    }

    private void publish(StreamPublication publication, StreamSubscription subscription, int messages, Runnable cycle) {
        for (int i = 0; i < messages; i++) {
            byte[] body = Packets.body(publication.epoch(), publication.nextSequence());
            UnsafeBuffer message = new UnsafeBuffer(body);
            awaiting("accepted", cycle, () -> publication.offer(message, 0, body.length) > 0);
            if (i % 20 == 19) {
                publication.flush();
                long goal = publication.nextSequence();
                awaiting(
                        "delivered",
                        cycle,
                        () -> subscription.epoch() == publication.epoch() && subscription.nextSequence() >= goal);
            }
        }
        publication.flush();
    }

    private void cycle(StreamSubscription subscription, StreamPublication publication) {
        subscriber.doWork();
        publication.doWork();
        subscription.poll(recorder, 64);
    }
}

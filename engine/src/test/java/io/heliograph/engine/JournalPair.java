// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine;

import static io.heliograph.engine.testkit.Awaiting.awaiting;

import io.aeron.AeronCounters;
import io.heliograph.config.Lines;
import io.heliograph.config.Topology;
import io.heliograph.engine.media.DriverContext;
import io.heliograph.engine.media.DriverEvent;
import io.heliograph.engine.media.nic.NicEvent;
import io.heliograph.engine.stream.Quality;
import io.heliograph.engine.stream.StreamPublication;
import io.heliograph.engine.stream.StreamSubscription;
import io.heliograph.engine.testkit.Packets;
import io.heliograph.engine.testkit.ReceiverLoss;
import io.heliograph.engine.testkit.StreamRecorder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.agrona.CloseHelper;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Two hosts on loopback with an engine each: host1 publishes and keeps the journal, a subscriber on host2 hears it on one line, by
 * a driver of its own that loses what a test says; without a journal where the topology has none.
 */
final class JournalPair implements AutoCloseable {
    private static final int A = 0;
    private static final long BETWEEN_NS = 200_000;

    final StreamRecorder recorder = new StreamRecorder();
    final List<String> errors = new CopyOnWriteArrayList<>();
    final ReceiverLoss loss;
    final Heliograph sender;
    final Heliograph receiver;
    final StreamPublication publication;
    StreamSubscription subscription;
    private long publishAtNs = System.nanoTime();
    private final List<AutoCloseable> open = new ArrayList<>();
    private final List<Engine> engines = new ArrayList<>();
    private final Topology topology;

    JournalPair(Topology topology) {
        this(topology, SubscriptionOptions.DEFAULT);
    }

    JournalPair(Topology topology, SubscriptionOptions options) {
        this.topology = topology;
        for (String host : List.of("host1", "host2")) {
            engines.add(keep(Engine.start(topology, host, EngineOptions.DEFAULT, new Listener())));
        }
        loss = new ReceiverLoss(Lines.of(topology, topology.stream("itch").orElseThrow()), 0x10C5);
        engines.forEach(Engine::doWork);
        sender = keep(
                Heliograph.connect(new HeliographContext().topology(topology).host("host1")));
        receiver = keep(Heliograph.connect(new HeliographContext()
                .topology(topology)
                .host("host2")
                .driver(DriverChoice.embedded())
                .driverContext(new DriverContext().aeron(loss))
                .errorHandler(error -> errors.add(String.valueOf(error.getMessage())))));
        publication = keep(sender.addPublication("itch"));
        subscription = receiver.addSubscription("itch", recorder, options);
        awaiting("connected", this::cycle, publication::isFullyConnected);
        awaiting("heard", this::cycle, () -> subscription.quality() == Quality.LIVE);
        // What is sent before the journal listens it does not have.
        if (!topology.stream("itch").orElseThrow().journaling().hosts().isEmpty()) {
            awaiting("the journal", this::cycle, this::isJournalListening);
        }
    }

    private boolean isJournalListening() {
        boolean[] isFound = {false};
        sender.aeron()
                .countersReader()
                .forEach((id, typeId, key, label) -> isFound[0] |=
                        typeId == AeronCounters.DRIVER_SUBSCRIBER_POSITION_TYPE_ID && label.contains("aeron-spy"));
        return isFound[0];
    }

    /** Without it nothing can be fetched for the subscriber, who has a driver of his own. */
    void stopTheReceiversEngine() {
        engines.remove(1).close();
    }

    void startTheReceiversEngine() {
        engines.add(keep(Engine.start(topology, "host2", EngineOptions.DEFAULT, new Listener())));
    }

    /** Paced by the subscriber's own duty cycle, so that nothing is lost but what a test loses. */
    void publish(int messages) {
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

    /** Loses messages on the line, the only one. */
    void lose(int messages) {
        loss.dark(A, true);
        publish(messages);
        awaiting("the loss", this::cycle, () -> loss.lostUpTo() == publication.nextSequence() - 1);
        loss.dark(A, false);
    }

    /** At some thousand messages/s: publisher, journal, links and reader have two cores together. */
    void publishAndCycle(StreamRecorder to) {
        long nowNs = System.nanoTime();
        if (nowNs - publishAtNs >= 0) {
            publishAtNs = nowNs + BETWEEN_NS;
            offer();
            publication.flush();
        }
        cycle(to);
    }

    void cycle() {
        cycle(recorder);
    }

    void cycle(StreamRecorder to) {
        engines.forEach(Engine::doWork);
        publication.doWork();
        sender.doWork();
        receiver.doWork();
        subscription.poll(to, 64);
    }

    private void offer() {
        byte[] body = Packets.body(publication.epoch(), publication.nextSequence());
        UnsafeBuffer message = new UnsafeBuffer(body);
        awaiting("accepted", this::cycle, () -> publication.offer(message, 0, body.length) > 0);
    }

    private <T extends AutoCloseable> T keep(T resource) {
        open.add(resource);
        return resource;
    }

    @Override
    public void close() {
        for (int i = open.size() - 1; i >= 0; i--) {
            CloseHelper.close(open.get(i));
        }
    }

    static final class Listener implements EngineListener {
        @Override
        public void onClaimed() {}

        @Override
        public void onDriver(DriverEvent event) {}

        @Override
        public void onNic(NicEvent event) {}

        @Override
        public void onIntake(IntakeEvent event) {}

        @Override
        public void onJournal(JournalEvent event) {}
    }
}

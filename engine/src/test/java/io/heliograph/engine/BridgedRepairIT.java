// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine;

import static io.heliograph.engine.testkit.Awaiting.awaiting;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.config.Lines;
import io.heliograph.config.Stream;
import io.heliograph.config.Topology;
import io.heliograph.engine.base.HostClock;
import io.heliograph.engine.journal.JournalReader;
import io.heliograph.engine.journal.StreamJournal;
import io.heliograph.engine.media.DriverContext;
import io.heliograph.engine.stream.PacketLine;
import io.heliograph.engine.stream.PublicationContext;
import io.heliograph.engine.stream.PublicationTick;
import io.heliograph.engine.stream.StreamPublication;
import io.heliograph.engine.stream.StreamSubscription;
import io.heliograph.engine.testkit.BridgedSites;
import io.heliograph.engine.testkit.Packets;
import io.heliograph.engine.testkit.ReceiverLoss;
import io.heliograph.engine.testkit.StreamRecorder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.CloseHelper;
import org.agrona.concurrent.SystemNanoClock;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a host loses in a site that a bridge leads to, it has from the stream's own site when no journal of its site answers. */
@Tag("full")
final class BridgedRepairIT {
    @TempDir
    private Path folder;

    private final StreamRecorder recorder = new StreamRecorder();
    private final List<AutoCloseable> open = new ArrayList<>();
    private final List<Runnable> work = new ArrayList<>();
    private int looks;

    @AfterEach
    void close() {
        for (int i = open.size() - 1; i >= 0; i--) {
            CloseHelper.close(open.get(i));
        }
    }

    @Test
    void shouldFetchFromTheStreamsOwnSite() {
        Topology topology =
                BridgedSites.kept(folder, "repair=\"journal\" lines=\"pin\" budget=\"4 s\"", "lines=\"pin\"");
        Stream itch = topology.stream("itch").orElseThrow();
        ReceiverLoss loss = new ReceiverLoss(Lines.of(topology, itch, "ldn"), 0x10C5);
        engine(topology, "ny1");
        engine(topology, "ldn3");
        Heliograph origin = keep(Heliograph.connect(
                new HeliographContext().topology(topology).host("ny1").stateDirectory(folder)));
        Heliograph ingress = connect(topology, "ldn1", new DriverContext());
        Heliograph far = connect(topology, "ldn3", new DriverContext().aeron(loss));
        StreamPublication home = keep(origin.addPublication("itch"));
        StreamPublication there = keep(published(ingress, itch, home.epoch()));
        StreamSubscription subscription = keep(far.addSubscription("itch", recorder));
        work.add(origin::doWork);
        work.add(home::doWork);
        work.add(there::doWork);
        work.add(() -> subscription.poll(recorder, 64));
        awaiting("to be heard", this::cycle, () -> home.isConnected() && subscription.isConnected(0));

        publish(home, there, 100);
        awaiting("the journal", this::cycle, () -> isKept(home.nextSequence() - 1));
        loss.dark(0, true);
        publish(home, there, 100);
        awaiting("the loss", this::cycle, () -> loss.lostUpTo() == there.nextSequence() - 1);
        loss.dark(0, false);
        publish(home, there, 100);

        awaiting("all messages", this::cycle, () -> subscription.nextSequence() == home.nextSequence());
        // Where it joined is chance: with one of the first packets; from there on it has everything.
        String heard = recorder.heard();
        assertTrue(heard.matches("epoch " + home.epoch() + " from ([0-9]{1,2}), \\1-300"), heard);
        assertEquals(0, recorder.wrongBodies());
        assertTrue(subscription.statistics().recovered() >= 100);
    }

    private static StreamPublication published(Heliograph ingress, Stream itch, long epoch) {
        IngressLines lines = ingress.addIngressLines("itch", PublicationOptions.DEFAULT);
        PublicationContext context = new PublicationContext(
                "itch", itch.id(), epoch, 0, false, false, HostClock.INSTANCE, SystemNanoClock.INSTANCE);
        return new StreamPublication(
                context, lines.route(), lines.open().toArray(new PacketLine[0]), ingress::doWork, PublicationTick.NONE);
    }

    private void publish(StreamPublication home, StreamPublication there, int messages) {
        for (int i = 0; i < messages; i++) {
            offer(home);
            offer(there);
            if (i % 20 == 19) {
                home.flush();
                there.flush();
                cycle();
            }
        }
    }

    private void offer(StreamPublication to) {
        byte[] body = Packets.body(to.epoch(), to.nextSequence());
        UnsafeBuffer message = new UnsafeBuffer(body);
        awaiting("accepted", this::cycle, () -> to.offer(message, 0, body.length) > 0);
    }

    /** Looked at each hundredth time: to open a journal takes much longer than a duty cycle. */
    private boolean isKept(long last) {
        StreamJournal journal = StreamJournal.of(folder.resolve("ny1"), "itch");
        if (++looks % 100 != 0 || !journal.isThere()) {
            return false;
        }
        try (JournalReader reader = journal.reader()) {
            return reader.lastSequence() >= last;
        }
    }

    private void engine(Topology topology, String host) {
        Engine engine = keep(Engine.start(topology, host, EngineOptions.DEFAULT, new JournalPair.Listener()));
        work.add(engine::doWork);
        engine.doWork();
    }

    private Heliograph connect(Topology topology, String host, DriverContext driver) {
        Heliograph heliograph = keep(Heliograph.connect(new HeliographContext()
                .topology(topology)
                .host(host)
                .driver(DriverChoice.embedded())
                .driverContext(driver)
                .stateDirectory(folder)));
        work.add(heliograph::doWork);
        return heliograph;
    }

    private void cycle() {
        work.forEach(Runnable::run);
    }

    private <T extends AutoCloseable> T keep(T resource) {
        open.add(resource);
        return resource;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine;

import static io.heliograph.engine.testkit.Awaiting.awaiting;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.heliograph.config.Lines;
import io.heliograph.config.Topology;
import io.heliograph.engine.journal.JournalReader;
import io.heliograph.engine.journal.StreamJournal;
import io.heliograph.engine.media.DriverContext;
import io.heliograph.engine.media.EmbeddedDriver;
import io.heliograph.engine.stream.StreamPublication;
import io.heliograph.engine.testkit.JournalHosts;
import io.heliograph.engine.testkit.Packets;
import io.heliograph.engine.testkit.ReceiverLoss;
import io.heliograph.engine.wire.PacketFlyweight;
import io.heliograph.engine.wire.PacketKind;
import java.nio.file.Path;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two hosts keep a journal; what the driver of the second one loses, its journal has from the first one's, in its place. */
@Tag("full")
final class JournalRepairIT {
    @TempDir
    private Path folder;

    private long next;
    private long gaps;
    private int looks;

    @Test
    void shouldFetchFromTheOtherJournalBeforeItAppends() {
        Topology ports = JournalHosts.both(folder, folder.toString(), "repair=\"journal\"");
        ReceiverLoss loss =
                new ReceiverLoss(Lines.of(ports, ports.stream("itch").orElseThrow()), 0x10C5);
        try (EmbeddedDriver driver = EmbeddedDriver.launch(new DriverContext().aeron(loss))) {
            Topology topology = JournalHosts.both(folder, driver.directory(), "repair=\"journal\"");
            try (Engine first = Engine.start(topology, "host1", EngineOptions.DEFAULT, new JournalPair.Listener());
                    Engine second = Engine.start(topology, "host2", EngineOptions.DEFAULT, new JournalPair.Listener());
                    Heliograph sender = Heliograph.connect(
                            new HeliographContext().topology(topology).host("host1"));
                    StreamPublication publication = sender.addPublication("itch")) {
                Runnable cycle = () -> {
                    first.doWork();
                    second.doWork();
                    sender.doWork();
                    publication.doWork();
                    driver.doWork();
                };
                awaiting("connected", cycle, publication::isFullyConnected);
                // It begins with what comes when it is there.
                awaiting("the second journal", () -> publish(publication, cycle, 20), () -> isInJournal(0));
                long gapsBefore = gaps;
                loss.dark(0, true);
                long lostBefore = loss.lost();
                publish(publication, cycle, 100);
                awaiting("the loss", cycle, () -> loss.lost() > lostBefore + 2);
                loss.dark(0, false);
                publish(publication, cycle, 500);

                awaiting("all", cycle, () -> isInJournal(publication.nextSequence() - 1));
                assertEquals(gapsBefore, gaps);
            }
        }
    }

    private static void publish(StreamPublication publication, Runnable cycle, int messages) {
        for (int i = 0; i < messages; i++) {
            byte[] body = Packets.body(publication.epoch(), publication.nextSequence());
            UnsafeBuffer message = new UnsafeBuffer(body);
            awaiting("accepted", cycle, () -> publication.offer(message, 0, body.length) > 0);
            if (i % 20 == 19) {
                publication.flush();
                cycle.run();
            }
        }
        publication.flush();
    }

    /** Looked at each hundredth time: to open a journal takes much longer than a duty cycle. */
    private boolean isInJournal(long last) {
        StreamJournal journal = StreamJournal.of(folder.resolve("host2"), "itch");
        next = 1;
        gaps = 0;
        if (++looks % 100 != 0 || !journal.isThere()) {
            return false;
        }
        try (JournalReader reader = journal.reader()) {
            while (reader.poll((buffer, offset, length) -> onPacket(buffer, offset), 64) > 0) {}
        }
        return last == 0 ? next > 1 : next == last + 1;
    }

    private void onPacket(DirectBuffer buffer, int offset) {
        int kind = PacketFlyweight.kind(buffer, offset);
        if (kind == PacketKind.DATA) {
            next = PacketFlyweight.sequence(buffer, offset) + PacketFlyweight.count(buffer, offset);
        }
        gaps += kind == PacketKind.GAP ? 1 : 0;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine;

import static io.heliograph.engine.testkit.Awaiting.awaiting;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.config.Topology;
import io.heliograph.config.TopologyReader;
import io.heliograph.engine.JournalEvent.Kind;
import io.heliograph.engine.journal.JournalReader;
import io.heliograph.engine.journal.StreamJournal;
import io.heliograph.engine.media.DriverEvent;
import io.heliograph.engine.media.nic.NicEvent;
import io.heliograph.engine.stream.StreamPublication;
import io.heliograph.engine.testkit.LoopbackTopology;
import io.heliograph.engine.testkit.Packets;
import io.heliograph.engine.wire.PacketFlyweight;
import io.heliograph.engine.wire.PacketKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An engine keeps the journal of a stream that names its host. */
final class JournalIT {
    private static final int MESSAGES = 20_000;

    @TempDir
    private Path folder;

    private final List<JournalEvent> events = new CopyOnWriteArrayList<>();
    private long next = 1;
    private long seals;
    private boolean isEnded;

    @Test
    void shouldHaveInTheJournalAllThatWasPublished() throws IOException {
        Path journals = folder.resolve("journals");
        Topology topology = topology(journals);
        long epoch;
        try (Engine engine = Engine.start(topology, "host1", EngineOptions.DEFAULT, new Listener());
                Heliograph heliograph = connect(topology, engine)) {
            StreamPublication publication = heliograph.addPublication("itch");
            epoch = publication.epoch();
            Runnable work = () -> {
                heliograph.doWork();
                publication.doWork();
                engine.doWork();
            };
            awaiting("the journal listens", work, publication::isFullyConnected);
            for (int sequence = 1; sequence <= MESSAGES; sequence++) {
                byte[] body = Packets.body(epoch, sequence);
                UnsafeBuffer message = new UnsafeBuffer(body);
                awaiting("accepted", work, () -> publication.offer(message, 0, body.length) > 0);
            }
            awaiting("ended", work, () -> publication.endEpoch() >= 0);
            awaiting("journaled", work, () -> isJournaled(journals, work));
        }

        try (JournalReader reader = StreamJournal.of(journals, "itch").reader()) {
            while (reader.poll((buffer, offset, length) -> onPacket(epoch, buffer, offset), 64) > 0) {}
        }
        assertEquals(MESSAGES + 1, next);
        assertTrue(isEnded, "the end of the epoch");
        assertEquals(5, seals, "four ranges of 4,096 messages, and the last one begun");
        assertEquals(
                List.of(Kind.OPENED, Kind.CLOSED),
                events.stream().map(JournalEvent::kind).toList());
    }

    private static boolean isJournaled(Path journals, Runnable work) {
        try (JournalReader reader = StreamJournal.of(journals, "itch").reader()) {
            for (int i = 0; i < 100; i++) {
                work.run();
            }
            while (reader.poll((buffer, offset, length) -> {}, 64) > 0) {}
            return reader.isEnded();
        }
    }

    private void onPacket(long epoch, DirectBuffer buffer, int offset) {
        assertEquals(epoch, PacketFlyweight.epoch(buffer, offset));
        switch (PacketFlyweight.kind(buffer, offset)) {
            case PacketKind.DATA -> {
                int position = offset + PacketFlyweight.HEADER_LENGTH;
                assertEquals(next, PacketFlyweight.sequence(buffer, offset));
                for (int i = PacketFlyweight.count(buffer, offset); i > 0; i--, next++) {
                    byte[] body = new byte[PacketFlyweight.messageLength(buffer, position)];
                    buffer.getBytes(position + 2, body);
                    assertArrayEquals(Packets.body(epoch, next), body);
                    position += 2 + body.length;
                }
            }
            case PacketKind.SEAL -> seals++;
            case PacketKind.END_OF_EPOCH -> isEnded = true;
            default -> throw new AssertionError("a gap at " + PacketFlyweight.sequence(buffer, offset));
        }
    }

    private Topology topology(Path journals) throws IOException {
        String sample = Files.readString(LoopbackTopology.sample("journal.xml", folder));
        return TopologyReader.read(
                "journal.xml",
                sample.replace(
                        "<engine journal=\"/tmp/heliograph-journal\"/>",
                        "<engine driver=\"engine\" journal=\"" + journals + "\"/>"));
    }

    private static Heliograph connect(Topology topology, Engine engine) {
        engine.doWork();
        return Heliograph.connect(new HeliographContext().topology(topology).host("host1"));
    }

    private final class Listener implements EngineListener {
        @Override
        public void onClaimed() {}

        @Override
        public void onDriver(DriverEvent event) {}

        @Override
        public void onNic(NicEvent event) {}

        @Override
        public void onIntake(IntakeEvent event) {}

        @Override
        public void onJournal(JournalEvent event) {
            events.add(event);
        }
    }
}

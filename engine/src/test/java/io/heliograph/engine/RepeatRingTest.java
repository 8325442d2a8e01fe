// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeron.Publication;
import io.heliograph.engine.stream.PacketLine;
import io.heliograph.engine.stream.PublicationContext;
import io.heliograph.engine.stream.PublicationTick;
import io.heliograph.engine.stream.StreamPublication;
import io.heliograph.engine.testkit.ManualClock;
import io.heliograph.engine.testkit.Packets;
import io.heliograph.engine.testkit.RecordingLine;
import io.heliograph.engine.wire.PacketFlyweight;
import io.heliograph.engine.wire.PacketKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.ControlledMessageHandler.Action;
import org.agrona.concurrent.SystemNanoClock;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an engine has a publisher send once more, and by which way. */
final class RepeatRingTest {
    private static final int STREAM = 1001;
    private static final long SECOND_NS = 1_000_000_000L;

    @TempDir
    private Path folder;

    private Path file;
    private final ManualClock clock = new ManualClock();
    private final RecordingLine line = new RecordingLine("A");

    @BeforeEach
    void name() {
        file = folder.resolve("itch.repeat");
    }

    @Test
    void shouldSendOnTheLineWhatTheEngineHandsOverAndNothingThatIsNoPacketOfTheStream() {
        try (StreamPublication publication = publication()) {
            RepeatRing engine = open();
            offer(engine, Packets.data(STREAM, 7, 11, 20));
            offer(engine, Packets.data(STREAM + 1, 7, 11, 20));
            offer(engine, Packets.gap(STREAM, 7, 11, 20));
            offer(engine, new byte[40]);
            offer(engine, Packets.data(STREAM, 7, 21, 30));

            tick(publication);

            assertEquals(List.of(11L, 21L), sent());
            engine.close();
        }
        assertFalse(Files.exists(file), "taken away");
    }

    @Test
    void shouldKeepWhatTheLineDoesNotTakeAndSendNoMoreThanItsShareAtATime() {
        try (StreamPublication publication = publication();
                RepeatRing engine = open()) {
            for (int i = 0; i < 100; i++) {
                offer(engine, Packets.data(STREAM, 7, 1 + i, 1 + i));
            }
            line.answerAlways(Publication.BACK_PRESSURED);
            tick(publication);
            assertEquals(List.of(), sent());

            line.answerAlways(1);
            tick(publication);
            assertEquals(64, sent().size());
            tick(publication);
            assertEquals(36, sent().size());
        }
    }

    @Test
    void shouldBeOfNoUseWhenItsPublisherIsGone() {
        RepeatRing publisher = RepeatRing.create(file);
        try (RepeatRing engine = open()) {
            publisher.beat(SECOND_NS);

            assertTrue(engine.isAlive(SECOND_NS + SECOND_NS / 2 - 1));
            assertFalse(engine.isAlive(SECOND_NS + SECOND_NS / 2));
        }
        publisher.close();
    }

    @Test
    void shouldMakeANewOneInThePlaceOfWhatAKilledPublisherHasLeft() {
        RepeatRing killed = RepeatRing.create(file);
        RepeatRing before = open();
        offer(before, Packets.data(STREAM, 7, 1, 10));
        RepeatRing next = RepeatRing.create(file);
        try (RepeatRing engine = open()) {
            offer(engine, Packets.data(STREAM, 7, 11, 20));

            assertEquals(List.of(11L), read(next));
            offer(before, Packets.data(STREAM, 7, 1, 10));
            assertEquals(List.of(), read(next), "what looks at the old one harms nobody");
        }
        before.close();
        next.close();
        killed.close();
    }

    @Test
    void shouldOpenNothingElse() throws IOException {
        assertNull(RepeatRing.open(file));
        Files.write(file, new byte[4096]);
        assertNull(RepeatRing.open(file));
        RepeatRing.create(file).close();
        RepeatRing made = RepeatRing.create(file);
        byte[] octets = Files.readAllBytes(file);
        octets[8] = 2;
        Files.write(folder.resolve("other"), octets);
        assertNull(RepeatRing.open(folder.resolve("other")));
        made.close();
    }

    @Test
    void shouldFindNoPublisherWhereNoneIsAndOneThatComesLater() {
        try (PublisherLines lines = new PublisherLines(id -> id == STREAM ? file : null, SystemNanoClock.INSTANCE)) {
            byte[] packet = Packets.data(STREAM, 7, 1, 10);
            assertFalse(lines.has(1));
            assertFalse(lines.has(STREAM));
            assertFalse(lines.send(STREAM, new UnsafeBuffer(packet), 0, packet.length));
        }
        RepeatRing publisher = RepeatRing.create(file);
        publisher.beat(SystemNanoClock.INSTANCE.nanoTime());
        try (PublisherLines lines = new PublisherLines(id -> id == STREAM ? file : null, SystemNanoClock.INSTANCE)) {
            byte[] packet = Packets.data(STREAM, 7, 1, 10);
            assertTrue(lines.has(STREAM));
            assertTrue(lines.send(STREAM, new UnsafeBuffer(packet), 0, packet.length));
            assertEquals(List.of(1L), read(publisher));
        }
        publisher.close();
    }

    private StreamPublication publication() {
        PublicationContext context = new PublicationContext("itch", STREAM, 7, 0, true, false, () -> 1, clock);
        Repeats repeats = new Repeats(RepeatRing.create(file), STREAM, PublicationTick.NONE);
        return new StreamPublication(context, new PacketLine[] {line}, () -> {}, repeats);
    }

    private void tick(StreamPublication publication) {
        clock.advanceNs(5_000_000);
        publication.doWork();
    }

    private RepeatRing open() {
        RepeatRing ring = RepeatRing.open(file);
        assertNotNull(ring);
        return ring;
    }

    private static void offer(RepeatRing engine, byte[] packet) {
        assertTrue(engine.offer(new UnsafeBuffer(packet), 0, packet.length));
    }

    /** First sequences of the packets that the line has taken, heartbeats apart. */
    private List<Long> sent() {
        return line.taken().stream()
                .map(UnsafeBuffer::new)
                .filter(packet -> PacketFlyweight.kind(packet, 0) != PacketKind.HEARTBEAT)
                .map(packet -> PacketFlyweight.sequence(packet, 0))
                .toList();
    }

    private static List<Long> read(RepeatRing publisher) {
        List<Long> read = new ArrayList<>();
        publisher.read(
                (type, buffer, offset, length) -> {
                    read.add(PacketFlyweight.sequence(buffer, offset));
                    return Action.CONTINUE;
                },
                100);
        return read;
    }
}

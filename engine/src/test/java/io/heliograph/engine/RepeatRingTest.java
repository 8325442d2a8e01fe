// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeron.Publication;
import io.heliograph.config.Lines;
import io.heliograph.config.Stream;
import io.heliograph.config.Topology;
import io.heliograph.engine.media.LineChoice;
import io.heliograph.engine.media.LineHealth;
import io.heliograph.engine.recovery.ResendPlace;
import io.heliograph.engine.stream.LineRoute;
import io.heliograph.engine.stream.PacketLine;
import io.heliograph.engine.stream.PublicationContext;
import io.heliograph.engine.stream.PublicationTick;
import io.heliograph.engine.stream.StreamPublication;
import io.heliograph.engine.testkit.LoopbackTopology;
import io.heliograph.engine.testkit.ManualClock;
import io.heliograph.engine.testkit.Packets;
import io.heliograph.engine.testkit.RecordingLine;
import io.heliograph.engine.wire.PacketFlyweight;
import io.heliograph.engine.wire.PacketKind;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
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
            tick(publication);
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
            tick(publication);
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
    void shouldSendWhatThePublicationKeepsOfARangeAFewPacketsAtATimeAndShowWhatThatIs() {
        try (StreamPublication publication = keeping();
                RepeatRing engine = open()) {
            assertNull(engine.kept(), "nothing shown so far");
            tick(publication);
            assertEquals(new ResendPlace(7, 1, 1), engine.kept());
            send(publication, 100);
            tick(publication);
            assertEquals(new ResendPlace(7, 1, 101), engine.kept());
            line.taken();

            assertTrue(engine.offerRange(11, 51, Long.MAX_VALUE / 2));
            assertTrue(engine.offerRange(51, 91, Long.MAX_VALUE / 2));
            assertTrue(engine.offerRange(1, 3, Long.MAX_VALUE / 2));
            assertFalse(engine.isTaken());
            tick(publication);
            assertEquals(LongStream.rangeClosed(11, 74).boxed().toList(), sent());
            assertFalse(engine.isTaken());
            tick(publication);
            assertEquals(
                    LongStream.concat(LongStream.rangeClosed(75, 90), LongStream.of(1, 2))
                            .boxed()
                            .toList(),
                    sent());
            assertTrue(engine.isTaken());
        }
    }

    @Test
    void shouldKeepARangeThatTheLineDoesNotTakeUntilNobodyWantsItAnyMore() {
        try (StreamPublication publication = keeping();
                RepeatRing engine = open()) {
            tick(publication);
            send(publication, 10);
            line.taken();
            line.answerAlways(Publication.BACK_PRESSURED);
            engine.offerRange(1, 3, Long.MAX_VALUE / 2);
            tick(publication);
            assertFalse(engine.isTaken());
            line.answerAlways(1);
            tick(publication);
            assertEquals(List.of(1L, 2L), sent());

            engine.offerRange(1, 3, SystemNanoClock.INSTANCE.nanoTime());
            tick(publication);
            assertEquals(List.of(), sent());
            assertTrue(engine.isTaken());
        }
    }

    @Test
    void shouldEmptyTheRingOfWhatAKilledEngineHasLeftBeforeTheNextOneWrites() throws IOException {
        RepeatRing publisher = RepeatRing.create(file);
        RepeatRing killed = open();
        assertTrue(publisher.empty());
        assertFalse(publisher.empty(), "once for each");
        offer(killed, Packets.data(STREAM, 7, 1, 10));
        offer(killed, Packets.data(STREAM, 7, 31, 40));
        killed.close();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            MappedByteBuffer mapped = channel.map(FileChannel.MapMode.READ_WRITE, 0, channel.size());
            // Its length is negative until a message is whole.
            mapped.order(ByteOrder.nativeOrder()).putInt(4096, -mapped.getInt(4096));
        }
        assertEquals(List.of(), read(publisher), "it is waited for");

        try (RepeatRing next = open()) {
            byte[] packet = Packets.data(STREAM, 7, 11, 20);
            assertFalse(
                    next.offer(new UnsafeBuffer(packet), 0, packet.length), "the publisher does not know it so far");
            assertFalse(next.offerRange(1, 2, Long.MAX_VALUE));
            assertTrue(publisher.empty());
            offer(next, packet);
            assertEquals(List.of(11L), read(publisher));
        }
        publisher.close();
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
        killed.empty();
        offer(before, Packets.data(STREAM, 7, 1, 10));
        RepeatRing next = RepeatRing.create(file);
        try (RepeatRing engine = open()) {
            next.empty();
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
        octets[8] = 1;
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
            assertTrue(publisher.empty());
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

    /** Every message in a packet of its own is kept. */
    private StreamPublication keeping() {
        PublicationContext context = new PublicationContext("itch", STREAM, 7, 0, true, false, () -> 1, clock);
        Repeats repeats = new Repeats(RepeatRing.create(file), STREAM, PublicationTick.NONE);
        Topology topology = LoopbackTopology.with("lines=\"pin\"");
        Stream stream = topology.streams().get(0);
        LineChoice choice = LineChoice.of(stream, Lines.of(topology, stream).subList(0, 1));
        LineRoute route = new LineRoute(choice, LineHealth.UNKNOWN, SECOND_NS, 1, true);
        return new StreamPublication(context, route, new PacketLine[] {line}, () -> {}, repeats);
    }

    private static void send(StreamPublication publication, int messages) {
        for (int i = 0; i < messages; i++) {
            assertTrue(publication.offer(new UnsafeBuffer(new byte[20]), 0, 20) > 0);
            publication.flush();
        }
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

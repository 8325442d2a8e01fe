// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeron.Publication;
import io.heliograph.config.Lines;
import io.heliograph.config.Stream;
import io.heliograph.config.Topology;
import io.heliograph.engine.media.LineChoice;
import io.heliograph.engine.media.LineHealth;
import io.heliograph.engine.testkit.AllocatedOctets;
import io.heliograph.engine.testkit.LineDouble;
import io.heliograph.engine.testkit.LoopbackTopology;
import io.heliograph.engine.testkit.ManualClock;
import io.heliograph.engine.testkit.RecordingLine;
import io.heliograph.engine.wire.PacketFlyweight;
import io.heliograph.engine.wire.PacketKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is sent once more of what a publication keeps, against a list of all that ever left it. */
final class KeptPacketsPropertyTest {
    private static final int STREAM = 1001;
    private static final long RESEND_NS = 200_000_000L;
    private static final int TICK_MS = 5;

    private final ManualClock clock = new ManualClock();
    private final RecordingLine a = new RecordingLine("A");
    private final RecordingLine b = new RecordingLine("B");
    private final List<Sent> model = new ArrayList<>();

    /** A packet of data as it left first. */
    private static final class Sent {
        private final long first;
        private final long end;
        private final byte[] octets;
        private final long atNs;

        Sent(long first, long end, byte[] octets, long atNs) {
            this.first = first;
            this.end = end;
            this.octets = octets;
            this.atNs = atNs;
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void shouldSendAgainWhatItKeepsOfAnyRangeAndNothingElse(long seed) {
        Random random = new Random(seed);
        try (StreamPublication publication = publication("redundant", a, b)) {
            KeptPackets kept = publication.lines().kept();
            assertEquals(0, kept.first());
            boolean isFast = seed % 2 == 0;
            for (int step = 0; step < 400; step++) {
                send(publication, random, random.nextInt(isFast ? 400 : 12));
                if (random.nextInt(4) > 0) {
                    clock.advanceMs(TICK_MS);
                    publication.doWork();
                    note();
                }
                if (step % 4 == 0) {
                    checkFirst(publication, kept);
                    checkRange(publication, kept, random);
                }
            }
            assertTrue(!isFast || kept.first() > 1, "the oldest have gone");
        }
    }

    @Test
    void shouldWriteToNoMoreMemoryThanTheTimeTakesThatIsKept() {
        try (StreamPublication publication = publication("redundant", a, b)) {
            Random random = new Random(7);
            int highest = 0;
            for (int step = 0; step < 4_000; step++) {
                send(publication, random, 10);
                clock.advanceMs(TICK_MS);
                publication.doWork();
                a.taken();
                b.taken();
                ResendWindow window = publication.sending().kept();
                assertTrue(window != null && window.end() > 0);
                highest = Math.max(highest, window.offset(window.placeOf(publication.nextSequence() - 1)));
            }
            ResendWindow window = publication.sending().kept();
            assertTrue(window != null && window.end() > 4L << 20, "sent");
            assertTrue(highest < 300 << 10, "written to: " + highest);
        }
    }

    @Test
    void shouldGoOnWhereALineDidNotTakeIt() {
        try (StreamPublication publication = publication("pin", a, b)) {
            send(publication, new Random(3), 100);
            note();
            KeptPackets kept = publication.lines().kept();
            a.answer(1, 1, Publication.BACK_PRESSURED);
            long next = kept.replay(1, 101, 64, Integer.MAX_VALUE);
            assertEquals(firsts(model.subList(0, 2)), firsts(replayed(a)));
            assertEquals(model.get(2).first, next);
            assertTrue(kept.replay(next, 101, Integer.MAX_VALUE, Integer.MAX_VALUE) >= 101);
            assertEquals(firsts(model.subList(2, model.size())), firsts(replayed(a)));
            assertEquals(List.of(), b.taken(), "the stream is on one line");

            assertTrue(kept.replay(1, 101, Integer.MAX_VALUE, 1) < 101, "one packet, however few octets");
            assertEquals(1, replayed(a).size());
            assertEquals(300, kept.replay(200, 300, 64, Integer.MAX_VALUE), "not sent so far");
        }
    }

    @Test
    void shouldKeepNothingWhereNobodyAsks() {
        StreamPublication publication = new StreamPublication(
                new PublicationContext("itch", STREAM, 7, 0, true, false, clock.wall(), clock),
                new PacketLine[] {a},
                () -> {},
                PublicationTick.NONE);
        send(publication, new Random(3), 10);
        a.taken();
        KeptPackets kept = publication.lines().kept();
        assertEquals(0, kept.first());
        assertEquals(11, kept.replay(1, 11, 64, 1 << 20));
        assertEquals(List.of(), a.taken());
        publication.close();
    }

    @Test
    void shouldAllocateNothing() {
        LineDouble all = new LineDouble("A", (buffer, offset, length) -> 1);
        try (StreamPublication publication = publication("redundant", all, all)) {
            UnsafeBuffer message = new UnsafeBuffer(new byte[36]);
            KeptPackets kept = publication.lines().kept();
            assertEquals(0, AllocatedOctets.of(() -> {
                for (int i = 0; i < 200_000; i++) {
                    publication.offer(message, 0, 36);
                    if (i % 500 == 0) {
                        clock.advanceMs(TICK_MS);
                        publication.doWork();
                        kept.replay(
                                Math.max(kept.first(), publication.nextSequence() - 900), Long.MAX_VALUE, 20, 1 << 20);
                    }
                }
            }));
            assertTrue(publication.sending().resent() > 2_000, "sent again");
        }
    }

    private void checkFirst(StreamPublication publication, KeptPackets kept) {
        long first = kept.first();
        long sinceNs = clock.nanoTime() - RESEND_NS;
        boolean isFound = model.isEmpty();
        long octets = 0;
        for (Sent sent : model) {
            isFound |= sent.first == first;
            octets += sent.first >= first ? sent.octets.length : 0;
        }
        boolean isFull = octets > ResendWindow.MIN_CAPACITY * 9L / 10;
        for (Sent sent : model) {
            assertTrue(
                    sent.first >= first || sent.atNs - sinceNs < 0 || isFull,
                    () -> sent.first + " left since, kept from " + first);
        }
        assertTrue(isFound, () -> "begins with a packet: " + first + " of " + publication.nextSequence());
    }

    private void checkRange(StreamPublication publication, KeptPackets kept, Random random) {
        long next = publication.nextSequence();
        long first = 1 + random.nextLong(next);
        long end = first + 1 + random.nextInt(random.nextBoolean() ? 5 : 2_000);
        long oldest = kept.first();
        List<Sent> wanted = model.stream()
                .filter(sent -> sent.first >= oldest && sent.end > first && sent.first < end)
                .toList();
        long at = first;
        List<byte[]> again = new ArrayList<>();
        while (at < end) {
            int limit = 1 + random.nextInt(30);
            long reached = kept.replay(at, end, limit, 1 << 20);
            List<byte[]> some = replayed(a);
            assertTrue(some.size() <= limit, "no more than wanted");
            assertEquals(firsts(some), firsts(replayed(b)), "on every line");
            again.addAll(some);
            assertTrue(reached > at, "goes on");
            at = reached;
        }
        assertEquals(firsts(wanted), firsts(again));
        for (int i = 0; i < again.size(); i++) {
            byte[] octets = again.get(i).clone();
            octets[28] &= ~PacketFlyweight.FLAG_REPLAYED;
            assertArrayEquals(wanted.get(i).octets, octets, "as it was sent, but marked");
        }
        ResendWindow window = publication.sending().kept();
        for (long place = window == null ? 0 : window.placeOf(first); window != null && place != window.end(); ) {
            int flags = PacketFlyweight.flags(window.memory(), window.offset(place));
            assertEquals(0, flags & PacketFlyweight.FLAG_REPLAYED, "as it was, for lines that catch up");
            place = window.next(place);
        }
    }

    /** What was sent on the line since the last time, of data: marked as replayed, all of it. */
    private static List<byte[]> replayed(RecordingLine line) {
        List<byte[]> packets = line.taken();
        for (byte[] packet : packets) {
            assertEquals(PacketFlyweight.FLAG_REPLAYED, PacketFlyweight.flags(new UnsafeBuffer(packet), 0));
        }
        return packets;
    }

    private void send(StreamPublication publication, Random random, int messages) {
        for (int i = 0; i < messages; i++) {
            byte[] body = new byte[random.nextInt(random.nextInt(20) == 0 ? 3_000 : 90)];
            random.nextBytes(body);
            assertTrue(publication.offer(new UnsafeBuffer(body), 0, body.length) > 0);
            if (random.nextInt(5) == 0) {
                publication.flush();
            }
        }
        publication.flush();
        note();
    }

    private void note() {
        b.taken();
        for (byte[] packet : a.taken()) {
            UnsafeBuffer buffer = new UnsafeBuffer(packet);
            if (PacketFlyweight.kind(buffer, 0) == PacketKind.DATA) {
                long first = PacketFlyweight.sequence(buffer, 0);
                model.add(new Sent(first, first + PacketFlyweight.count(buffer, 0), packet, clock.nanoTime()));
            }
        }
    }

    private static List<Long> firsts(List<?> packets) {
        return packets.stream()
                .map(packet -> packet instanceof Sent sent
                        ? sent.first
                        : (Long) PacketFlyweight.sequence(new UnsafeBuffer((byte[]) packet), 0))
                .toList();
    }

    private StreamPublication publication(String policy, PacketLine... lines) {
        Topology topology = LoopbackTopology.with("lines=\"" + policy + "\"");
        Stream stream = topology.streams().get(0);
        LineChoice choice = LineChoice.of(stream, Lines.of(topology, stream));
        return new StreamPublication(
                new PublicationContext("itch", STREAM, 7, 0, true, false, clock.wall(), clock),
                new LineRoute(choice, LineHealth.UNKNOWN, RESEND_NS, 1, true),
                lines,
                () -> {},
                PublicationTick.NONE);
    }
}

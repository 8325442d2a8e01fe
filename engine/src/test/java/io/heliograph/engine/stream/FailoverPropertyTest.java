// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.config.LinePolicy;
import io.heliograph.config.Lines;
import io.heliograph.config.Stream;
import io.heliograph.config.Topology;
import io.heliograph.engine.media.LineChoice;
import io.heliograph.engine.media.LineHealth;
import io.heliograph.engine.testkit.LineDouble;
import io.heliograph.engine.testkit.LoopbackTopology;
import io.heliograph.engine.testkit.Packets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** NICs of the sender fail silently, are found out after a while and come back, one at a time: a subscriber misses nothing. */
final class FailoverPropertyTest {
    private static final int STEPS = 12_000;
    private static final long MS = 1_000_000L;

    private final ArbiterFixture receiver =
            new ArbiterFixture(ArbiterContext.of(ArbiterFixture.STREAM, 2).seals(true));
    private final Health health = new Health();
    private final Random random = new Random();
    private @Nullable CarriedStreams carried;
    private int dead = -1;
    private long diedNs;
    private long knownNs;
    private long backNs = receiver.clock.nanoTime() - 200 * MS;

    @ParameterizedTest(name = "{0}, seed {1}")
    @CsvSource({"PIN, 1", "PIN, 2", "PIN, 3", "HASH, 4", "HASH, 5", "HASH, 6"})
    void shouldLoseNothingWhenNicsFailOneAtATime(LinePolicy policy, long seed) {
        random.setSeed(seed);
        Topology topology = LoopbackTopology.with("lines=\"" + policy.name().toLowerCase(Locale.ROOT) + "\"");
        Stream stream = topology.streams().get(0);
        LineRoute route =
                new LineRoute(LineChoice.of(stream, Lines.of(topology, stream)), health, stream.resendNs(), 0);
        try (StreamPublication publication = new StreamPublication(
                new PublicationContext(
                        "itch", ArbiterFixture.STREAM, 7, 0, true, false, receiver.clock.wall(), receiver.clock),
                route,
                new PacketLine[] {wire(0), wire(1)},
                () -> {},
                PublicationTick.NONE)) {
            for (int step = 0; step < STEPS; step++) {
                receiver.clock.advanceMs(1);
                recover();
                fail();
                offer(publication, random.nextInt(20));
                publication.doWork();
            }
            for (int i = 0; i < 4_000; i++) {
                receiver.clock.advanceMs(1);
                recover();
                publication.doWork();
            }

            assertTrue(
                    publication.sending().moves() >= 2,
                    "moves: " + publication.sending().moves());
            assertTrue(
                    publication.sending().resent() > 10,
                    "resent: " + publication.sending().resent());
            assertEquals(publication.messages(), receiver.statistics().messages());
            assertEquals(0, receiver.statistics().gaps());
            assertEquals(0, receiver.statistics().sealMismatches());
        }
    }

    /** What is on a NIC that is dead goes nowhere, and nobody is told. */
    private LineDouble wire(int index) {
        return new LineDouble(index == 0 ? "A" : "B", (buffer, offset, length) -> {
            if (dead != index) {
                byte[] packet = new byte[length];
                buffer.getBytes(offset, packet);
                arrive(index, packet);
            }
            return 1;
        });
    }

    @ParameterizedTest(name = "{0}, seed {1}")
    @CsvSource({"PIN, 11", "PIN, 12", "HASH, 13", "HASH, 14"})
    void shouldMoveAllStreamsOfACarrierTogetherAndLoseNothingOfAny(LinePolicy policy, long seed) {
        random.setSeed(seed);
        Topology topology = LoopbackTopology.with(
                "carrier=\"small\" lines=\"" + policy.name().toLowerCase(Locale.ROOT) + "\"");
        Stream stream = topology.streams().get(0);
        LineRoute route =
                new LineRoute(LineChoice.of(stream, Lines.of(topology, stream)), health, stream.resendNs(), 0);
        PublicationLines lines = new PublicationLines(
                route, new PacketLine[] {wire(0), wire(1)}, () -> {}, LinesTick.NONE, receiver.clock.nanoTime());
        List<Integer> ids = List.of(1, 2, 3);
        Arbiter[] arbiters = new Arbiter[ids.size()];
        List<StreamPublication> publications = new ArrayList<>();
        for (int i = 0; i < arbiters.length; i++) {
            arbiters[i] = new Arbiter(ArbiterContext.of(ids.get(i), 2).window(1 << 12, 1 << 20), StreamListener.NONE);
            publications.add(new StreamPublication(
                    new PublicationContext(
                            "s" + i, ids.get(i), 7, 0, true, false, receiver.clock.wall(), receiver.clock),
                    lines,
                    PublicationTick.NONE));
        }
        carried = new CarriedStreams(ids, ids, 0, arbiters);
        for (int step = 0; step < STEPS; step++) {
            receiver.clock.advanceMs(1);
            carried.beginCycle(receiver.clock.nanoTime(), (buffer, offset, length, header) -> {});
            carried.includeAll();
            recover();
            fail();
            for (StreamPublication publication : publications) {
                // The third is nearly idle.
                offer(publication, random.nextInt(publication.stream().equals("s2") && step % 300 > 0 ? 1 : 8));
                publication.doWork();
            }
            carried.endCycle();
        }
        for (int i = 0; i < 4_000; i++) {
            receiver.clock.advanceMs(1);
            carried.beginCycle(receiver.clock.nanoTime(), (buffer, offset, length, header) -> {});
            carried.includeAll();
            recover();
            publications.forEach(StreamPublication::doWork);
            carried.endCycle();
        }

        assertTrue(lines.sending().moves() >= 2, "moves: " + lines.sending().moves());
        assertTrue(lines.sending().resent() > 10, "resent: " + lines.sending().resent());
        for (int i = 0; i < arbiters.length; i++) {
            assertEquals(
                    publications.get(i).messages(), arbiters[i].statistics().messages(), "stream " + i);
            assertEquals(0, arbiters[i].statistics().gaps(), "stream " + i);
            assertEquals(0, arbiters[i].statistics().sealMismatches(), "stream " + i);
        }
        publications.forEach(StreamPublication::close);
    }

    private void offer(StreamPublication publication, int messages) {
        for (int i = 0; i < messages; i++) {
            byte[] body = Packets.body(7, publication.nextSequence());
            assertTrue(publication.offer(new UnsafeBuffer(body), 0, body.length) > 0);
            if (random.nextInt(4) == 0) {
                publication.flush();
            }
        }
    }

    /** One NIC is dead now and then; the next not in the same moment in which the stream goes back. */
    private void fail() {
        boolean isQuiet = dead < 0 && health.up == 3 && receiver.clock.nanoTime() - backNs > 200 * MS;
        if (isQuiet && random.nextInt(100) == 0) {
            dead = random.nextInt(2);
            diedNs = receiver.clock.nanoTime();
            knownNs = diedNs + random.nextInt(650) * MS;
            backNs = knownNs + random.nextInt(1_000) * MS;
        }
    }

    /** What is said of it follows after up to 650 ms, and it stays down a while when it is back. */
    private void recover() {
        long nowNs = receiver.clock.nanoTime();
        if (dead >= 0 && health.up == 3 && nowNs - knownNs >= 0) {
            health.goodUntilNs = diedNs - random.nextInt(300) * MS;
            health.up &= ~LineChoice.bit(dead);
        } else if (health.up != 3 && nowNs - backNs >= 0) {
            dead = -1;
            health.up = nowNs - backNs >= 100 * MS ? 3 : health.up;
        }
    }

    private void arrive(int line, byte[] packet) {
        CarriedStreams several = carried;
        if (several == null) {
            receiver.on(line, packet);
        } else {
            several.onPacket(line, new UnsafeBuffer(packet), 0, packet.length);
        }
    }

    private static final class Health implements LineHealth {
        private long up = 3;
        private long goodUntilNs;

        @Override
        public long up() {
            return up;
        }

        @Override
        public long goodUntilNs(int line) {
            return goodUntilNs;
        }
    }
}

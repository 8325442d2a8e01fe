// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeron.Publication;
import io.heliograph.config.Lines;
import io.heliograph.config.Stream;
import io.heliograph.config.Topology;
import io.heliograph.engine.media.LineChoice;
import io.heliograph.engine.media.LineHealth;
import io.heliograph.engine.testkit.LoopbackTopology;
import io.heliograph.engine.testkit.Packets;
import io.heliograph.engine.wire.PacketFlyweight;
import java.util.Random;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** All NICs of the sender are away for a moment, again and again, also while they are held: a subscriber misses nothing. */
final class LineBlinkPropertyTest {
    private static final int STEPS = 12_000;
    private static final int BOTH = 3;
    private static final long MS = 1_000_000L;

    /** What the engine waits before it calls a NIC mended. */
    private static final long MENDED_NS = 100 * MS;

    /** After that listeners are back on a line that was opened anew. */
    private static final long LATEST_NS = 300 * MS;

    private final ArbiterFixture receiver =
            new ArbiterFixture(ArbiterContext.of(ArbiterFixture.STREAM, 2).seals(true));
    private final Switch network = new Switch();
    private final Random random = new Random();

    @ParameterizedTest(name = "{0}, seed {1}")
    @CsvSource({"pin, 1", "pin, 2", "pin, 3", "hash, 4", "hash, 5", "hash, 6"})
    void shouldLoseNothingWhenAllNicsBlinkTogether(String policy, long seed) {
        random.setSeed(seed);
        Topology topology = LoopbackTopology.with("lines=\"" + policy + "\"");
        Stream stream = topology.streams().get(0);
        LineRoute route =
                new LineRoute(LineChoice.of(stream, Lines.of(topology, stream)), network, stream.resendNs(), 0);
        try (StreamPublication publication = new StreamPublication(
                new PublicationContext(
                        "itch", ArbiterFixture.STREAM, 7, 0, true, false, receiver.clock.wall(), receiver.clock),
                route,
                new PacketLine[] {new Wire(0), new Wire(1)},
                () -> {},
                PublicationTick.NONE)) {
            for (int step = 0; step < STEPS; step++) {
                receiver.clock.advanceMs(1);
                network.step(step < STEPS - 4_000);
                offer(publication, random.nextInt(20));
                publication.doWork();
            }
            for (int i = 0; i < 500; i++) {
                receiver.clock.advanceMs(1);
                publication.doWork();
            }

            assertTrue(network.blinks > 5, "blinks: " + network.blinks);
            assertEquals(publication.messages(), receiver.statistics().messages(), "seed " + seed);
            assertEquals(0, receiver.statistics().gaps(), "seed " + seed);
            assertEquals(0, receiver.statistics().sealMismatches(), "seed " + seed);
        }
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

    /** Restarts now and then: takes every carrier, and gives it back to one NIC after the other. */
    private final class Switch implements LineHealth {
        private final long[] backNs = new long[2];
        private final long[] heldUntilNs = new long[2];
        private boolean isKnown = true;
        private long awayNs;
        private long goodNs;
        private int blinks;

        void step(boolean isRestarting) {
            long nowNs = receiver.clock.nanoTime();
            boolean isHeard = blinks == 0 || nowNs - Math.max(backNs[0], backNs[1]) > MENDED_NS + LATEST_NS;
            if (isRestarting && isHeard && random.nextInt(300) == 0) {
                isKnown = blinks > 0 && up() == 0;
                blinks++;
                awayNs = nowNs;
                goodNs = nowNs - random.nextInt(110) * MS;
                for (int i = 0; i < backNs.length; i++) {
                    backNs[i] = nowNs + (20 + random.nextInt(300)) * MS;
                    heldUntilNs[i] = backNs[i] + 2_000 * MS;
                }
            }
            isKnown |= nowNs - awayNs > random.nextInt(15) * MS;
        }

        boolean isAway(int line) {
            return blinks > 0 && receiver.clock.nanoTime() - backNs[line] < 0;
        }

        @Override
        public long up() {
            long up = BOTH;
            for (int i = 0; isKnown && blinks > 0 && i < backNs.length; i++) {
                up &= receiver.clock.nanoTime() - heldUntilNs[i] < 0 ? ~LineChoice.bit(i) : -1L;
            }
            return up;
        }

        @Override
        public long goodUntilNs(int line) {
            return goodNs;
        }

        @Override
        public boolean isGone(int line) {
            return !LineChoice.has(up(), line);
        }

        @Override
        public boolean isMended(int line) {
            return isGone(line) && receiver.clock.nanoTime() - backNs[line] >= MENDED_NS;
        }
    }

    /** Loses what is sent while the carrier is away; opened anew it is heard after a while. */
    private final class Wire implements PacketLine {
        private final int index;
        private boolean isResting;
        private long heardNs = receiver.clock.nanoTime();

        Wire(int index) {
            this.index = index;
        }

        @Override
        public String name() {
            return index == 0 ? "A" : "B";
        }

        @Override
        public long offer(DirectBuffer buffer, int offset, int length) {
            if (!isConnected()) {
                return Publication.NOT_CONNECTED;
            }
            if (!network.isAway(index)) {
                byte[] packet = new byte[length];
                buffer.getBytes(offset, packet);
                receiver.on(index, packet);
            }
            return 1;
        }

        @Override
        public boolean isConnected() {
            return !isResting && receiver.clock.nanoTime() - heardNs >= 0;
        }

        @Override
        public int maxPayloadLength() {
            return 1376;
        }

        @Override
        public int maxPacketLength() {
            return PacketFlyweight.MAX_PACKET_LENGTH;
        }

        @Override
        public void rest() {
            isResting = true;
        }

        @Override
        public void open() {
            isResting = false;
            heardNs = receiver.clock.nanoTime() + random.nextLong(LATEST_NS);
        }

        @Override
        public void close() {
            isResting = true;
        }
    }
}

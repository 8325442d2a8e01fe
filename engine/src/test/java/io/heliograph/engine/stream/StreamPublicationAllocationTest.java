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
import io.heliograph.engine.testkit.AllocatedOctets;
import io.heliograph.engine.testkit.LineDouble;
import io.heliograph.engine.testkit.LoopbackTopology;
import io.heliograph.engine.testkit.ManualClock;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

final class StreamPublicationAllocationTest {
    private static final int MESSAGES = 200_000;

    private final ManualClock clock = new ManualClock();
    private final Counting a = new Counting(Integer.MAX_VALUE);
    private final Counting b = new Counting(7);
    private final PacketLine[] lines = {new LineDouble("A", a), new LineDouble("B", b)};
    private final StreamPublication publication = new StreamPublication(
            new PublicationContext("itch", 1001, 7, 0, true, false, clock.wall(), clock),
            lines,
            () -> {},
            PublicationTick.NONE);
    private final UnsafeBuffer message = new UnsafeBuffer(new byte[36]);
    private final MessageClaim claim = new MessageClaim();

    @Test
    void shouldAllocateNothingForOffersFlushesHeartbeatsAndSeals() {
        assertEquals(0, AllocatedOctets.of(() -> {
            for (int i = 0; i < MESSAGES; i++) {
                publication.offer(message, 0, 36);
                if (i % 50 == 0) {
                    publication.flush();
                    clock.advanceMs(1);
                    publication.doWork();
                    clock.advanceMs(1);
                    publication.doWork();
                }
            }
        }));

        assertTrue(a.taken > MESSAGES / 35, "packets: " + a.taken);
        assertTrue(publication.line(1).pushedBack() == 0 && b.refused > 0);
    }

    @Test
    void shouldAllocateNothingForClaims() {
        assertEquals(0, AllocatedOctets.of(() -> {
            for (int i = 0; i < MESSAGES; i++) {
                publication.claim(36, claim);
                if (i % 3 == 0) {
                    claim.abort();
                } else {
                    claim.buffer().putLong(claim.offset(), i);
                    claim.commit();
                }
            }
        }));

        assertTrue(a.taken > MESSAGES / 60, "packets: " + a.taken);
    }

    @Test
    void shouldAllocateNothingForMovesFromLineToLine() {
        MovingHealth health = new MovingHealth();
        Topology topology = LoopbackTopology.with("lines=\"pin\"");
        Stream stream = topology.streams().get(0);
        LineChoice choice = LineChoice.of(stream, Lines.of(topology, stream));
        try (StreamPublication moving = new StreamPublication(
                new PublicationContext("itch", 1001, 7, 0, true, false, clock.wall(), clock),
                new LineRoute(choice, health, 2_000_000_000L, 0),
                lines,
                () -> {},
                PublicationTick.NONE)) {
            assertEquals(0, AllocatedOctets.of(() -> {
                for (int i = 0; i < MESSAGES; i++) {
                    moving.offer(message, 0, 36);
                    if (i % 100 == 0) {
                        moving.flush();
                        clock.advanceMs(5);
                        health.up = i % 40_000 < 20_000 ? 3 : 2;
                        moving.doWork();
                    }
                }
            }));

            assertTrue(
                    moving.sending().moves() >= 8, "moves: " + moving.sending().moves());
            assertTrue(
                    moving.sending().resent() > 100,
                    "resent: " + moving.sending().resent());
        }
    }

    private static final class MovingHealth implements LineHealth {
        private long up = 3;

        @Override
        public long up() {
            return up;
        }
    }

    private static final class Counting implements LineDouble.Offer {
        private final int refuseEvery;
        private long taken;
        private long refused;

        Counting(int refuseEvery) {
            this.refuseEvery = refuseEvery;
        }

        @Override
        public long offer(DirectBuffer buffer, int offset, int length) {
            if ((taken + refused) % refuseEvery == refuseEvery - 1) {
                refused++;
                return Publication.BACK_PRESSURED;
            }
            return ++taken;
        }
    }
}

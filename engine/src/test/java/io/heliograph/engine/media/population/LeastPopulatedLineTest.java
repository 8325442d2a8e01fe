// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.media.population;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.engine.media.LineHealth;
import io.heliograph.engine.testkit.AllocatedOctets;
import org.junit.jupiter.api.Test;

final class LeastPopulatedLineTest {
    private static final long MS = 1_000_000;
    private static final long START_NS = Long.MAX_VALUE - 500 * MS;
    private static final long TICK_NS = 5 * MS;
    private static final long A = 0b001;
    private static final long B = 0b010;
    private static final long C = 0b100;
    private static final long ALL = A | B | C;
    private static final long NEVER = -1;

    private final Stated stated = new Stated();
    private final LeastPopulatedLine line = new LeastPopulatedLine(stated, 3, 42);
    private long nowNs = START_NS;

    @Test
    void shouldJoinTheLineWithTheFewestWhoseNicIsUp() {
        stated.set(3, 1, 2);
        assertEquals(B, line.joined(ALL));

        stated.up = A | C;
        assertEquals(C, line.joined(ALL));
        assertEquals(A, line.joined(A | B));

        stated.up = 0;
        assertEquals(B, line.joined(ALL), "when none is up, as if all were");
    }

    @Test
    void shouldDrawAmongThoseWhoShareTheFewestByItsIdentity() {
        stated.set(2, 1, 1);
        int b = 0;
        for (long identity = 0; identity < 1_000; identity++) {
            long joined = new LeastPopulatedLine(stated, 3, identity).joined(ALL);
            assertEquals(joined, new LeastPopulatedLine(stated, 3, identity).joined(ALL), "the same each time");
            assertTrue(joined == B || joined == C);
            b += joined == B ? 1 : 0;
        }
        assertTrue(b > 400 && b < 600, b + " of 1,000 on line B");
    }

    @Test
    void shouldDrawAnyWhereNobodyStatesTheNumbers() {
        stated.set(0, -1, 5);
        assertFalse(line.isKnown());
        long seen = 0;
        for (long identity = 0; identity < 100; identity++) {
            seen |= new LeastPopulatedLine(stated, 3, identity).joined(ALL);
        }
        assertEquals(ALL, seen);

        stated.set(-1, -1, -1);
        assertEquals(NEVER, movedAfterMs(A, 60_000));
    }

    @Test
    void shouldMoveWhenAnotherLineHasHadTwoFewerForAWhile() {
        stated.set(3, 1, 2);

        long ms = movedAfterMs(A, 10_000);

        assertTrue(ms >= 1_000, "an imbalance has to stand: " + ms);
        assertTrue(ms <= 1_000 + 3 * 1_000, "a share of a span of 1 s for each of three: " + ms);
    }

    @Test
    void shouldStayWhenTheOthersHaveOneFewer() {
        stated.set(3, 2, 2);

        assertEquals(NEVER, movedAfterMs(A, 60_000));
    }

    @Test
    void shouldStayWhenSomebodyElseHasMovedMeanwhile() {
        for (int round = 0; round < 20; round++) {
            stated.set(4, 2, 3);
            assertEquals(NEVER, movedAfterMs(A, 995));
            stated.set(3, 3, 3);
            assertEquals(NEVER, movedAfterMs(A, 100));
        }
    }

    @Test
    void shouldNotMoveToALineWhoseNicIsDown() {
        stated.set(5, 1, 5);
        stated.up = A | C;

        assertEquals(NEVER, movedAfterMs(A, 60_000));
    }

    @Test
    void shouldRestAfterAMove() {
        stated.set(9, 1, 9);
        movedAfterMs(A, 60_000);
        stated.set(1, 9, 9);

        long ms = movedAfterMs(B, 60_000);

        assertTrue(ms >= 3_000 + 1_000, "rest, and an imbalance that stands: " + ms);
    }

    @Test
    void shouldNotTryALineAgainSoonThatStayedSilent() {
        stated.set(9, 1, 9);
        movedAfterMs(A, 60_000);

        long ms = movedAfterMs(A, 60_000);

        assertTrue(ms >= 30_000, "it was not left, so the move came to nothing: " + ms);
    }

    @Test
    void shouldNotAllocate() {
        stated.set(3, 3, 3);
        Runnable ticks = () -> {
            for (int i = 0; i < 100_000; i++) {
                nowNs += TICK_NS;
                line.settled(A, ALL, nowNs);
                line.joined(ALL);
            }
        };
        ticks.run();

        assertEquals(0, AllocatedOctets.of(ticks));
    }

    private long movedAfterMs(long own, long limitMs) {
        for (long ms = 0; ms <= limitMs; ms += TICK_NS / MS) {
            nowNs += TICK_NS;
            if (line.settled(own, ALL, nowNs) != own) {
                return ms;
            }
        }
        return NEVER;
    }

    private static final class Stated implements LineHealth {
        private final long[] subscribers = new long[3];
        private long up = -1;

        void set(long a, long b, long c) {
            subscribers[0] = a;
            subscribers[1] = b;
            subscribers[2] = c;
        }

        @Override
        public long up() {
            return up;
        }

        @Override
        public long subscribers(int index) {
            return subscribers[index];
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Sites of many seeds: every subscriber has every message once and in order, or an exact notice.
 *
 * <p>200 seeds, 1,000 with {@code -Dheliograph.full=true}, as many as {@code -Dheliograph.seeds=N} says; a failure names its seed,
 * {@code -Dheliograph.seed=N} runs it alone.
 */
final class RecoverySimulationTest {
    private static final int REPEATED = 50;

    @Test
    void shouldDeliverAllInOrderAndOnceOrNameItLostWhateverHappens() {
        long[] totals = new long[2];
        seeds().filter(seed -> seed % 2 == 0).forEach(seed -> run(seed, false, totals));
        assertTrue(totals[0] >= totals[1], "no more is lost than delivered: " + totals[0] + ", " + totals[1]);
    }

    @Test
    void shouldLoseNothingWhenAJournalHasItAndTheBudgetIsNotOver() {
        long[] totals = new long[2];
        seeds().filter(seed -> seed % 2 == 1).forEach(seed -> run(seed, true, totals));
        assertEquals(0, totals[1], "lost");
    }

    @Test
    void shouldRunTheSameWayToTheLastOctetWhenASeedIsRepeated() {
        seeds().filter(seed -> seed % REPEATED == 1).forEach(seed -> {
            long[] totals = new long[2];
            long first = run(seed, false, totals);
            assertEquals(first, run(seed, false, totals), () -> "seed " + seed);
        });
    }

    private static long run(long seed, boolean isGentle, long[] totals) {
        SimulatedSite site = new SimulatedSite(seed, isGentle);
        try {
            long digest = site.run();
            long[] of = site.totals();
            totals[0] += of[0];
            totals[1] += of[1];
            return digest;
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("seed " + seed + (isGentle ? " (gentle)" : "") + ": " + e.getMessage(), e);
        }
    }

    private static LongStream seeds() {
        Long one = Long.getLong("heliograph.seed");
        long most = Long.getLong("heliograph.seeds", Boolean.getBoolean("heliograph.full") ? 1_000 : 200);
        return one != null ? LongStream.of(one) : LongStream.rangeClosed(1, most);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class LeadHistogramTest {
    private final LeadHistogram leads = new LeadHistogram();

    @Test
    void shouldSayNothingOfNothing() {
        assertEquals(0, leads.atPercentileNs(50));
        assertEquals(0, leads.meanNs());
        assertEquals(0, leads.maxNs());
    }

    @Test
    void shouldBeExactBelowSixteen() {
        for (int ns = 0; ns < 16; ns++) {
            leads.record(ns);
        }

        for (int ns = 0; ns < 16; ns++) {
            assertEquals(ns, leads.atPercentileNs(100.0 * (ns + 1) / 16), "percentile of " + ns);
        }
    }

    @Test
    void shouldBeAtMostAnEighthTooLargeWhateverTheLead() {
        Random random = new Random(0x1EAD);
        long[] all = new long[10_000];
        for (int i = 0; i < all.length; i++) {
            all[i] = random.nextLong() >>> (1 + random.nextInt(63));
            leads.record(all[i]);
        }
        Arrays.sort(all);

        for (double percentile : new double[] {0, 1, 50, 90, 99, 99.9, 100}) {
            long exact = all[Math.max(0, (int) Math.ceil(percentile / 100 * all.length) - 1)];
            long told = leads.atPercentileNs(percentile);
            assertTrue(told >= exact && told - exact <= exact / 8, percentile + ": " + told + " for " + exact);
        }
        assertEquals(all[all.length - 1], leads.maxNs());
        assertEquals(all.length, leads.count());
    }

    @Test
    void shouldCountWithinPowersOfTwo() {
        long[] some = {-3, 0, 1, 2, 3, 4, 7, 8, 1023, 1024, 2047, Long.MAX_VALUE};
        for (long ns : some) {
            leads.record(ns);
        }

        assertEquals(2, leads.countWithin(0));
        assertEquals(1, leads.countWithin(1));
        assertEquals(2, leads.countWithin(2));
        assertEquals(2, leads.countWithin(3));
        assertEquals(1, leads.countWithin(4));
        assertEquals(1, leads.countWithin(10));
        assertEquals(2, leads.countWithin(11));
        assertEquals(1, leads.countWithin(63));
        long sum = 0;
        for (int power = 0; power < Long.SIZE; power++) {
            sum += leads.countWithin(power);
        }
        assertEquals(some.length, sum);
    }
}

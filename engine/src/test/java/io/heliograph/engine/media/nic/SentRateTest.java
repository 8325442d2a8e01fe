// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.media.nic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class SentRateTest {
    private static final long MS = 1_000_000L;

    private final SentRate rate = new SentRate();
    private long nowNs = Long.MAX_VALUE - 700 * MS;

    @Test
    void shouldSayNothingBeforeASecondHasPassedAndThenItsBytes() {
        look(1_000);
        look(2_000);
        look(3_000);
        look(4_000);
        look(5_000);
        assertEquals(-1, rate.perSecond());

        look(7_000);
        assertEquals(6_000, rate.perSecond());
        look(8_000);
        assertEquals(6_000, rate.perSecond());
    }

    @Test
    void shouldBeginAnewWhenTheCountGoesBackOrIsNotToBeHad() {
        for (int i = 0; i < 6; i++) {
            look(1_000_000 + 100L * i);
        }
        assertEquals(500, rate.perSecond());
        look(10);
        assertEquals(-1, rate.perSecond(), "another interface");
        for (int i = 1; i < 6; i++) {
            look(10 + 100L * i);
        }
        assertEquals(500, rate.perSecond());

        look(-1);
        assertEquals(-1, rate.perSecond());
    }

    @Test
    void shouldBeDueFiveTimesASecond() {
        assertTrue(rate.isDue(nowNs));
        rate.onLook(nowNs, 1);

        assertFalse(rate.isDue(nowNs + 199 * MS));
        assertTrue(rate.isDue(nowNs + 200 * MS));
    }

    private void look(long count) {
        rate.onLook(nowNs, count);
        nowNs += 200 * MS;
    }
}

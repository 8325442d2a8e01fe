// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** How much may be on its way. */
final class IngressContextTest {
    private static final IngressContext USUAL = IngressContext.of(IngressContext.Use.FAILOVER, false);

    @Test
    void shouldGiveTheUsualCreditWhereThatIsEnough() {
        assertEquals(IngressContext.USUAL_CREDIT, USUAL.withOnTheWay(0).creditOctets());
        assertEquals(IngressContext.USUAL_CREDIT, USUAL.withOnTheWay(10_000_000).creditOctets());
    }

    @Test
    void shouldGiveMoreThanIsOnItsWayInARoundTrip() {
        // Credit comes back by the quarter: what is left of it while a quarter is owed has to be enough.
        int credit = USUAL.withOnTheWay(64_000_000).creditOctets();

        assertTrue(credit / 4L * 3 >= 64_000_000, "credit " + credit);
    }

    @Test
    void shouldNotPromiseMoreThanThereIs() {
        assertEquals(512 << 20, USUAL.withOnTheWay(64L * 64_000_000).creditOctets());
    }
}

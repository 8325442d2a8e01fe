// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.media.nic;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class GoodUntilTest {
    private static final long MS = 1_000_000L;
    private static final long START_NS = 10_000 * MS;

    private final GoodUntil good = new GoodUntil(START_NS);

    @Test
    void shouldBeOneSearchForTheAddressOldWhenNothingSpeaksAgainstTheNic() {
        good.onLook(START_NS + 500 * MS, NicFault.NONE, 0, false);

        assertEquals(START_NS + 400 * MS, good.ns());
    }

    @Test
    void shouldStayWhatItWasWhenAFaultStands() {
        good.onLook(START_NS + 500 * MS, NicFault.NONE, START_NS + 450 * MS, true);
        good.onLook(START_NS + 510 * MS, NicFault.CARRIER, START_NS + 450 * MS, true);
        good.onLook(START_NS + 5_000 * MS, NicFault.CARRIER, START_NS + 450 * MS, true);

        assertEquals(START_NS + 400 * MS, good.ns());
    }

    @Test
    void shouldReachBackToWhatAPeerHasConfirmedWhenItsProbesAreLate() {
        long namedNs = START_NS + 200 * MS;
        good.onLook(START_NS + 400 * MS, NicFault.NONE, namedNs, true);
        assertEquals(START_NS + 300 * MS, good.ns(), "not late so far");

        good.onLook(START_NS + 401 * MS, NicFault.NONE, namedNs, true);
        good.onLook(START_NS + 800 * MS, NicFault.PEERS, namedNs, true);

        assertEquals(namedNs - 400 * MS, good.ns());
    }

    @Test
    void shouldReachBackToWhatAPeerHasConfirmedWhenItSaysThatItHearsNothing() {
        long namedNs = START_NS + 400 * MS;
        good.onLook(START_NS + 490 * MS, NicFault.NONE, namedNs, true);
        assertEquals(START_NS + 390 * MS, good.ns());

        good.onLook(START_NS + 500 * MS, NicFault.PEERS, namedNs, true);

        assertEquals(namedNs - 400 * MS, good.ns());
    }

    @Test
    void shouldNotWaitForAPeerWhenThereIsNone() {
        good.onLook(START_NS + 800 * MS, NicFault.NONE, START_NS, false);

        assertEquals(START_NS + 700 * MS, good.ns());
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** Who kept what came in an earlier life, and missed some of what came since. */
final class ArbiterGoingOnTest {
    private final ArbiterFixture fixture = new ArbiterFixture();

    @Test
    void shouldWaitForWhatWasMissedInBetween() {
        fixture.arbiter.goOnFrom(7, 11);
        assertEquals("epoch 7 from 11", fixture.data(0, 21, 30));
        assertEquals("11-30", fixture.data(1, 11, 20));
    }

    @Test
    void shouldNameWhatNobodyBrings() {
        fixture.arbiter.goOnFrom(7, 11);
        fixture.data(0, 21, 30);
        assertEquals("gap 11-20, 21-30", fixture.after(2 * ArbiterFixture.REORDER_NS));
    }

    @Test
    void shouldBeginWithWhatComesInAnotherEpochOrTooFarOn() {
        fixture.arbiter.goOnFrom(6, 11);
        assertEquals("epoch 7 from 21, 21-30", fixture.data(0, 21, 30));
        ArbiterFixture far = new ArbiterFixture();
        far.arbiter.goOnFrom(7, 11);
        assertEquals("epoch 7 from 2000000, 2000000-2000001", far.data(0, 2_000_000, 2_000_001));
    }

    @Test
    void shouldBeginEarlierWhereTheLinesAreEarlier() {
        fixture.arbiter.goOnFrom(7, 25);
        assertEquals("epoch 7 from 21, 21-30", fixture.data(0, 21, 30));
    }
}

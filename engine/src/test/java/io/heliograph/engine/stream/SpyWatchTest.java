// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.engine.testkit.ManualClock;
import org.junit.jupiter.api.Test;

final class SpyWatchTest {
    private static final long MS = 1_000_000;
    private static final long START_NS = new ManualClock().nanoTime();

    private final SpyWatch watch = new SpyWatch(250 * MS);

    @Test
    void shouldNotTouchTheNetworkWhenThePublicationIsThereAtTheStart() {
        assertFalse(at(0, false, false, false));
        assertTrue(watch.isAsking());
        assertFalse(at(5, true, false, false));
        assertFalse(at(20, true, true, false));
        assertFalse(watch.isAsking());
        for (int ms = 25; ms < 2_000; ms += 5) {
            assertFalse(at(ms, true, true, ms % 100 == 0), "at " + ms);
        }
    }

    @Test
    void shouldJoinTheNetworkWhenThereIsNoPublication() {
        assertFalse(at(5, true, false, false));
        assertFalse(at(54, true, false, false));
        assertTrue(at(55, true, false, false));
        assertFalse(watch.isAsking());
    }

    @Test
    void shouldLeaveTheNetworkOnlyWhenSpiesWereHeardForTheOverlap() {
        startOnTheNetwork();
        assertTrue(at(1_000, true, true, false));
        assertTrue(at(1_005, true, true, true));
        assertTrue(at(1_100, true, true, true));
        assertTrue(at(1_254, true, true, true));
        assertFalse(at(1_255, true, true, true));
    }

    @Test
    void shouldBeginTheOverlapAgainAfterAPauseOfTheSpies() {
        startOnTheNetwork();
        assertTrue(at(1_000, true, true, true));
        assertTrue(at(1_300, true, true, true));
        assertTrue(at(1_549, true, true, true));
        assertFalse(at(1_550, true, true, true));
    }

    @Test
    void shouldJoinTheNetworkAtOnceWhenThePublicationIsGone() {
        startOnSpies();
        assertFalse(at(100, true, true, true));
        assertTrue(at(105, true, false, false));
    }

    @Test
    void shouldJoinTheNetworkWhenAPublicationThatIsStillThereIsSilent() {
        startOnSpies();
        assertFalse(at(100, true, true, true));
        assertFalse(at(399, true, true, false));
        assertTrue(at(400, true, true, false));
    }

    private void startOnSpies() {
        at(0, true, true, false);
    }

    private void startOnTheNetwork() {
        at(0, true, false, false);
        assertTrue(at(50, true, false, false));
    }

    private boolean at(long ms, boolean isOpen, boolean isConnected, boolean isHeard) {
        return watch.onTick(START_NS + ms * MS, isOpen, isConnected, isHeard);
    }
}

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
    private long atMs;

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

    @Test
    void shouldNotTakeForSilenceThatItStoodStillItself() {
        startOnSpies();
        assertFalse(at(100, true, true, true));

        assertFalse(jumpTo(5_000, true, false));

        assertFalse(at(5_195, true, true, false));
        assertTrue(at(5_200, true, true, false), "but what goes on then");
    }

    @Test
    void shouldHearThatAPublicationIsSilentWhenItLooksRarely() {
        startOnSpies();
        assertFalse(at(100, true, true, true));
        assertFalse(jumpTo(200, true, false));
        assertFalse(jumpTo(300, true, false));
        assertTrue(jumpTo(400, true, false));
    }

    @Test
    void shouldJoinTheNetworkAtOnceWhenThePublicationIsGoneAfterItStoodStill() {
        startOnSpies();
        assertFalse(at(100, true, true, true));
        assertTrue(jumpTo(5_000, false, false));
    }

    private void startOnSpies() {
        at(0, true, true, false);
    }

    private void startOnTheNetwork() {
        at(0, true, false, false);
        assertTrue(at(50, true, false, false));
    }

    /** Ticks up to a time, each 5 ms behind the other; what is heard is heard in the last one. */
    private boolean at(long ms, boolean isOpen, boolean isConnected, boolean isHeard) {
        while (atMs < ms - 5) {
            atMs += 5;
            watch.onTick(START_NS + atMs * MS, isOpen, isConnected, false);
        }
        atMs = ms;
        return watch.onTick(START_NS + ms * MS, isOpen, isConnected, isHeard);
    }

    private boolean jumpTo(long ms, boolean isConnected, boolean isHeard) {
        atMs = ms;
        return watch.onTick(START_NS + ms * MS, true, isConnected, isHeard);
    }
}

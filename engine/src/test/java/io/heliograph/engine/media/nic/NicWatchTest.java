// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.media.nic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class NicWatchTest {
    /** Suspect 200, hold 2,000, steady 30,000, longest hold 8,000; the tests count in ms and call them ns. */
    private static final NicTimes TIMES = new NicTimes(200, 2_000, 30_000, 8_000);

    private final NicWatch watch = new NicWatch(TIMES, 0, NicFault.NONE);

    @Test
    void shouldBeUpWithoutAHoldWhenHealthyAtTheStart() {
        assertEquals(NicState.UP, watch.state());
        assertEquals(0, watch.downs());
    }

    @Test
    void shouldBeDownFromTheStartWhenItHasNoAddress() {
        NicWatch absent = new NicWatch(TIMES, 0, NicFault.ADDRESS);

        assertEquals(NicState.DOWN, absent.state());
        assertEquals(NicFault.ADDRESS, absent.cause());
    }

    @Test
    void shouldGoDownAtOnceWhenTheCarrierIsLost() {
        assertTrue(watch.onLook(10, NicFault.CARRIER));

        assertEquals(NicState.DOWN, watch.state());
        assertEquals(NicFault.CARRIER, watch.cause());
        assertEquals(1, watch.downs());
        assertEquals(0, watch.suspicions());
    }

    @Test
    void shouldAskForLinesToBeJoinedAnewWhenAFaultIsOverLongBeforeItIsUp() {
        assertEquals(1, watch.joins());
        watch.onLook(10, NicFault.CARRIER);
        watch.onLook(20, NicFault.NONE);
        watch.onLook(109, NicFault.NONE);
        assertEquals(1, watch.joins());
        assertTrue(watch.isGone());

        watch.onLook(110, NicFault.NONE);
        assertEquals(NicState.DOWN, watch.state());
        assertEquals(2, watch.joins());
        assertFalse(watch.isGone());
        watch.onLook(1_000, NicFault.CARRIER);
        assertTrue(watch.isGone());
        watch.onLook(1_100, NicFault.NONE);
        assertEquals(3, watch.joins());
        watch.onLook(9_000, NicFault.NONE);
        assertEquals(NicState.UP, watch.state());
        assertEquals(3, watch.joins());
    }

    @Test
    void shouldNotAskForLinesToBeJoinedAnewForWhatTheKernelKnowsNothingOf() {
        watch.onLook(10, NicFault.PEERS);
        watch.onLook(210, NicFault.PEERS);
        watch.onLook(9_000, NicFault.NONE);

        assertEquals(NicState.UP, watch.state());
        assertEquals(1, watch.joins());
    }

    @Test
    void shouldBeSuspectFirstAndDownWhenPeersStayCutOff() {
        assertTrue(watch.onLook(10, NicFault.PEERS));
        assertEquals(NicState.SUSPECT, watch.state());
        assertFalse(watch.onLook(209, NicFault.PEERS));
        assertTrue(watch.onLook(210, NicFault.PEERS));

        assertEquals(NicState.DOWN, watch.state());
        assertEquals(1, watch.suspicions());
    }

    @Test
    void shouldClearASuspicionWhenNothingIsSeenForAWhile() {
        watch.onLook(10, NicFault.SEND);

        assertFalse(watch.onLook(209, NicFault.NONE));
        assertTrue(watch.onLook(210, NicFault.NONE));
        assertEquals(NicState.UP, watch.state());
        assertEquals(0, watch.downs());
    }

    @Test
    void shouldNotClearASuspicionWhenTheFaultComesAndGoes() {
        for (int now = 10; now < 210; now += 20) {
            watch.onLook(now, now % 40 == 10 ? NicFault.SEND : NicFault.NONE);
        }

        assertTrue(watch.onLook(210, NicFault.SEND));
        assertEquals(NicState.DOWN, watch.state());
    }

    @Test
    void shouldComeBackOnlyWhenHealthyForTheHold() {
        watch.onLook(10, NicFault.CARRIER);
        watch.onLook(1_900, NicFault.CARRIER);

        assertFalse(watch.onLook(3_899, NicFault.NONE));
        assertTrue(watch.onLook(3_900, NicFault.NONE));
        assertEquals(NicState.UP, watch.state());
        assertEquals(NicFault.NONE, watch.cause());
    }

    @Test
    void shouldStayDownWhenTheLinkFlapsFiveTimesASecond() {
        watch.onLook(10, NicFault.CARRIER);

        for (int now = 20; now < 60_000; now += 10) {
            boolean isOut = now / 100 % 2 == 0;
            assertFalse(watch.onLook(now, isOut ? NicFault.CARRIER : NicFault.NONE), "at " + now);
        }
        assertEquals(1, watch.downs());
    }

    @Test
    void shouldHoldTwiceAsLongEachTimeWhenItFailsSoonAfterItCameBack() {
        long now = 0;
        for (long hold : new long[] {2_000, 4_000, 8_000, 8_000}) {
            watch.onLook(now, NicFault.LINK);
            assertEquals(hold, watch.holdNs());
            assertFalse(watch.onLook(now + hold - 1, NicFault.NONE));
            assertTrue(watch.onLook(now + hold, NicFault.NONE));
            now += hold + 1_000;
        }

        watch.onLook(now + 30_000, NicFault.LINK);
        assertEquals(2_000, watch.holdNs());
    }
}

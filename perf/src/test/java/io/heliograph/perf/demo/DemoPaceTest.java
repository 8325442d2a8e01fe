// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The feed of the demo goes by the clock, waits for what is to be seen meanwhile, and never runs away from the journals. */
class DemoPaceTest {
    private static final long START_NS = 5_000_000_000L;
    private static final long RATE = 1_000;
    private static final long TOTAL = 20_000;

    private final DemoSignals signals = new DemoSignals();
    private final DemoPace pace = new DemoPace(plan(TOTAL), TOTAL, signals);

    private static DemoPlan plan(long messages) {
        return new DemoPlan(null, 1, 1, messages, RATE, 0);
    }

    private static long at(long seconds) {
        return START_NS + TimeUnit.SECONDS.toNanos(seconds);
    }

    @BeforeEach
    void start() {
        pace.start(START_NS);
        signals.journaled(TOTAL);
    }

    @Test
    void shouldBeDueByRateAndClock() {
        assertEquals(0, pace.due(START_NS, 0));
        assertEquals(3_000, pace.due(at(3), 0));
        assertEquals(7_000, pace.due(at(7), 3_000));
    }

    @Test
    void shouldKeepTheLastTenthBackUntilItIsReleasedAndMakeUpForNothing() {
        assertEquals(18_000, pace.due(at(18), 17_000));
        assertEquals(18_000, pace.due(at(19), 18_000));
        assertEquals(18_000, pace.due(at(60), 18_000));

        signals.release();

        assertEquals(18_000, pace.due(at(60), 18_000));
        assertEquals(19_000, pace.due(at(61), 18_000));
        assertEquals(TimeUnit.SECONDS.toNanos(19), pace.playedNs(at(61)));
    }

    @Test
    void shouldWaitForNothingWhenItIsReleasedBefore() {
        pace.due(at(5), 4_000);
        signals.release();

        assertEquals(19_000, pace.due(at(19), 18_500));
        assertEquals(TimeUnit.SECONDS.toNanos(19), pace.playedNs(at(19)));
    }

    @Test
    void shouldNotRunAwayFromTheJournals() {
        signals.journaled(2_000);

        assertEquals(12_000, pace.due(at(16), 10_000));

        signals.journaled(6_000);

        assertEquals(16_000, pace.due(at(16), 12_000));
    }

    @Test
    void shouldWaitForTheReleaseByTimeWhereTheMachineDoesNotHoldTheRate() {
        DemoPace slow = new DemoPace(plan(0), RATE * DemoPlan.SECONDS, signals);
        slow.start(START_NS);
        slow.due(at(14), 500);

        assertTrue(slow.due(at(15), 500) <= RATE * DemoPlan.SECONDS);
        slow.due(at(16), 600);
        slow.due(at(40), 600);

        assertTrue(slow.playedNs(at(40)) < plan(0).longestNs(), "time stands still until the release");
    }
}

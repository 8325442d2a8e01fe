// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.base;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class HostClockTest {
    private static final long START_NS = TimeUnit.DAYS.toNanos(19_000);

    private long monotonicNs = Long.MAX_VALUE - 100;
    private long elapsedNs;
    private long stepNs;
    private long wallReads;
    private long slownessNs = 20;

    private final HostClock clock = new HostClock(() -> monotonicNs, this::wall);

    @Test
    void shouldTellTheWallClocksTimeWithoutReadingIt() {
        long reads = wallReads;

        advance(HostClock.LOOK_INTERVAL_NS / 2);

        assertEquals(START_NS + elapsedNs, clock.nanoTime());
        assertEquals(reads, wallReads);
    }

    @Test
    void shouldFollowTheWallClockWithinASecondWhenItIsSteppedForward() {
        stepNs = TimeUnit.MILLISECONDS.toNanos(3);
        advance(HostClock.LOOK_INTERVAL_NS / 2);
        assertEquals(START_NS + elapsedNs, clock.nanoTime());

        advance(HostClock.LOOK_INTERVAL_NS / 2);
        clock.nanoTime();

        assertEquals(START_NS + elapsedNs + stepNs, clock.nanoTime());
    }

    @Test
    void shouldFollowTheWallClockWithinASecondWhenItIsSetBack() {
        stepNs = -TimeUnit.HOURS.toNanos(1);

        advance(HostClock.LOOK_INTERVAL_NS);
        clock.nanoTime();

        assertEquals(START_NS + elapsedNs + stepNs, clock.nanoTime());
    }

    @Test
    void shouldRunEvenlyWhenOnlyTheMeasurementIsOff() {
        slownessNs = 40_000;
        stepNs = HostClock.STEP_NS;

        advance(HostClock.LOOK_INTERVAL_NS);
        clock.nanoTime();

        assertEquals(START_NS + elapsedNs, clock.nanoTime());
    }

    private void advance(long ns) {
        monotonicNs += ns;
        elapsedNs += ns;
    }

    /** What a read takes passes half before and half after the wall clock is looked at. */
    private long wall() {
        wallReads++;
        advance(slownessNs / 2);
        long nowNs = START_NS + elapsedNs + stepNs;
        advance(slownessNs / 2);
        return nowNs;
    }
}

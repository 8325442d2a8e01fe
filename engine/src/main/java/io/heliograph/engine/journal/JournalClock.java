// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.journal;

import org.agrona.concurrent.EpochClock;

/**
 * The wall clock by which cycles roll: it stands still where the host's goes back, so that a cycle that was left is never
 * written to again.
 *
 * <p><b>Thread:</b> any, but {@link #cycleMs}, which is the appending thread's.
 *
 * <p><b>Allocation:</b> none.
 */
final class JournalClock implements EpochClock {
    private final EpochClock clock;
    private volatile long latestMs;
    private long beginMs;
    private long endMs = Long.MIN_VALUE;

    /**
     * @param clock the host's, ms since the Unix epoch.
     * @param floorMs no cycle begins before.
     */
    JournalClock(EpochClock clock, long floorMs) {
        this.clock = clock;
        this.latestMs = floorMs;
    }

    @Override
    public long time() {
        long nowMs = clock.time();
        if (nowMs > latestMs) {
            // Two threads may pass each other here by a moment: an hour's cycle does not see it.
            latestMs = nowMs;
            return nowMs;
        }
        return latestMs;
    }

    /** When the cycle was begun that is written to: the one before until its hour is over. */
    long cycleMs() {
        long nowMs = time();
        if (nowMs >= endMs) {
            beginMs = Math.floorDiv(nowMs, Cycles.UNIT_MS) * Cycles.UNIT_MS;
            endMs = (Math.floorDiv(nowMs, Cycles.HOUR_MS) + 1) * Cycles.HOUR_MS;
        }
        return beginMs;
    }
}

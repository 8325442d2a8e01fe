// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.journal;

import org.agrona.concurrent.EpochClock;

/**
 * The wall clock by which cycles roll: it stands still where the host's goes back, so that a cycle that was left is never
 * written to again.
 *
 * <p><b>Thread:</b> any.
 *
 * <p><b>Allocation:</b> none.
 */
final class JournalClock implements EpochClock {
    private final EpochClock clock;
    private volatile long latestMs;

    /**
     * @param clock the host's, ms since the Unix epoch.
     * @param floorMs when the last cycle that is there began.
     */
    JournalClock(EpochClock clock, long floorMs) {
        this.clock = clock;
        this.latestMs = floorMs;
    }

    /** Nothing more goes into cycles that began before. */
    void raise(long toMs) {
        latestMs = Math.max(latestMs, toMs);
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
}

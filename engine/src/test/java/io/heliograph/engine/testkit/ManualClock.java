// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.testkit;

import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.NanoClock;

/**
 * A monotonic clock and a wall clock that stand still until a test moves them, both at once.
 *
 * <p><b>Thread:</b> one owner: the test's.
 */
public final class ManualClock implements NanoClock {
    private static final long WALL_AT_FIRST_NS = TimeUnit.DAYS.toNanos(19_000);

    private final EpochNanoClock wall = this::epochNanoTime;
    private long nowNs;
    private long elapsedNs;

    /** A clock that begins shortly before its number overflows, as {@code System.nanoTime} may. */
    public ManualClock() {
        this(Long.MAX_VALUE - TimeUnit.SECONDS.toNanos(1));
    }

    /**
     * A clock at a time.
     *
     * @param nowNs ns, any number.
     */
    public ManualClock(long nowNs) {
        this.nowNs = nowNs;
    }

    @Override
    public long nanoTime() {
        return nowNs;
    }

    /**
     * The wall clock of the same moment.
     *
     * @return ns since the Unix epoch.
     */
    public EpochNanoClock wall() {
        return wall;
    }

    /**
     * Moves on.
     *
     * @param ns by how much.
     */
    public void advanceNs(long ns) {
        nowNs += ns;
        elapsedNs += ns;
    }

    /**
     * Moves on.
     *
     * @param ms by how much.
     */
    public void advanceMs(long ms) {
        advanceNs(TimeUnit.MILLISECONDS.toNanos(ms));
    }

    private long epochNanoTime() {
        return WALL_AT_FIRST_NS + elapsedNs;
    }
}

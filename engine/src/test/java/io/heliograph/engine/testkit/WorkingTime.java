// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.testkit;

import org.agrona.concurrent.NanoClock;

/**
 * The monotonic clock of a test that does everything on one thread, drivers and all: while the machine runs something else, it
 * stands. So nothing is given up because the test itself was not there to bring it.
 *
 * <p><b>Thread:</b> one owner: the test's.
 */
public final class WorkingTime implements NanoClock {
    private static final long LONGEST_STEP_NS = 5_000_000L;

    private long readNs = System.nanoTime();
    private long timeNs = readNs;

    /** A clock that goes from now on. */
    public WorkingTime() {}

    @Override
    public long nanoTime() {
        long nowNs = System.nanoTime();
        timeNs += Math.min(nowNs - readNs, LONGEST_STEP_NS);
        readNs = nowNs;
        return timeNs;
    }
}

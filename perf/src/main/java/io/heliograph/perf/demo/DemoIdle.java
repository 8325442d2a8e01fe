// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.demo;

import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.YieldingIdleStrategy;

/**
 * How the demo's threads wait: each has a driver of its own, whose every look at its sockets is a call into the kernel. Where there
 * are fewer cores than threads, one that only looks takes them from one that has something to do, so it parks.
 *
 * <p><b>Thread:</b> any thread.
 */
final class DemoIdle {
    /** Publisher, five subscribers, the recovery of one; of three engines driver, journal, bridge. */
    private static final int THREADS = 16;

    private static final int SPINS = 4;
    private static final long MIN_PARK_NS = TimeUnit.MICROSECONDS.toNanos(1);
    private static final long MAX_PARK_NS = TimeUnit.MICROSECONDS.toNanos(50);

    private DemoIdle() {}

    static IdleStrategy strategy() {
        return Runtime.getRuntime().availableProcessors() > THREADS
                ? new YieldingIdleStrategy()
                : new BackoffIdleStrategy(SPINS, SPINS, MIN_PARK_NS, MAX_PARK_NS);
    }
}

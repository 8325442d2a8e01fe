// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.bench.link;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.SystemNanoClock;

/** So many a second, by a clock that does not wait for who is late. <b>Thread:</b> one owner. */
final class Pace {
    /** Shorter waits are slept no further: the kernel wakes later than it is told. */
    private static final long NEAR_NS = 60_000;

    private final long periodNs;
    private long nextNs = SystemNanoClock.INSTANCE.nanoTime();

    Pace(int rate) {
        periodNs = TimeUnit.SECONDS.toNanos(1) / rate;
    }

    /** Waits for the next one's time. */
    void await() {
        for (long leftNs = nextNs - SystemNanoClock.INSTANCE.nanoTime();
                leftNs > 0;
                leftNs = nextNs - SystemNanoClock.INSTANCE.nanoTime()) {
            if (leftNs > NEAR_NS) {
                LockSupport.parkNanos(leftNs - NEAR_NS);
            } else {
                Thread.onSpinWait();
            }
        }
        nextNs += periodNs;
    }
}

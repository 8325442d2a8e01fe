// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.bench.link;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Octets that have arrived, over a stretch of time.
 *
 * <p><b>Thread:</b> counted by one, measured by another.
 */
final class TransferClock {
    private static final long LOOK_NS = 1_000_000L;
    private static final long PATIENCE_NS = 10_000_000_000L;

    private final AtomicLong octets = new AtomicLong();

    void add(long count) {
        octets.lazySet(octets.get() + count);
    }

    /** MB/s over so long, from when something arrives. */
    double megabytesPerSecond(long forNs) {
        return megabytesPerSecond(forNs, 0);
    }

    /** MB/s over so long, from so long after something arrives. */
    double megabytesPerSecond(long forNs, long settleNs) {
        long first = octets.get();
        await(() -> octets.get() != first);
        long settledNs = System.nanoTime() + settleNs;
        while (System.nanoTime() - settledNs < 0) {
            LockSupport.parkNanos(LOOK_NS);
        }
        long startNs = System.nanoTime();
        long from = octets.get();
        while (System.nanoTime() - startNs < forNs) {
            LockSupport.parkNanos(LOOK_NS);
        }
        long to = octets.get();
        return (to - from) * 1e3 / (System.nanoTime() - startNs);
    }

    private static void await(BooleanSupplier condition) {
        long startNs = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - startNs > PATIENCE_NS) {
                throw new IllegalStateException("nothing arrives");
            }
            LockSupport.parkNanos(LOOK_NS);
        }
    }
}

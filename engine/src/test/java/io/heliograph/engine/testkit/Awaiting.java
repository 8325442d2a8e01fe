// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.testkit;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Waits for something to become true: looks again and again, and never sleeps.
 *
 * <p><b>Thread:</b> any thread.
 */
public final class Awaiting {
    private static final long PATIENCE_NS = 30_000_000_000L;
    private static final long LOOK_INTERVAL_NS = 1_000_000L;

    private Awaiting() {}

    /**
     * Waits at most 30 s, working meanwhile.
     *
     * @param what is waited for: the words of the failure.
     * @param work done between two looks.
     * @param condition that becomes true.
     */
    public static void awaiting(String what, Runnable work, BooleanSupplier condition) {
        long deadlineNs = System.nanoTime() + PATIENCE_NS;
        while (!condition.getAsBoolean()) {
            work.run();
            if (System.nanoTime() - deadlineNs > 0) {
                throw new AssertionError("waited 30 s in vain: " + what);
            }
            Thread.onSpinWait();
        }
    }

    /**
     * Waits at most 30 s.
     *
     * @param what is waited for: the words of the failure.
     * @param condition that becomes true.
     */
    public static void awaiting(String what, BooleanSupplier condition) {
        awaiting(what, () -> LockSupport.parkNanos(LOOK_INTERVAL_NS), condition);
    }
}

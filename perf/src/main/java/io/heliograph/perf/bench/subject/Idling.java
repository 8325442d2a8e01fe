// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.bench.subject;

import io.heliograph.perf.bench.control.ControlLine;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.YieldingIdleStrategy;

/**
 * How the working thread waits: not at all where it runs the driver itself, by yielding where the driver has threads of
 * its own that want the core; or it parks, so that its CPU time is that of its work.
 *
 * <p><b>Thread:</b> one owner.
 */
public final class Idling {
    private static final long PARK_NS = 100_000;

    private final boolean isYielding;
    private final boolean isParking;

    private Idling(boolean isYielding, boolean isParking) {
        this.isYielding = isYielding;
        this.isParking = isParking;
    }

    /**
     * As an {@code open} says.
     *
     * @param settings with {@code threads}, and {@code idle} {@code park} where CPU time is measured.
     */
    static Idling of(ControlLine settings) {
        return new Idling(
                Threads.of(settings.text("threads")) != Threads.INVOKED,
                settings.has("idle") && settings.text("idle").equals("park"));
    }

    /**
     * One turn of the duty cycle is over.
     *
     * @param work done in it; 0 = nothing.
     */
    public void idle(int work) {
        if (work == 0) {
            if (isParking) {
                LockSupport.parkNanos(PARK_NS);
            } else if (isYielding) {
                YieldingIdleStrategy.INSTANCE.idle();
            } else {
                Thread.onSpinWait();
            }
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.bench.subject;

import org.agrona.concurrent.YieldingIdleStrategy;

/**
 * How the working thread waits: not at all where it runs the driver itself, by yielding where the driver has threads of
 * its own that want the core.
 *
 * <p><b>Thread:</b> one owner.
 */
public final class Idling {
    private final boolean isYielding;

    Idling(boolean isYielding) {
        this.isYielding = isYielding;
    }

    /**
     * One turn of the duty cycle is over.
     *
     * @param work done in it; 0 = nothing.
     */
    public void idle(int work) {
        if (work == 0) {
            if (isYielding) {
                YieldingIdleStrategy.INSTANCE.idle();
            } else {
                Thread.onSpinWait();
            }
        }
    }
}

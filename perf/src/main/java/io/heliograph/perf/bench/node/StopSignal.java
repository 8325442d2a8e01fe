// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.bench.node;

/** Ends a round that would go on for ever. <b>Thread:</b> raised by one thread, read by the one that works. */
public final class StopSignal {
    private volatile boolean isRaised;

    /** Asks the round that runs to end. */
    public void raise() {
        isRaised = true;
    }

    /** A new round begins. */
    public void lower() {
        isRaised = false;
    }

    /**
     * Whether the round should end.
     *
     * @return true once it was asked to.
     */
    public boolean isRaised() {
        return isRaised;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.testkit;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * For how long something does not go on, at the longest, without the time in which the machine ran those who could have let it
 * go on: a cycle of the caller's that takes longer than it should was held up by the scheduler, and another thread's wait for a
 * core is taken off.
 *
 * <p><b>Thread:</b> one owner: the thread that is held up.
 */
public final class Hold {
    private static final long LONGEST_CYCLE_NS = TimeUnit.MICROSECONDS.toNanos(200);
    private static final long WORTH_A_LOOK_NS = TimeUnit.MICROSECONDS.toNanos(500);

    private final LongSupplier wait;
    private long sinceNs;
    private long longestNs;
    private long waitBeforeNs;
    private boolean isLookedAt;

    /**
     * Nothing is held.
     *
     * @param wait for how long the other thread has waited for a core so far, ns.
     */
    public Hold(LongSupplier wait) {
        this.wait = wait;
    }

    /**
     * A duty cycle is over.
     *
     * @param isHeld whether nothing went on in it.
     * @param tookNs what it took.
     */
    public void onCycle(boolean isHeld, long tookNs) {
        if (!isHeld) {
            longestNs = Math.max(longestNs, ns());
            sinceNs = 0;
            isLookedAt = false;
            return;
        }
        sinceNs += Math.min(tookNs, LONGEST_CYCLE_NS);
        if (!isLookedAt && sinceNs >= WORTH_A_LOOK_NS) {
            isLookedAt = true;
            waitBeforeNs = wait.getAsLong();
        }
    }

    /**
     * The longest since the last call; one that is not over counts as far as it goes, and goes on.
     *
     * @return ms.
     */
    public double takeLongestMs() {
        double longest = Math.max(longestNs, ns()) / 1e6;
        longestNs = 0;
        return longest;
    }

    private long ns() {
        return isLookedAt ? Math.max(WORTH_A_LOOK_NS, sinceNs - (wait.getAsLong() - waitBeforeNs)) : sinceNs;
    }
}

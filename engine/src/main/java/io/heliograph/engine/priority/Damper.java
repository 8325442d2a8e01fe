// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.priority;

/**
 * How long somebody who failed has to be well before it is believed: twice as long each time that it fails again soon after.
 *
 * <p>Of two who begin at once one is often there, gone, and there again: a first failure before it was well for long is not held
 * against it once it has been well for that long.
 *
 * <p><b>Thread:</b> one owner.
 */
final class Damper {
    private final long baseNs;
    private final long mostNs;
    private long requiredNs;
    private long believedNs;
    private long begunNs;
    private boolean hasBegun;
    private boolean hasFailed;
    private boolean isBeginner;

    Damper(long baseNs, long mostNs) {
        this.baseNs = baseNs;
        this.mostNs = mostNs;
    }

    /** It fails. Soon after is: within twice as long as it had to be well, counted from when it was well again. */
    void onFailure(long nowNs) {
        boolean isSoon = hasFailed && nowNs - believedNs < (isBeginner ? 0 : 2 * requiredNs);
        isBeginner = !hasFailed && hasBegun && nowNs - begunNs < baseNs;
        requiredNs = isSoon ? Math.min(mostNs, 2 * requiredNs) : baseNs;
        hasFailed = true;
    }

    /** It is well again, from now on. */
    void onWell(long nowNs) {
        begunNs = hasBegun ? begunNs : nowNs;
        hasBegun = true;
        believedNs = nowNs + requiredNs;
    }

    /** When it is believed, if nothing happens meanwhile. */
    long believedNs() {
        return believedNs;
    }

    /** Whether it is: one that never failed always is. */
    boolean isBelieved(long nowNs) {
        return !hasFailed || nowNs - believedNs >= 0;
    }
}

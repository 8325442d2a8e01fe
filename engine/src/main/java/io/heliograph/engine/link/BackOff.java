// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.link;

import java.util.random.RandomGenerator;

/**
 * How long to wait before the next attempt: twice as long each time, up to a bound, and each time a random part of it, so that
 * those who lost the same peer do not come back together.
 *
 * <p><b>Thread:</b> one owner.
 */
final class BackOff {
    static final long FIRST_NS = 100_000_000L;
    static final long LAST_NS = 10_000_000_000L;

    /** The bound where the peer is this host's: an attempt that fails there costs one system call, and nobody else anything. */
    static final long LAST_LOCAL_NS = 500_000_000L;

    private final RandomGenerator random;
    private final long lastNs;
    private long boundNs = FIRST_NS;

    BackOff(RandomGenerator random) {
        this(random, LAST_NS);
    }

    /**
     * @param random for the part of each wait that is left to chance.
     * @param lastNs the longest wait.
     */
    BackOff(RandomGenerator random, long lastNs) {
        this.random = random;
        this.lastNs = lastNs;
    }

    /** The next wait: half of the bound to all of it. */
    long nextNs() {
        long waitNs = boundNs / 2 + random.nextLong(boundNs / 2 + 1);
        boundNs = Math.min(lastNs, 2 * boundNs);
        return waitNs;
    }

    void reset() {
        boundNs = FIRST_NS;
    }
}

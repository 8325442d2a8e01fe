// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.demo;

/**
 * The longest time in which a subscriber has heard nothing.
 *
 * <p><b>Thread:</b> heard by the subscriber's thread; asked by another.
 */
final class Silence {
    private volatile boolean isWatched;
    private volatile long longestNs;
    private long heardNs;

    /** Something has come: monotonic. */
    void onHeard(long nowNs) {
        if (isWatched && heardNs != 0) {
            longestNs = Math.max(longestNs, nowNs - heardNs);
        }
        heardNs = nowNs;
    }

    /** From now on, with what was heard last. */
    void watch() {
        longestNs = 0;
        isWatched = true;
    }

    /** No longer. */
    long longestNs() {
        isWatched = false;
        return longestNs;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.system.lab;

/**
 * The longest time between two turns of a duty cycle: what the machine's scheduler did to it, beside what the network did.
 *
 * <p><b>Thread:</b> one owner: the thread that turns.
 */
final class Standstill {
    private long lastNs;
    private long longestNs;

    void onTurn(long nowNs) {
        longestNs = lastNs == 0 ? 0 : Math.max(longestNs, nowNs - lastNs);
        lastNs = nowNs;
    }

    /** The longest since the last call, ns. */
    long take() {
        long longest = longestNs;
        longestNs = 0;
        return longest;
    }
}

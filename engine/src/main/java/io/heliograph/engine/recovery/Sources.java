// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.recovery;

import java.util.ArrayList;
import java.util.List;

/**
 * All whom a subscription can ask, by number, with the time until which each is left alone: because it did not answer, or has
 * asked for it.
 *
 * <p><b>Thread:</b> one owner: the thread that runs the recovery.
 */
final class Sources {
    /** A set of sources is the bits of a long. */
    static final int MAX = 62;

    private final List<GapSource> all = new ArrayList<>();
    private final List<Rung> rungs = new ArrayList<>();
    private final long[] restUntilNs = new long[MAX];
    private final boolean[] isResting = new boolean[MAX];

    Sources(List<Rung> rungs) {
        for (Rung rung : rungs) {
            for (GapSource source : rung.sources()) {
                if (all.size() < MAX) {
                    all.add(source);
                    this.rungs.add(rung);
                }
            }
        }
    }

    int count() {
        return all.size();
    }

    /** The set of all. */
    long everybody() {
        return (1L << all.size()) - 1;
    }

    /** The set of those who can be followed. */
    long logs() {
        long logs = 0;
        for (int i = 0; i < all.size(); i++) {
            logs |= all.get(i).isLog() ? 1L << i : 0;
        }
        return logs;
    }

    GapSource source(int index) {
        return all.get(index);
    }

    Rung rung(int index) {
        return rungs.get(index);
    }

    /** A source is left alone for a while. */
    void rest(int index, long untilNs) {
        isResting[index] = true;
        restUntilNs[index] = untilNs;
    }

    boolean isResting(int index, long nowNs) {
        isResting[index] &= nowNs - restUntilNs[index] < 0;
        return isResting[index];
    }
}

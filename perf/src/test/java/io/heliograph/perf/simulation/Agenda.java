// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.simulation;

import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * What is going to happen, in the order of time, and of its noting down where that is the same.
 *
 * <p><b>Thread:</b> one owner: the test's.
 */
final class Agenda {
    static final long MS = 1_000_000;

    private final PriorityQueue<Entry> entries = new PriorityQueue<>(
            Comparator.comparingLong((Entry entry) -> entry.atNs).thenComparingLong(entry -> entry.order));
    private long nowNs;
    private long order;

    private record Entry(long atNs, long order, Runnable what) {}

    long nowNs() {
        return nowNs;
    }

    void in(long ns, Runnable what) {
        entries.add(new Entry(nowNs + ns, order++, what));
    }

    /** Lets time pass. */
    void advance(long ns) {
        long until = nowNs + ns;
        while (!entries.isEmpty() && entries.element().atNs <= until) {
            Entry entry = entries.remove();
            nowNs = Math.max(nowNs, entry.atNs);
            entry.what.run();
        }
        nowNs = until;
    }
}

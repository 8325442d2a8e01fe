// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

/**
 * The ranges of an epoch that were given up lately: what a line that is behind them skips later was lost on all lines, not on
 * this one alone.
 *
 * <p>Remembers the last {@link #RANGES}. What a line skips that is further behind counts as lost on that line only.
 *
 * <p><b>Thread:</b> one owner: the thread that polls.
 *
 * <p><b>Allocation:</b> none after construction.
 */
final class LostRanges {
    static final int RANGES = 256;

    private static final int MASK = RANGES - 1;

    private final long[] firsts = new long[RANGES];
    private final long[] ends = new long[RANGES];
    private long count;

    /** The messages from {@code first} to the one before {@code end} are lost: behind all that was lost before. */
    void add(long first, long end) {
        int last = (int) (count - 1) & MASK;
        if (count > 0 && ends[last] == first) {
            ends[last] = end;
            return;
        }
        int range = (int) count++ & MASK;
        firsts[range] = first;
        ends[range] = end;
    }

    /** How many messages from {@code from} to the one before {@code to} were given up. */
    long within(long from, long to) {
        long messages = 0;
        long oldest = Math.max(0, count - RANGES);
        for (long at = count - 1; at >= oldest; at--) {
            int range = (int) at & MASK;
            if (ends[range] <= from) {
                return messages;
            }
            messages += Math.max(0, Math.min(to, ends[range]) - Math.max(from, firsts[range]));
        }
        return messages;
    }

    /** Numbers begin anew. */
    void clear() {
        count = 0;
    }
}

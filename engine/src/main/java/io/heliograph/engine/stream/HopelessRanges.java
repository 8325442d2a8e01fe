// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

/**
 * Ranges of the epoch that nobody has who was asked: given up when it is their turn, without waiting any longer.
 *
 * <p><b>Thread:</b> one owner: the thread that polls.
 *
 * <p><b>Allocation:</b> none up to 64 ranges; for more, which only a replay full of holes has, twice as much each time, 1 MiB at most.
 */
final class HopelessRanges {
    /** One more is forgotten, and waited for like any other: a replay hands over fewer before they are in turn. */
    static final int MAX_RANGES = 1 << 16;

    private static final int FIRST_CAPACITY = 64;

    private long[] firsts = new long[FIRST_CAPACITY];
    private long[] ends = new long[FIRST_CAPACITY];
    private int count;

    /** Nobody has the messages from {@code first} to the one before {@code end}. */
    void add(long first, long end) {
        long from = first;
        long to = end;
        for (int i = count - 1; i >= 0; i--) {
            if (firsts[i] <= to && ends[i] >= from) {
                from = Math.min(from, firsts[i]);
                to = Math.max(to, ends[i]);
                remove(i);
            }
        }
        if (count == firsts.length && count < MAX_RANGES) {
            grow();
        }
        if (count < firsts.length) {
            firsts[count] = from;
            ends[count] = to;
            count++;
        }
    }

    /** The sequence behind what is hopeless from {@code next} on; 0 when {@code next} is not. */
    long endFrom(long next) {
        for (int i = 0; i < count; i++) {
            if (firsts[i] <= next && next < ends[i]) {
                return ends[i];
            }
        }
        return 0;
    }

    /** The stream has come as far as {@code next}. */
    void onReached(long next) {
        for (int i = count - 1; i >= 0; i--) {
            if (ends[i] <= next) {
                remove(i);
            }
        }
    }

    boolean isEmpty() {
        return count == 0;
    }

    void clear() {
        count = 0;
    }

    private void grow() {
        long[] moreFirsts = new long[count * 2];
        long[] moreEnds = new long[count * 2];
        System.arraycopy(firsts, 0, moreFirsts, 0, count);
        System.arraycopy(ends, 0, moreEnds, 0, count);
        firsts = moreFirsts;
        ends = moreEnds;
    }

    private void remove(int range) {
        count--;
        firsts[range] = firsts[count];
        ends[range] = ends[count];
    }
}

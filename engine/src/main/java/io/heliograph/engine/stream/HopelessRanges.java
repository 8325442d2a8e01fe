// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

/**
 * Ranges of the epoch that nobody has who was asked: given up when it is their turn, without waiting any longer.
 *
 * <p><b>Thread:</b> one owner: the thread that polls.
 *
 * <p><b>Allocation:</b> none after construction.
 */
final class HopelessRanges {
    /** One more is forgotten, and waited for like any other. */
    static final int MAX_RANGES = 64;

    private final long[] firsts = new long[MAX_RANGES];
    private final long[] ends = new long[MAX_RANGES];
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
        if (count < MAX_RANGES) {
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

    private void remove(int range) {
        count--;
        firsts[range] = firsts[count];
        ends[range] = ends[count];
    }
}

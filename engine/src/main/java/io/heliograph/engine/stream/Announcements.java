// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

/**
 * What lines said should have come by now, without bringing it, and since when that is known.
 *
 * <p>Each announcement has a time of its own, so that what was announced late isn't given up with what was announced
 * early. Those that come within a sixteenth of the reorder time count together, from the last of them.
 *
 * <p><b>Thread:</b> one owner: the thread that polls.
 *
 * <p><b>Allocation:</b> none after construction.
 */
final class Announcements {
    private static final int MARKS = 32;
    private static final int PARTS = 16;

    private final long togetherNs;
    private final long[] sequences = new long[MARKS];
    private final long[] begunNs = new long[MARKS];
    private final long[] sinceNs = new long[MARKS];
    private int first;
    private int size;

    Announcements(long reorderNs) {
        togetherNs = reorderNs / PARTS;
    }

    void clear() {
        size = 0;
    }

    /** The highest sequence to expect that was announced and not reached; 0 when there is none. */
    long highest() {
        return size == 0 ? 0 : sequences[at(size - 1)];
    }

    /** Since when the first of them is known. */
    long sinceNs() {
        return sinceNs[at(0)];
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** A line says that {@code sequence}, higher than all before, is what to expect next. */
    void raise(long sequence, long nowNs) {
        int last = at(size - 1);
        if (size == 0 || (nowNs - begunNs[last] > togetherNs && size < MARKS)) {
            last = at(size++);
            begunNs[last] = nowNs;
        }
        sequences[last] = sequence;
        sinceNs[last] = nowNs;
    }

    /** The stream has come as far as {@code next}. */
    void onReached(long next) {
        while (size > 0 && sequences[at(0)] <= next) {
            first = at(1);
            size--;
        }
    }

    /** How far what has been announced for {@code ageNs} and longer goes; 0 when nothing has. */
    long upTo(long nowNs, long ageNs) {
        long upTo = 0;
        for (int i = 0; i < size && nowNs - sinceNs[at(i)] >= ageNs; i++) {
            upTo = sequences[at(i)];
        }
        return upTo;
    }

    private int at(int index) {
        return (first + index) & (MARKS - 1);
    }
}

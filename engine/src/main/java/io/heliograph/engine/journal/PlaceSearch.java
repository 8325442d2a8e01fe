// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.journal;

/**
 * What is sought among places, and how: numbers grow nearly evenly with the records, so the place is guessed from those at both
 * ends, and a few looks beside the guess find it, however many places there are; at worst half of them are left out with each two
 * looks.
 *
 * <p><b>Thread:</b> one owner: the reader's.
 *
 * <p><b>Allocation:</b> none after construction.
 */
final class PlaceSearch {
    /** An entry was damaged. */
    static final long DAMAGED = -2;

    private boolean isByTime;
    private long major;
    private long minor;
    private int looks;

    PlaceSearch sequence(long epoch, long sequence) {
        isByTime = false;
        major = epoch;
        minor = sequence;
        return this;
    }

    PlaceSearch time(long sentNs) {
        isByTime = true;
        major = sentNs;
        return this;
    }

    /** How many entries the last search looked at, beside the first and the last. */
    int looks() {
        return looks;
    }

    /** Whether a place is behind what is sought. */
    boolean isBehind(Place place) {
        return isByTime ? place.latestSentNs() >= major : place.isAfter(major, minor);
    }

    /**
     * The last entry that is not behind what is sought.
     *
     * @return its number; -1 when all are; {@link #DAMAGED}.
     */
    long in(Places places) {
        looks = 0;
        long low = 0;
        long high = places.refresh();
        if (high == 0) {
            return -1;
        }
        if (!places.load(0)) {
            return DAMAGED;
        }
        if (isBehind(places.place())) {
            return -1;
        }
        long lowKey = key(places.place());
        long lowGroup = group(places.place());
        if (!places.load(high - 1)) {
            return DAMAGED;
        }
        if (!isBehind(places.place())) {
            return high - 1;
        }
        high--;
        long highKey = key(places.place());
        long highGroup = group(places.place());
        long step = 1;
        for (int look = 0; high - low > 1; look++) {
            long at = look % 4 == 3 || lowGroup != highGroup
                    ? (low + high) >>> 1
                    : guess(low, high, lowKey, highKey, look, step);
            if (!places.load(at)) {
                return DAMAGED;
            }
            if (isBehind(places.place())) {
                high = at;
                highKey = key(places.place());
                highGroup = group(places.place());
            } else {
                low = at;
                lowKey = key(places.place());
                lowGroup = group(places.place());
            }
            step++;
            looks++;
        }
        return low;
    }

    /** By the line through both ends; each other time one beside it, on the side that is left. */
    private long guess(long low, long high, long lowKey, long highKey, int look, long step) {
        double share = highKey > lowKey ? (double) (sought() - lowKey) / ((double) highKey - lowKey) : 0.5;
        long at = low + (long) (share * (high - low)) + (look % 2 == 0 ? 0 : step);
        return Math.max(low + 1, Math.min(high - 1, at));
    }

    private long sought() {
        return isByTime ? major : minor;
    }

    private long key(Place place) {
        return isByTime ? place.latestSentNs() : place.sequence();
    }

    /** Within it, keys grow. */
    private long group(Place place) {
        return isByTime ? (place.latestSentNs() == Long.MIN_VALUE ? 1 : 0) : place.epoch();
    }
}

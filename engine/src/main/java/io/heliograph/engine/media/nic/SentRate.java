// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.media.nic;

/**
 * What a NIC sends, by the kernel's count of bytes: the difference of a second, five times a second.
 *
 * <p><b>Thread:</b> one owner.
 *
 * <p><b>Allocation:</b> none after construction.
 */
final class SentRate {
    private static final long INTERVAL_NS = 200_000_000L;
    private static final int INTERVALS = 5;

    private final long[] bytes = new long[INTERVALS];
    private final long[] atNs = new long[INTERVALS];
    private int looks;
    private long dueNs;
    private long perSecond = -1;

    boolean isDue(long nowNs) {
        return looks == 0 || nowNs - dueNs >= 0;
    }

    /**
     * Takes a count.
     *
     * @param nowNs the time.
     * @param count of bytes since ever; one that is smaller than the one before is another interface's, a negative one none.
     */
    void onLook(long nowNs, long count) {
        dueNs = nowNs + INTERVAL_NS;
        int newest = Math.floorMod(looks - 1, INTERVALS);
        if (count < 0 || (looks > 0 && count < bytes[newest])) {
            looks = 0;
            perSecond = -1;
        }
        if (count < 0) {
            return;
        }
        int slot = looks % INTERVALS;
        if (looks >= INTERVALS) {
            long spanNs = nowNs - atNs[slot];
            perSecond = (long) ((count - bytes[slot]) * 1e9 / spanNs);
        }
        bytes[slot] = count;
        atNs[slot] = nowNs;
        looks++;
    }

    /** Bytes in the last second; -1 before one has passed. */
    long perSecond() {
        return perSecond;
    }
}

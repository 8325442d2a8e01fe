// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.base;

/**
 * Splits a feed by key: which of a number of partitions a key belongs to. The same in every process and every version, so
 * that a subscriber knows where an instrument is without asking.
 *
 * <p>The key is mixed (the finaliser of SplitMix64), and the upper half of it scaled to the number: keys that lie close
 * together, as instruments' do, spread evenly, and no division is needed.
 *
 * <p><b>Thread:</b> static functions; any thread.
 *
 * <p><b>Allocation:</b> none.
 */
public final class Partitions {
    private Partitions() {}

    /**
     * The partition of a key.
     *
     * @param key any number: of an instrument, for example.
     * @param count of partitions, 1 and up.
     * @return 0 to {@code count} - 1.
     */
    public static int of(long key, int count) {
        long z = key + 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        z ^= z >>> 31;
        return (int) (((z >>> 32) * count) >>> 32);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.heliograph.publishers.generate;

/**
 * Random numbers that are the same everywhere: SplitMix64 (Steele, Lea, Flood 2014).
 *
 * <p>{@code java.util.Random} would do as well, but pays for being shared: an atomic update a draw.
 *
 * <p><b>Thread:</b> one owner: the generator's.
 *
 * <p><b>Allocation:</b> none after construction.
 */
final class SplitMix {
    private static final long STEP = 0x9E37_79B9_7F4A_7C15L;

    private long state;

    SplitMix(long seed) {
        this.state = seed;
    }

    /** Sixty-four random bits. */
    long next() {
        state += STEP;
        long z = state;
        z = (z ^ (z >>> 30)) * 0xBF58_476D_1CE4_E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D0_49BB_1331_11EBL;
        return z ^ (z >>> 31);
    }

    /** 0 to bound - 1, by the multiply-and-shift method: bound is small against 2^32, so the bias does not show. */
    int below(int bound) {
        return within(next(), bound);
    }

    /** The low 32 of some random bits as 0 to bound - 1. */
    static int within(long bits, int bound) {
        return (int) (((bits & 0xFFFF_FFFFL) * bound) >>> 32);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.testkit;

/**
 * The seeds that a simulation runs: so many by default, five times as many with {@code -Dheliograph.full=true}, {@code
 * -Dheliograph.seeds=N} of them, or the one that {@code -Dheliograph.seed=SEED} names.
 *
 * <p><b>Thread:</b> any.
 */
public final class Seeds {
    private static final int FULL = 5;

    private Seeds() {}

    /**
     * The seeds of a run.
     *
     * @param usual how many, where nothing else is asked for.
     * @return 0 and up, or the one that is asked for.
     */
    public static long[] of(int usual) {
        Long one = Long.getLong("heliograph.seed");
        if (one != null) {
            return new long[] {one};
        }
        int count =
                Integer.getInteger("heliograph.seeds", Boolean.getBoolean("heliograph.full") ? FULL * usual : usual);
        long[] seeds = new long[count];
        for (int i = 0; i < count; i++) {
            seeds[i] = i;
        }
        return seeds;
    }
}

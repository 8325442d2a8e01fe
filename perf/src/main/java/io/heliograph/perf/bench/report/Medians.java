// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.bench.report;

import java.util.Arrays;

/** The middle of a series: one disturbed round does not move it. <b>Thread:</b> any thread. */
public final class Medians {
    private Medians() {}

    /**
     * The median.
     *
     * @param values in any order, at least one.
     * @return the middle one, or the mean of the middle two.
     */
    public static double of(double[] values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("no value has no median");
        }
        double[] sorted = sorted(values);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    static double[] sorted(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.bench.report;

import java.util.Locale;

/**
 * What a figure has to reach.
 *
 * <p><b>Thread:</b> immutable.
 *
 * @param isRatio true when it is about the ratio to the baseline, false when about the figure itself.
 * @param isAtLeast true for a lower bound, false for an upper one.
 * @param bound the bound, in the row's unit where it is about the figure.
 */
public record Target(boolean isRatio, boolean isAtLeast, double bound) {
    /**
     * The ratio must reach a bound.
     *
     * @param bound of the ratio.
     * @return the target.
     */
    public static Target ratioAtLeast(double bound) {
        return new Target(true, true, bound);
    }

    /**
     * The ratio must not pass a bound.
     *
     * @param bound of the ratio.
     * @return the target.
     */
    public static Target ratioAtMost(double bound) {
        return new Target(true, false, bound);
    }

    /**
     * The figure must reach a bound.
     *
     * @param bound in the row's unit.
     * @return the target.
     */
    public static Target valueAtLeast(double bound) {
        return new Target(false, true, bound);
    }

    /**
     * The figure must not pass a bound.
     *
     * @param bound in the row's unit.
     * @return the target.
     */
    public static Target valueAtMost(double bound) {
        return new Target(false, false, bound);
    }

    /**
     * Whether a row reaches it.
     *
     * @param row with the figure.
     * @return true when it does; a row without the ratio does not.
     */
    public boolean isMetBy(Row row) {
        Ratio ratio = row.ratio();
        double figure = !isRatio ? row.value() : ratio == null ? Double.NaN : ratio.median();
        return isAtLeast ? figure >= bound : figure <= bound;
    }

    @Override
    public String toString() {
        String figure = bound >= 1_000 ? String.format(Locale.ROOT, "%,.0f", bound) : String.valueOf(bound);
        return (isRatio ? "ratio " : "") + (isAtLeast ? ">= " : "<= ") + figure;
    }
}

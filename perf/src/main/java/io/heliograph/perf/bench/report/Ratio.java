// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.bench.report;

/**
 * How a subject's figure relates to its baseline's: taken in each round, so that what disturbs the machine disturbs both.
 *
 * <p><b>Thread:</b> immutable.
 *
 * @param median of the rounds' ratios.
 * @param min of them.
 * @param max of them.
 */
public record Ratio(double median, double min, double max) {
    /**
     * Relates two series, round by round.
     *
     * @param subject figures, one a round.
     * @param baseline figures of the same rounds.
     * @return the ratios' median and bounds.
     */
    public static Ratio of(double[] subject, double[] baseline) {
        double[] ratios = new double[Math.min(subject.length, baseline.length)];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = subject[i] / baseline[i];
        }
        double[] sorted = Medians.sorted(ratios);
        return new Ratio(Medians.of(ratios), sorted[0], sorted[sorted.length - 1]);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * A subject's figures, one a round, and what was wrong with them.
 *
 * <p><b>Thread:</b> one owner.
 */
public final class Series {
    private final String subject;
    private final List<Double> values = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();

    /**
     * An empty series.
     *
     * @param subject that is measured.
     */
    public Series(String subject) {
        this.subject = subject;
    }

    /**
     * The next round's figure.
     *
     * @param value measured.
     */
    public void add(double value) {
        values.add(value);
    }

    /**
     * The next round's figure.
     *
     * @param value measured, for example ns; below 2^53.
     */
    public void add(long value) {
        values.add((double) value);
    }

    /**
     * Whether no round has given a figure.
     *
     * @return true without figures.
     */
    public boolean isEmpty() {
        return values.isEmpty();
    }

    /**
     * Something was wrong in a round.
     *
     * @param what in words; empty when nothing was.
     */
    public void fault(String what) {
        if (!what.isEmpty() && !faults.contains(what)) {
            faults.add(what);
        }
    }

    /**
     * The row of this series against a baseline's.
     *
     * @param scenario with all that sets it apart.
     * @param metric for example {@code throughput}.
     * @param unit of the figures.
     * @param baseline measured in the same rounds; this series itself where there is none.
     * @return the row: medians, and the ratio where the baseline is another.
     */
    public Row row(String scenario, String metric, String unit, Series baseline) {
        double[] mine = array();
        double[] theirs = baseline.array();
        boolean isRelated =
                baseline != this && mine.length > 0 && DoubleStream.of(theirs).allMatch(one -> one != 0);
        Ratio ratio = isRelated ? Ratio.of(mine, theirs) : null;
        double value = mine.length == 0 ? Double.NaN : Medians.of(mine);
        String why = faults.isEmpty() ? null : String.join("; ", faults);
        return new Row(scenario, subject, baseline.subject, metric, unit, value, ratio, null, mine.length, why);
    }

    private double[] array() {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }
}

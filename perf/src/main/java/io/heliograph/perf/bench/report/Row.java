// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.bench.report;

import io.heliograph.engine.cli.JsonLine;
import org.jspecify.annotations.Nullable;

/**
 * One figure of one subject in one scenario.
 *
 * <p><b>Thread:</b> immutable.
 *
 * @param scenario with all that sets it apart: {@code throughput dedicated veth mtu=1408 lines=1}.
 * @param subject that was measured.
 * @param baseline that it was measured against; the subject itself for the baseline's own row.
 * @param metric for example {@code throughput} or {@code p50}.
 * @param unit of the figure.
 * @param value median over the rounds.
 * @param ratio to the baseline, if there is one.
 * @param target to reach, if there is one.
 * @param rounds measured; 0 where none gave a figure.
 * @param why the row is not valid; null when it is.
 */
public record Row(
        String scenario,
        String subject,
        String baseline,
        String metric,
        String unit,
        double value,
        @Nullable Ratio ratio,
        @Nullable Target target,
        int rounds,
        @Nullable String why) {
    /**
     * Whether the figure may be used: the rate was held and every message came.
     *
     * @return false when {@link #why} says what was wrong.
     */
    public boolean isValid() {
        return why == null;
    }

    /**
     * Whether any round gave a figure: without one there is nothing to be wrong.
     *
     * @return false when {@link #why} says what was missing.
     */
    public boolean isJudged() {
        return rounds > 0;
    }

    /**
     * Whether the row is against the run: a figure that was measured and may not be used.
     *
     * @return true for the rows that make {@code bench} end with exit code 1.
     */
    public boolean isBroken() {
        return isJudged() && !isValid();
    }

    /**
     * Whether there is a target that a figure does not reach.
     *
     * @return false without a target or a figure.
     */
    public boolean isMissed() {
        return isJudged() && target != null && !target.isMetBy(this);
    }

    /**
     * The same with a target.
     *
     * @param newTarget to reach.
     * @return a copy.
     */
    public Row withTarget(@Nullable Target newTarget) {
        return new Row(scenario, subject, baseline, metric, unit, value, ratio, newTarget, rounds, why);
    }

    /**
     * What tells the row from others, in this run and the next.
     *
     * @return scenario, subject and metric.
     */
    public String key() {
        return scenario + " | " + subject + " | " + metric;
    }

    /**
     * The row as an object of {@code --json}.
     *
     * @return the object; without a baseline the ratios are absent, without a figure {@code met} is.
     */
    public JsonLine json() {
        JsonLine json = new JsonLine()
                .put("type", "result")
                .put("scenario", scenario)
                .put("subject", subject)
                .put("baseline", baseline)
                .put("metric", metric)
                .put("unit", unit)
                .put("value", value);
        if (ratio != null) {
            json.put("ratio", ratio.median()).put("ratioMin", ratio.min()).put("ratioMax", ratio.max());
        }
        json.put("rounds", rounds).put("valid", isValid());
        if (why != null) {
            json.put("why", why);
        }
        if (target != null) {
            json.put("target", target.toString());
            if (isJudged()) {
                json.put("met", target.isMetBy(this));
            }
        }
        return json;
    }
}

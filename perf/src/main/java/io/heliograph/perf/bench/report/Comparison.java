// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.bench.report;

import java.io.PrintStream;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Two runs side by side, and which figures became worse by more than is allowed.
 *
 * <p><b>Thread:</b> any thread.
 */
public final class Comparison {
    private static final String FORMAT = "%-75s %15s %15s %9s %s%n";

    private Comparison() {}

    /**
     * Compares.
     *
     * @param older results of the earlier run.
     * @param newer results of the later run.
     * @param allowedPercent how much worse a figure may be.
     * @param out takes a line a figure.
     * @return figures that became worse by more than that or are not valid any more.
     */
    public static int print(
            Map<String, ResultFile.Figure> older,
            Map<String, ResultFile.Figure> newer,
            double allowedPercent,
            PrintStream out) {
        int regressions = 0;
        out.printf(FORMAT, "figure", "old", "new", "worse by", "");
        for (ResultFile.Figure was : older.values()) {
            ResultFile.Figure is = newer.get(was.key());
            String verdict = verdict(was, is, allowedPercent);
            if (verdict.startsWith("REGRESSION")) {
                regressions++;
            }
            String name = was.key() + (was.isRatio() ? " (ratio)" : "");
            out.printf(
                    FORMAT,
                    name,
                    number(was.figure()),
                    is == null ? "-" : number(is.figure()),
                    worse(was, is),
                    verdict);
        }
        return regressions;
    }

    private static String verdict(ResultFile.Figure was, ResultFile.@Nullable Figure is, double allowed) {
        if (is == null) {
            return "not measured";
        }
        if (!was.isValid()) {
            return "old one not valid";
        }
        if (Double.isNaN(is.figure())) {
            return "not judged";
        }
        if (!is.isValid()) {
            return "REGRESSION: not valid any more";
        }
        return worsePercent(was, is) > allowed ? "REGRESSION" : "";
    }

    private static String worse(ResultFile.Figure was, ResultFile.@Nullable Figure is) {
        double percent = is == null ? Double.NaN : worsePercent(was, is);
        return Double.isNaN(percent) ? "" : String.format(Locale.ROOT, "%+.1f %%", percent);
    }

    private static double worsePercent(ResultFile.Figure was, ResultFile.Figure is) {
        double change = (is.figure() / was.figure() - 1) * 100;
        return was.isMoreBetter() ? -change : change;
    }

    private static String number(double value) {
        if (Double.isNaN(value)) {
            return "-";
        }
        return String.format(Locale.ROOT, Math.abs(value) < 100 ? "%,.3f" : "%,.0f", value);
    }
}

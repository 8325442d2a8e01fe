// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.bench.report;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/**
 * The rows for people: one line each, grouped by scenario.
 *
 * <p><b>Thread:</b> any thread.
 */
public final class Table {
    private static final String FORMAT = "  %-14s %-31s %16s %-11s %-24s %s%n";

    private Table() {}

    /**
     * Prints the rows.
     *
     * @param rows in their order.
     * @param out where to.
     */
    public static void print(List<Row> rows, PrintStream out) {
        String scenario = "";
        for (Row row : rows) {
            if (!row.scenario().equals(scenario)) {
                scenario = row.scenario();
                out.printf("%n%s%n", scenario);
                out.printf(FORMAT, "subject", "metric", "median", "unit", "ratio (min to max)", "");
            }
            out.printf(FORMAT, row.subject(), row.metric(), number(row.value()), row.unit(), ratio(row), verdict(row));
        }
    }

    private static String number(double value) {
        if (Double.isNaN(value)) {
            return "-";
        }
        return String.format(Locale.ROOT, Math.abs(value) < 100 ? "%,.2f" : "%,.0f", value);
    }

    private static String ratio(Row row) {
        Ratio ratio = row.ratio();
        return ratio == null
                ? ""
                : String.format(Locale.ROOT, "%.3f (%.3f to %.3f)", ratio.median(), ratio.min(), ratio.max());
    }

    private static String verdict(Row row) {
        String why = row.why();
        if (why != null) {
            return (row.isJudged() ? "NOT VALID: " : "not judged: ") + why;
        }
        Target target = row.target();
        return target == null ? "" : target + (target.isMetBy(row) ? ": met" : ": MISSED");
    }
}

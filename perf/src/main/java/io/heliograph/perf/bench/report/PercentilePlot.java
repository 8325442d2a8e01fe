// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/**
 * Draws latencies by percentile as SVG: percentiles from left to right by their nines, latency upwards, both logarithmic;
 * a dashed line for the baseline, a full one for the product, a colour for each scenario. A curve ends where fewer than
 * {@value #FEWEST} values are left to tell it.
 *
 * <p><b>Thread:</b> any thread.
 */
public final class PercentilePlot {
    /** HdrHistogram's steps for each halving of what is left: some 16 points for each nine. */
    private static final int TICKS_PER_HALVING = 5;

    private static final long FEWEST = 10;
    private static final double[] MARKS = {0, 50, 90, 99, 99.9, 99.99, 99.999};
    private static final String[] COLOURS = {"#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#e69f00"};
    private static final String[] UNITS = {"ns", "us", "ms", "s"};
    private static final int LEFT = 90;
    private static final int TOP = 44;
    private static final int WIDTH = 720;
    private static final int HEIGHT = 400;
    private static final int RIGHT = 40;
    private static final int LEGEND = TOP + HEIGHT + 72;
    private static final int LEGEND_STEP = 20;
    private static final int LEAST_NINES = 2;

    private final double lowDecade;
    private final double highDecade;
    private final double nines;
    private final StringBuilder svg = new StringBuilder();

    private PercentilePlot(Map<String, Histogram> histograms) {
        double lowest = Double.MAX_VALUE;
        double highest = 1;
        double most = 0;
        for (Histogram histogram : histograms.values()) {
            double last = lastPercentile(histogram);
            lowest = Math.min(lowest, atLeastOne(histogram.getMinValue()));
            highest = Math.max(highest, atLeastOne(histogram.getValueAtPercentile(last)));
            most = Math.max(most, nines(last));
        }
        lowDecade = Math.floor(Math.log10(lowest));
        highDecade = Math.max(lowDecade + 1, Math.ceil(Math.log10(highest)));
        nines = Math.max(LEAST_NINES, most);
    }

    /**
     * Draws.
     *
     * @param title above the drawing, for example the machine.
     * @param histograms in ns by {@code scenario: subject}, at least one.
     * @return the SVG document.
     */
    public static String draw(String title, Map<String, Histogram> histograms) {
        PercentilePlot plot = new PercentilePlot(histograms);
        plot.open(title, LEFT + WIDTH + RIGHT, LEGEND + LEGEND_STEP * histograms.size());
        plot.percentiles();
        plot.latencies();
        plot.curves(histograms);
        return plot.svg.append("</svg>\n").toString();
    }

    private void open(String title, int width, int height) {
        add(
                "<svg xmlns='http://www.w3.org/2000/svg' width='%d' height='%d' font-family='sans-serif'"
                        + " font-size='12'>",
                width, height);
        add("<rect width='100%%' height='100%%' fill='white'/>");
        add("<text x='%d' y='24' font-size='14'>%s</text>", LEFT, escape(title));
    }

    private void percentiles() {
        for (double percentile : MARKS) {
            if (nines(percentile) <= nines) {
                double x = x(percentile);
                add("<line x1='%.1f' y1='%d' x2='%.1f' y2='%d' stroke='#cccccc'/>", x, TOP, x, TOP + HEIGHT);
                add("<text x='%.1f' y='%d' text-anchor='middle'>%s %%</text>", x, TOP + HEIGHT + 18, plain(percentile));
            }
        }
        add(
                "<text x='%d' y='%d' text-anchor='middle' font-weight='bold'>messages that took no longer"
                        + " (percentile)</text>",
                LEFT + WIDTH / 2, TOP + HEIGHT + 42);
    }

    private void latencies() {
        for (double decade = lowDecade; decade <= highDecade; decade++) {
            double ns = Math.pow(10, decade);
            add("<line x1='%d' y1='%.1f' x2='%d' y2='%.1f' stroke='#cccccc'/>", LEFT, y(ns), LEFT + WIDTH, y(ns));
            add("<text x='%d' y='%.1f' text-anchor='end'>%s</text>", LEFT - 6, y(ns) + 4, label((int) decade));
            for (int i = 2; i <= 9 && decade < highDecade; i++) {
                double between = y(ns * i);
                add(
                        "<line x1='%d' y1='%.1f' x2='%d' y2='%.1f' stroke='#eeeeee'/>",
                        LEFT, between, LEFT + WIDTH, between);
            }
        }
        add(
                "<text transform='translate(22 %d) rotate(-90)' text-anchor='middle' font-weight='bold'>latency from"
                        + " the intended send time</text>",
                TOP + HEIGHT / 2);
    }

    private void curves(Map<String, Histogram> histograms) {
        List<String> scenarios = new ArrayList<>();
        int legend = LEGEND;
        for (Map.Entry<String, Histogram> entry : histograms.entrySet()) {
            String scenario = entry.getKey().substring(0, entry.getKey().lastIndexOf(':'));
            if (!scenarios.contains(scenario)) {
                scenarios.add(scenario);
            }
            String colour = COLOURS[scenarios.indexOf(scenario) % COLOURS.length];
            String dash = entry.getKey().endsWith("aeron") ? " stroke-dasharray='6 4'" : "";
            add(
                    "<polyline points='%s' fill='none' stroke='%s' stroke-width='2'%s/>",
                    points(entry.getValue()), colour, dash);
            add(
                    "<line x1='%d' y1='%d' x2='%d' y2='%d' stroke='%s' stroke-width='2'%s/>",
                    LEFT, legend, LEFT + 40, legend, colour, dash);
            add("<text x='%d' y='%d'>%s</text>", LEFT + 50, legend + 4, escape(entry.getKey()));
            legend += LEGEND_STEP;
        }
    }

    private String points(Histogram histogram) {
        double last = lastPercentile(histogram);
        StringBuilder points = new StringBuilder();
        point(points, 0, histogram.getMinValue());
        for (HistogramIterationValue step : histogram.percentiles(TICKS_PER_HALVING)) {
            if (step.getPercentileLevelIteratedTo() <= last) {
                point(points, step.getPercentileLevelIteratedTo(), step.getValueIteratedTo());
            }
        }
        return points.toString();
    }

    private void point(StringBuilder points, double percentile, long ns) {
        points.append(String.format(Locale.ROOT, "%.1f,%.1f ", x(percentile), y(atLeastOne(ns))));
    }

    /** How far a histogram can be trusted: beyond, single values decide. */
    private static double lastPercentile(Histogram histogram) {
        return Math.max(0, 100.0 * (1 - (double) FEWEST / Math.max(1, histogram.getTotalCount())));
    }

    /** 90 % is one, 99 % two. */
    private static double nines(double percentile) {
        return -Math.log10(1 - percentile / 100);
    }

    private double x(double percentile) {
        return LEFT + WIDTH * nines(percentile) / nines;
    }

    private double y(double ns) {
        return TOP + HEIGHT * (highDecade - Math.log10(ns)) / (highDecade - lowDecade);
    }

    /** A logarithm has no zero. */
    private static double atLeastOne(long ns) {
        return (double) Math.max(1, ns);
    }

    /** A power of ten in ns, in the unit in which it is 1, 10 or 100. */
    private static String label(int decade) {
        int unit = Math.min(decade / 3, UNITS.length - 1);
        return String.format(Locale.ROOT, "%.0f %s", Math.pow(10, decade - 3 * unit), UNITS[unit]);
    }

    private void add(String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values)).append('\n');
    }

    private static String plain(double value) {
        return value == Math.rint(value) ? String.format(Locale.ROOT, "%.0f", value) : String.valueOf(value);
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("'", "&#39;");
    }
}

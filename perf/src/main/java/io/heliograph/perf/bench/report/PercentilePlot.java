// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * Draws latencies by percentile as SVG: percentiles from left to right by their nines, latency upwards, both logarithmic;
 * a dashed line for the baseline, a full one for the product, a colour for each scenario.
 *
 * <p><b>Thread:</b> any thread.
 */
public final class PercentilePlot {
    private static final double[] PERCENTILES = {0, 50, 75, 90, 95, 99, 99.5, 99.9, 99.95, 99.99};
    private static final double[] MARKS = {0, 50, 90, 99, 99.9, 99.99};
    private static final String[] COLOURS = {"#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#e69f00"};
    private static final int LEFT = 80;
    private static final int TOP = 40;
    private static final int WIDTH = 720;
    private static final int HEIGHT = 400;
    private static final int LEGEND_STEP = 20;
    private static final double NINES = 4;

    private final double lowDecade;
    private final double highDecade;
    private final StringBuilder svg = new StringBuilder();

    private PercentilePlot(Map<String, Histogram> histograms) {
        long lowest = Long.MAX_VALUE;
        long highest = 1;
        for (Histogram histogram : histograms.values()) {
            lowest = Math.min(lowest, Math.max(1, histogram.getMinNonZeroValue()));
            highest = Math.max(highest, histogram.getValueAtPercentile(PERCENTILES[PERCENTILES.length - 1]));
        }
        lowDecade = Math.floor(Math.log10((double) lowest));
        highDecade = Math.max(lowDecade + 1, Math.ceil(Math.log10((double) highest)));
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
        int height = TOP + HEIGHT + 60 + LEGEND_STEP * histograms.size();
        plot.open(title, LEFT + WIDTH + 40, height);
        plot.axes();
        plot.curves(histograms);
        return plot.svg.append("</svg>\n").toString();
    }

    private void open(String title, int width, int height) {
        add(
                "<svg xmlns='http://www.w3.org/2000/svg' width='%d' height='%d' font-family='sans-serif' font-size='12'>",
                width, height);
        add("<rect width='100%%' height='100%%' fill='white'/>");
        add("<text x='%d' y='20' font-size='14'>%s</text>", LEFT, escape(title));
    }

    private void axes() {
        for (double percentile : MARKS) {
            double x = x(percentile);
            add("<line x1='%.1f' y1='%d' x2='%.1f' y2='%d' stroke='#dddddd'/>", x, TOP, x, TOP + HEIGHT);
            add("<text x='%.1f' y='%d' text-anchor='middle'>%s %%</text>", x, TOP + HEIGHT + 18, plain(percentile));
        }
        for (double decade = lowDecade; decade <= highDecade; decade++) {
            double y = y(Math.pow(10, decade));
            add("<line x1='%d' y1='%.1f' x2='%d' y2='%.1f' stroke='#dddddd'/>", LEFT, y, LEFT + WIDTH, y);
            add(
                    "<text x='%d' y='%.1f' text-anchor='end'>%s us</text>",
                    LEFT - 6, y + 4, plain(Math.pow(10, decade - 3)));
        }
    }

    private void curves(Map<String, Histogram> histograms) {
        List<String> scenarios = new ArrayList<>();
        int legend = TOP + HEIGHT + 48;
        for (Map.Entry<String, Histogram> entry : histograms.entrySet()) {
            int colon = entry.getKey().lastIndexOf(':');
            String scenario = entry.getKey().substring(0, colon);
            if (!scenarios.contains(scenario)) {
                scenarios.add(scenario);
            }
            String colour = COLOURS[scenarios.indexOf(scenario) % COLOURS.length];
            String dash = entry.getKey().endsWith("aeron") ? " stroke-dasharray='6 4'" : "";
            StringBuilder points = new StringBuilder();
            for (double percentile : PERCENTILES) {
                double value = (double) entry.getValue().getValueAtPercentile(percentile);
                points.append(String.format(Locale.ROOT, "%.1f,%.1f ", x(percentile), y(Math.max(1.0, value))));
            }
            add("<polyline points='%s' fill='none' stroke='%s' stroke-width='2'%s/>", points, colour, dash);
            add(
                    "<line x1='%d' y1='%d' x2='%d' y2='%d' stroke='%s' stroke-width='2'%s/>",
                    LEFT, legend, LEFT + 40, legend, colour, dash);
            add("<text x='%d' y='%d'>%s</text>", LEFT + 50, legend + 4, escape(entry.getKey()));
            legend += LEGEND_STEP;
        }
    }

    /** By the number of nines: 90 % is one, 99 % two. */
    private static double x(double percentile) {
        return LEFT + WIDTH * -Math.log10(1 - Math.min(percentile, PERCENTILES[PERCENTILES.length - 1]) / 100) / NINES;
    }

    private double y(double ns) {
        return TOP + HEIGHT * (highDecade - Math.log10(ns)) / (highDecade - lowDecade);
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

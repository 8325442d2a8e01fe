// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class PercentilePlotTest {
    private static final int COUNT = 100_000;

    private final Histogram histogram = new Histogram(60_000_000_000L, 3);

    @Test
    void shouldDrawACurveForEachHistogram() {
        record(1_000);

        String svg =
                PercentilePlot.draw("a < b", Map.of("latency x: aeron", histogram, "latency x: heliograph", histogram));

        assertEquals(2, svg.split("<polyline", -1).length - 1);
        assertTrue(svg.contains("a &lt; b"));
        assertTrue(svg.contains(">latency x: aeron</text>"));
        assertFalse(svg.contains("NaN"));
    }

    @Test
    void shouldDrawManyPointsThatNeverFall() {
        record(1_000);

        Matcher curve = Pattern.compile("<polyline points='([^']*)'").matcher(draw());

        assertTrue(curve.find());
        String[] points = curve.group(1).trim().split(" ", -1);
        assertTrue(points.length > 40, () -> points.length + " points");
        for (int i = 1; i < points.length; i++) {
            assertTrue(coordinate(points[i], 0) >= coordinate(points[i - 1], 0), points[i]);
            assertTrue(coordinate(points[i], 1) <= coordinate(points[i - 1], 1), points[i]);
        }
    }

    @Test
    void shouldNameTheAxesAndLabelLatenciesInTheUnitThatFits() {
        record(1_000);

        String svg = draw();

        assertTrue(svg.contains(">latency from the intended send time</text>"));
        assertTrue(svg.contains("(percentile)</text>"));
        assertTrue(svg.contains(">1 us</text>"), svg);
        assertTrue(svg.contains(">100 us</text>"), svg);
        assertTrue(svg.contains(">1 ms</text>"), svg);
        assertFalse(svg.contains("1000 us"), svg);
    }

    @Test
    void shouldEndWhereSingleValuesDecide() {
        record(1_000);

        String svg = draw();

        assertTrue(svg.contains(">99.99 %</text>"), svg);
        assertFalse(svg.contains(">99.999 %</text>"), svg);
    }

    @Test
    void shouldDrawWhatHoldsNothing() {
        assertFalse(draw().contains("NaN"));
        assertFalse(draw().contains("Infinity"));
    }

    private String draw() {
        return PercentilePlot.draw("host", Map.of("latency x: heliograph", histogram));
    }

    private void record(long leastNs) {
        for (int i = 0; i < COUNT; i++) {
            histogram.recordValue(leastNs + 10L * i);
        }
    }

    private static double coordinate(String point, int which) {
        return Double.parseDouble(point.split(",", -1)[which]);
    }
}

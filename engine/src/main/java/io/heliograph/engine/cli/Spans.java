// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.cli;

import java.util.Locale;

/**
 * Measured times as people read them: three figures or so and a unit.
 *
 * <p><b>Thread:</b> immutable.
 */
final class Spans {
    private static final String[] UNITS = {"ns", "us", "ms", "s"};
    private static final int STEP = 1_000;

    private Spans() {}

    /** A time of either sign: {@code 213 us}, {@code -1.52 ms}, {@code 81 s}. */
    static String of(long ns) {
        double value = ns;
        int unit = 0;
        while (Math.abs(value) >= STEP && unit < UNITS.length - 1) {
            value /= STEP;
            unit++;
        }
        boolean isFine = unit > 0 && Math.abs(value) < 10;
        return String.format(Locale.ROOT, isFine ? "%.2f %s" : "%.0f %s", value, UNITS[unit]);
    }
}

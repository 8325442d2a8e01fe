// SPDX-License-Identifier: Apache-2.0
package io.heliograph.config.settings;

import java.util.Map;
import java.util.Optional;

/**
 * Times as people write them: {@code 250 ms}, {@code 1 s}, {@code 1.5 s}, {@code 100us}.
 *
 * <p><b>Thread:</b> immutable.
 */
public final class Durations {
    private static final Map<String, Long> UNITS_NS = Map.of(
            "ns", 1L,
            "us", 1_000L,
            "ms", 1_000_000L,
            "s", 1_000_000_000L,
            "min", 60_000_000_000L,
            "h", 3_600_000_000_000L);

    private Durations() {}

    /**
     * Reads a time.
     *
     * @param text a decimal number, at most one blank, a unit: ns, us, ms, s, min or h.
     * @return ns; empty when the text is no time, or no whole number of ns, or more than a long holds.
     */
    public static Optional<Long> parse(String text) {
        return UnitNumbers.parse(text, UNITS_NS);
    }

    /**
     * Writes a time in the largest unit that keeps it whole.
     *
     * @param ns 0 and up.
     * @return such as {@code 250 ms}.
     */
    public static String format(long ns) {
        String best = ns + " ns";
        long bestUnit = 1;
        for (Map.Entry<String, Long> unit : UNITS_NS.entrySet()) {
            long unitNs = unit.getValue();
            if (ns != 0 && ns % unitNs == 0 && unitNs > bestUnit) {
                bestUnit = unitNs;
                best = ns / unitNs + " " + unit.getKey();
            }
        }
        return best;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.heliograph.config.settings;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Rates as people write them: {@code 10 Gbit/s}, {@code 200 Mbit/s}.
 *
 * <p><b>Thread:</b> immutable.
 */
public final class Rates {
    private static final long KILO = 1_000L;
    private static final Map<String, Long> UNITS_BPS =
            Map.of("bit/s", 1L, "kbit/s", KILO, "Mbit/s", KILO * KILO, "Gbit/s", KILO * KILO * KILO);

    private Rates() {}

    /**
     * Reads a rate.
     *
     * @param text a decimal number, at most one blank, a unit: bit/s, kbit/s, Mbit/s or Gbit/s.
     * @return bits per second; empty when the text is no rate, or no whole number of bit/s, or more than a long holds.
     */
    public static Optional<Long> parse(String text) {
        return UnitNumbers.parse(text, UNITS_BPS);
    }

    /**
     * Writes a rate in a unit that reads well, with at most three decimals.
     *
     * @param bps bits per second, 0 and up.
     * @return such as {@code 10 Gbit/s}.
     */
    public static String format(long bps) {
        String unit = bps >= KILO * KILO * KILO ? "Gbit/s" : bps >= KILO * KILO ? "Mbit/s" : "bit/s";
        double value = (double) bps / UNITS_BPS.getOrDefault(unit, 1L);
        String digits = String.format(Locale.ROOT, "%.3f", value).replaceFirst("\\.?0+$", "");
        return digits + " " + unit;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.heliograph.publishers.replay;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How fast a source is replayed: as fast as it goes, as it was recorded, n times as fast, or at a fixed rate.
 *
 * <p><b>Thread:</b> immutable.
 *
 * @param kind which of them.
 * @param value with {@link Kind#TIMES} how many times as fast, with {@link Kind#RATE} messages per
 *     second, a whole number; else 0.
 */
public record Pace(Kind kind, double value) {
    /** As fast as it goes. */
    public static final Pace MAX = new Pace(Kind.MAX, 0);

    private static final double MAX_VALUE = 1e9;
    private static final Pattern TIMES = Pattern.compile("x(\\d{1,9}(?:\\.\\d{1,9})?)");
    private static final Pattern RATE = Pattern.compile("(\\d{1,10})/s");

    /** What a pace is measured by. */
    public enum Kind {
        /** Nothing: each message is due at once. */
        MAX,
        /** The messages' own timestamps, some factor faster; original is a factor of 1. */
        TIMES,
        /** The messages' count. */
        RATE
    }

    /**
     * Reads a pace.
     *
     * @param text {@code max}, {@code original}, {@code x2}, {@code x0.5}, {@code 100000/s}.
     * @return the pace.
     * @throws IllegalArgumentException for other text: one line for the person who wrote it.
     */
    public static Pace parse(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.equals("max")) {
            return MAX;
        }
        if (lower.equals("original")) {
            return new Pace(Kind.TIMES, 1);
        }
        Matcher times = TIMES.matcher(lower);
        if (times.matches()) {
            return checked(text, Kind.TIMES, Double.parseDouble(times.group(1)));
        }
        Matcher rate = RATE.matcher(lower);
        if (rate.matches()) {
            return checked(text, Kind.RATE, Double.parseDouble(rate.group(1)));
        }
        throw refused(text);
    }

    private static Pace checked(String text, Kind kind, double value) {
        if (value <= 0 || value > MAX_VALUE) {
            throw refused(text);
        }
        return new Pace(kind, value);
    }

    private static IllegalArgumentException refused(String text) {
        return new IllegalArgumentException(
                "pace \"" + text
                        + "\" is none; give max, original, x2 (any factor above 0) or 100000/s (messages a second, up to 10^9)");
    }
}

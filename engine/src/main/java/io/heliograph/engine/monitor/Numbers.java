// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.monitor;

import java.util.Locale;
import java.util.OptionalLong;

/**
 * Numbers as the kernel writes them, and as an operator reads them.
 *
 * <p><b>Thread:</b> any thread.
 */
final class Numbers {
    private static final String[] UNITS = {"bytes", "KiB", "MiB", "GiB", "TiB"};
    private static final int STEP = 1024;

    private Numbers() {}

    static OptionalLong parse(String text) {
        try {
            return OptionalLong.of(Long.decode(text.trim()));
        } catch (NumberFormatException none) {
            // A word such as "max": the caller knows whether that means something.
            return OptionalLong.empty();
        }
    }

    /** How many a kernel's list such as {@code 0-3,8} names. */
    static int countOf(String list) {
        long count = 0;
        for (String range : list.trim().split(",", -1)) {
            if (!range.isBlank()) {
                String[] ends = range.split("-", 2);
                long first = parse(ends[0]).orElse(0);
                long last = ends.length == 2 ? parse(ends[1]).orElse(first) : first;
                count += Math.max(0, last - first + 1);
            }
        }
        return (int) Math.max(0, Math.min(Integer.MAX_VALUE, count));
    }

    /** Bytes in the largest unit that leaves at least 1: {@code 208 KiB}. */
    static String bytes(long bytes) {
        double value = bytes;
        int unit = 0;
        while (value >= STEP && unit < UNITS.length - 1) {
            value /= STEP;
            unit++;
        }
        return String.format(Locale.ROOT, value == Math.rint(value) ? "%.0f %s" : "%.1f %s", value, UNITS[unit]);
    }

    static String count(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}

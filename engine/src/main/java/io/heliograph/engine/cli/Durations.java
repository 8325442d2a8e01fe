// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.cli;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Times as options give them: {@code 5s}, {@code 500ms}.
 *
 * <p><b>Thread:</b> immutable.
 */
public final class Durations {
    private static final Pattern FORM = Pattern.compile("(\\d{1,9})(ns|us|ms|s|m)");

    private Durations() {}

    /**
     * Reads a time.
     *
     * @param option that gave it, for the message to people.
     * @param text as the user wrote it.
     * @return ns, 0 and up.
     * @throws CommandException when it is none; exit code 2.
     */
    public static long parseNs(String option, String text) {
        Matcher matcher = FORM.matcher(text.toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw CommandException.wrongCall(
                    option + " \"" + text + "\" is no time; give a whole number with ns, us, ms, s or m, as 5s");
        }
        long unitNs = switch (matcher.group(2)) {
            case "ns" -> 1L;
            case "us" -> 1_000L;
            case "ms" -> 1_000_000L;
            case "s" -> 1_000_000_000L;
            default -> 60_000_000_000L;
        };
        return Long.parseLong(matcher.group(1)) * unitNs;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.heliograph.publishers.cli;

import io.heliograph.engine.cli.CommandException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Times as options give them: {@code 5s}, {@code 500ms}.
 *
 * <p><b>Thread:</b> immutable.
 */
final class Durations {
    private static final Pattern FORM = Pattern.compile("(\\d{1,9})(ns|us|ms|s|m)");

    private Durations() {}

    static long parseNs(String option, String text) {
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

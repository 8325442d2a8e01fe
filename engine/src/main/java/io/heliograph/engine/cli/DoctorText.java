// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.cli;

import io.heliograph.engine.monitor.Examination.Result;
import io.heliograph.engine.monitor.Finding;
import io.heliograph.engine.monitor.Finding.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What {@code doctor} found, to be read at night: the worst first, in capitals what has to be mended.
 *
 * <p><b>Thread:</b> any thread.
 */
final class DoctorText {
    private DoctorText() {}

    static List<String> of(List<Result> results) {
        List<String> lines = new ArrayList<>();
        for (Result result : results) {
            add(lines, result.check(), result.finding());
        }
        lines.add("");
        lines.add(verdict(results));
        return lines;
    }

    /** A state's name where it is not shouted. */
    static String word(State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    static long count(List<Result> results, State state) {
        return results.stream()
                .filter(result -> result.finding().state() == state)
                .count();
    }

    private static void add(List<String> lines, String check, Finding finding) {
        String state = finding.state() == State.PROBLEM ? "PROBLEM" : word(finding.state());
        lines.add(line(state, check, finding.what()));
        if (!finding.cost().isEmpty()) {
            lines.add(line("", "  costs", finding.cost()));
        }
        if (!finding.remedy().isEmpty()) {
            lines.add(line("", "  mend", finding.remedy()));
        }
    }

    private static String line(String state, String check, String text) {
        return String.format(Locale.ROOT, "%-7s  %-14s  %s", state, check, text);
    }

    private static String verdict(List<Result> results) {
        long problems = count(results, State.PROBLEM);
        return (problems == 0 ? "no problem" : problems == 1 ? "1 PROBLEM" : problems + " PROBLEMS")
                + ", " + count(results, State.ADVICE) + " to improve, "
                + count(results, State.UNKNOWN) + " unknown, "
                + count(results, State.OK) + " ok";
    }
}

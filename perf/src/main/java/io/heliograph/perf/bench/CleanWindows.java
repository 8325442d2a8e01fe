// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.bench;

import io.heliograph.perf.bench.report.Medians;
import java.util.ArrayList;
import java.util.List;

/**
 * The p99s of the 100 ms windows in which neither end's spinning thread stood still: what is left is the code's own tail,
 * without the scheduler's.
 *
 * <p><b>Thread:</b> immutable.
 *
 * @param p99sNs of the windows without a pause.
 * @param windows of the round in all.
 * @param longestPauseNs that a spinning thread saw.
 */
record CleanWindows(List<Double> p99sNs, int windows, long longestPauseNs) {
    private static final long WINDOW_NS = 100_000_000L;

    /** A time span, ns of the monotonic clock; for a window {@code end} is its p99 instead. */
    private record Span(long start, long end) {}

    /**
     * Sorts out a round's windows.
     *
     * @param reading with {@code windows} of the receiver and {@code pauses} of both ends.
     * @return the clean ones.
     */
    static CleanWindows of(Reading reading) {
        List<Span> pauses = spans(reading.sent().text("pauses"));
        pauses.addAll(spans(reading.received().text("pauses")));
        List<Span> windows = spans(reading.received().text("windows"));
        List<Double> clean = windows.stream()
                .filter(window -> pauses.stream()
                        .noneMatch(pause -> pause.start() < window.start() + WINDOW_NS && pause.end() > window.start()))
                .map(window -> (double) window.end())
                .toList();
        long longestNs = Math.max(
                reading.sent().number("longestPauseNs"), reading.received().number("longestPauseNs"));
        return new CleanWindows(clean, windows.size(), longestNs);
    }

    boolean isEmpty() {
        return p99sNs.isEmpty();
    }

    double medianNs() {
        return Medians.of(p99sNs.stream().mapToDouble(Double::doubleValue).toArray());
    }

    private static List<Span> spans(String text) {
        List<Span> spans = new ArrayList<>();
        for (String word : text.split(",", -1)) {
            if (!word.isEmpty()) {
                int colon = word.indexOf(':');
                spans.add(
                        new Span(Long.parseLong(word.substring(0, colon)), Long.parseLong(word.substring(colon + 1))));
            }
        }
        return spans;
    }
}

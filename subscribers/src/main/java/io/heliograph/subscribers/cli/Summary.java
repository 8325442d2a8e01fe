// SPDX-License-Identifier: Apache-2.0
package io.heliograph.subscribers.cli;

import io.heliograph.engine.cli.JsonLine;
import io.heliograph.engine.stream.DropReason;
import io.heliograph.engine.stream.Quality;
import io.heliograph.engine.stream.StreamStatistics;
import io.heliograph.subscribers.book.BookOutcome;
import io.heliograph.subscribers.book.Books;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the role {@code subscribe} ends with, in words or as one JSON object: of a stream, or of all partitions of one together and
 * each for itself.
 *
 * <p><b>Thread:</b> the main thread.
 */
final class Summary {
    /** The worst first: of several partitions this is said of the whole. */
    private static final List<Quality> WORST_FIRST = List.of(
            Quality.STALE,
            Quality.GAP,
            Quality.JOINING,
            Quality.CATCHING_UP,
            Quality.RECOVERING,
            Quality.LIVE,
            Quality.ENDED);

    private final String stream;
    private final List<Received> parts;
    private final Latencies latencies;

    Summary(String stream, List<Received> parts) {
        this.stream = stream;
        this.parts = List.copyOf(parts);
        this.latencies =
                Latencies.sum(parts.stream().map(part -> part.tap().latencies()).toList());
    }

    /** Of a run that came to nothing. */
    static JsonLine failed(String stream, String failure) {
        return new JsonLine()
                .put("type", "summary")
                .put("stream", stream)
                .put("messages", 0L)
                .put("failure", failure);
    }

    void print(PrintStream out, boolean isJson) {
        if (isJson) {
            json().print(out);
        } else {
            out.print(text());
            out.flush();
        }
    }

    /** Why what was received is not all that was published, in words; null when it is. */
    @Nullable
    String failure() {
        List<String> failures = new ArrayList<>();
        if (sum(StreamStatistics::gaps) > 0) {
            failures.add(String.format(
                    Locale.ROOT,
                    "messages are lost for good: %,d that are known, gaps: %,d",
                    sum(StreamStatistics::lostMessages),
                    sum(StreamStatistics::gaps)));
        }
        if (sum(StreamStatistics::sealMismatches) > 0) {
            failures.add(String.format(
                    Locale.ROOT,
                    "what was received is not what was sealed, seals: %,d",
                    sum(StreamStatistics::sealMismatches)));
        }
        return failures.isEmpty() ? null : String.join("; ", failures);
    }

    private boolean isWhole() {
        return parts.size() == 1;
    }

    private long sum(ToLongFunction<StreamStatistics> figure) {
        return parts.stream().mapToLong(part -> figure.applyAsLong(part.seen())).sum();
    }

    private long sumOfTaps(ToLongFunction<Tap> figure) {
        return parts.stream().mapToLong(part -> figure.applyAsLong(part.tap())).sum();
    }

    private Quality quality() {
        return WORST_FIRST.stream()
                .filter(quality -> parts.stream().anyMatch(part -> part.quality() == quality))
                .findFirst()
                .orElse(Quality.JOINING);
    }

    private long behind() {
        return parts.stream().mapToLong(Received::behind).sum();
    }

    /** A quality as it is said: of one that catches up also by how much it is behind. */
    private static String words(Quality quality, long behind) {
        return behind == 0 ? quality.name() : String.format(Locale.ROOT, "%s, %,d messages behind", quality, behind);
    }

    private JsonLine json() {
        JsonLine json = new JsonLine().put("type", "summary").put("stream", stream);
        if (isWhole()) {
            json.put("epoch", parts.get(0).epoch());
        }
        json.put("messages", sumOfTaps(Tap::messages))
                .put("gaps", sum(StreamStatistics::gaps))
                .put("lost", sum(StreamStatistics::lostMessages))
                .put(
                        "duplicates",
                        parts.stream().mapToLong(Received::duplicates).sum())
                .put("outOfOrder", sum(StreamStatistics::outOfOrder))
                .put("recovered", sum(StreamStatistics::recovered))
                .put("quality", quality().name())
                .put("behind", behind());
        if (isWhole()) {
            json.objects("lines", parts.get(0).lines(), LineForensics::put);
        } else {
            json.objects("partitions", parts, Received::put);
        }
        latencies.print(json);
        json.object("byType", object -> byType().forEach(object::put));
        json.object(
                "seals",
                object -> object.put("checked", sum(StreamStatistics::sealsChecked))
                        .put("mismatched", sum(StreamStatistics::sealMismatches))
                        .put("unchecked", sum(StreamStatistics::sealsUnchecked)));
        json.object("dropped", object -> dropped().forEach(object::put));
        json.put("malformedBodies", sumOfTaps(Tap::malformed))
                .put("unknownTemplates", sumOfTaps(Tap::unknownTemplates));
        List<Books> books = books();
        if (!books.isEmpty()) {
            json.object(
                    "books",
                    object -> object.put("instruments", sum(books, Books::size))
                            .put("orders", sum(books, Books::orderCount))
                            .put("levels", sum(books, Books::levelCount))
                            .put("bestChanges", sum(books, Books::bestChanges))
                            .put("memoryBytes", sum(books, Books::memoryBytes))
                            .object("trouble", trouble -> troubles(books).forEach(trouble::put)));
        }
        return json;
    }

    private String text() {
        StringBuilder text = new StringBuilder(1024);
        if (!isWhole()) {
            line(
                    text,
                    "%s, %d partitions: %,d messages, %,d gaps, %,d lost, %,d duplicates dropped, quality %s",
                    stream,
                    parts.size(),
                    sumOfTaps(Tap::messages),
                    sum(StreamStatistics::gaps),
                    sum(StreamStatistics::lostMessages),
                    parts.stream().mapToLong(Received::duplicates).sum(),
                    words(quality(), behind()));
        }
        for (Received part : parts) {
            line(
                    text,
                    "%s epoch %d: %,d messages, %,d gaps, %,d lost, %,d duplicates dropped, quality %s",
                    part.stream(),
                    part.epoch(),
                    part.tap().messages(),
                    part.seen().gaps(),
                    part.seen().lostMessages(),
                    part.duplicates(),
                    words(part.quality(), part.behind()));
            new LineForensics(part.lines()).text().forEach(row -> line(text, "%s", row));
        }
        line(text, "latency  %s", latencies.words());
        if (latencies.early() > 0) {
            line(text, "clocks   %s", latencies.complaint());
        }
        line(text, "types    %s", words(byType()));
        line(
                text,
                "seals    %,d checked, %,d mismatched, %,d unchecked",
                sum(StreamStatistics::sealsChecked),
                sum(StreamStatistics::sealMismatches),
                sum(StreamStatistics::sealsUnchecked));
        line(text, "dropped  %s", words(dropped()));
        List<Books> books = books();
        if (!books.isEmpty()) {
            line(
                    text,
                    "books    %,d instruments, %,d orders, %,d levels, %,d changes of best prices; trouble: %s",
                    sum(books, Books::size),
                    sum(books, Books::orderCount),
                    sum(books, Books::levelCount),
                    sum(books, Books::bestChanges),
                    words(troubles(books)));
        }
        return text.toString();
    }

    private List<Books> books() {
        return parts.stream()
                .map(part -> part.tap().books())
                .filter(Objects::nonNull)
                .toList();
    }

    private static long sum(List<Books> books, ToLongFunction<Books> figure) {
        return books.stream().mapToLong(figure).sum();
    }

    private Map<String, Long> byType() {
        Map<String, Long> all = new TreeMap<>();
        for (Received part : parts) {
            part.tap().templates().byType().forEach((type, count) -> all.merge(type, count, Long::sum));
        }
        return all;
    }

    /** What was not believed: packets by reason, and images of foreign sources. */
    private Map<String, Long> dropped() {
        Map<String, Long> dropped = new TreeMap<>();
        for (DropReason reason : DropReason.values()) {
            long count = sum(seen -> seen.dropped(reason));
            if (count > 0) {
                dropped.put(reason.name().toLowerCase(Locale.ROOT), count);
            }
        }
        return dropped;
    }

    private static Map<String, Long> troubles(List<Books> books) {
        Map<String, Long> troubles = new TreeMap<>();
        for (BookOutcome outcome : BookOutcome.values()) {
            long count = sum(books, each -> each.count(outcome));
            if (outcome.isTrouble() && count > 0) {
                troubles.put(outcome.name().toLowerCase(Locale.ROOT), count);
            }
        }
        return troubles;
    }

    private static String words(Map<String, Long> counts) {
        if (counts.isEmpty()) {
            return "none";
        }
        return counts.entrySet().stream()
                .map(entry -> String.format(Locale.ROOT, "%s %,d", entry.getKey(), entry.getValue()))
                .collect(Collectors.joining(", "));
    }

    private static void line(StringBuilder text, String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append(System.lineSeparator());
    }
}

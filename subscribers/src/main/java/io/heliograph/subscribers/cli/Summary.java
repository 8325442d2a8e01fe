// SPDX-License-Identifier: Apache-2.0
package io.heliograph.subscribers.cli;

import io.heliograph.engine.cli.JsonLine;
import io.heliograph.engine.stream.DropReason;
import io.heliograph.engine.stream.LineStatistics;
import io.heliograph.engine.stream.Quality;
import io.heliograph.engine.stream.StreamStatistics;
import io.heliograph.engine.stream.StreamSubscription;
import io.heliograph.subscribers.book.BookOutcome;
import io.heliograph.subscribers.book.Books;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the role {@code subscribe} ends with, in words or as one JSON object.
 *
 * <p><b>Thread:</b> the main thread; made before the subscription is closed.
 */
final class Summary {
    private final String stream;
    private final long epoch;
    private final Quality quality;
    private final StreamStatistics seen;
    private final List<LineStatistics> lines = new ArrayList<>();
    private final Tap tap;

    Summary(String stream, StreamSubscription subscription, Tap tap) {
        this.stream = stream;
        this.epoch = subscription.epoch();
        this.quality = subscription.quality();
        this.seen = subscription.statistics();
        this.tap = tap;
        for (int i = 0; i < subscription.lineCount(); i++) {
            lines.add(subscription.line(i));
        }
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
        if (seen.gaps() > 0) {
            failures.add(String.format(
                    Locale.ROOT,
                    "messages are lost for good: %,d that are known, gaps: %,d",
                    seen.lostMessages(),
                    seen.gaps()));
        }
        if (seen.sealMismatches() > 0) {
            failures.add(String.format(
                    Locale.ROOT, "what was received is not what was sealed, seals: %,d", seen.sealMismatches()));
        }
        return failures.isEmpty() ? null : String.join("; ", failures);
    }

    /** Copies that were dropped: what another line had brought already, or the same one. */
    private long duplicates() {
        return lines.stream().mapToLong(line -> line.lost() + line.duplicates()).sum();
    }

    private JsonLine json() {
        JsonLine json = new JsonLine()
                .put("type", "summary")
                .put("stream", stream)
                .put("epoch", epoch)
                .put("messages", tap.messages())
                .put("gaps", seen.gaps())
                .put("lost", seen.lostMessages())
                .put("duplicates", duplicates())
                .put("outOfOrder", seen.outOfOrder())
                .put("recovered", seen.recovered())
                .put("quality", quality.name())
                .objects("lines", lines, LineForensics::put);
        tap.latencies().print(json);
        json.object("byType", object -> tap.templates().byType().forEach(object::put));
        json.object(
                "seals",
                object -> object.put("checked", seen.sealsChecked())
                        .put("mismatched", seen.sealMismatches())
                        .put("unchecked", seen.sealsUnchecked()));
        json.object("dropped", object -> dropped().forEach(object::put));
        json.put("malformedBodies", tap.malformed()).put("unknownTemplates", tap.unknownTemplates());
        Books books = tap.books();
        if (books != null) {
            json.object(
                    "books",
                    object -> object.put("instruments", books.size())
                            .put("orders", books.orderCount())
                            .put("levels", books.levelCount())
                            .put("bestChanges", books.bestChanges())
                            .put("memoryBytes", books.memoryBytes())
                            .object("trouble", trouble -> troubles(books).forEach(trouble::put)));
        }
        return json;
    }

    private String text() {
        StringBuilder text = new StringBuilder(1024);
        line(
                text,
                "%s epoch %d: %,d messages, %,d gaps, %,d lost, %,d duplicates dropped, quality %s",
                stream,
                epoch,
                tap.messages(),
                seen.gaps(),
                seen.lostMessages(),
                duplicates(),
                quality);
        new LineForensics(lines).text().forEach(row -> line(text, "%s", row));
        line(text, "latency  %s", tap.latencies().words());
        if (tap.latencies().early() > 0) {
            line(text, "clocks   %s", tap.latencies().complaint());
        }
        line(text, "types    %s", words(tap.templates().byType()));
        line(
                text,
                "seals    %,d checked, %,d mismatched, %,d unchecked",
                seen.sealsChecked(),
                seen.sealMismatches(),
                seen.sealsUnchecked());
        line(text, "dropped  %s", words(dropped()));
        Books books = tap.books();
        if (books != null) {
            line(
                    text,
                    "books    %,d instruments, %,d orders, %,d levels, %,d changes of best prices; trouble: %s",
                    books.size(),
                    books.orderCount(),
                    books.levelCount(),
                    books.bestChanges(),
                    words(troubles(books)));
        }
        return text.toString();
    }

    /** What was not believed: packets by reason, and images of foreign sources. */
    private Map<String, Long> dropped() {
        Map<String, Long> dropped = new TreeMap<>();
        for (DropReason reason : DropReason.values()) {
            if (seen.dropped(reason) > 0) {
                dropped.put(reason.name().toLowerCase(Locale.ROOT), seen.dropped(reason));
            }
        }
        return dropped;
    }

    private static Map<String, Long> troubles(Books books) {
        Map<String, Long> troubles = new TreeMap<>();
        for (BookOutcome outcome : BookOutcome.values()) {
            if (outcome.isTrouble() && books.count(outcome) > 0) {
                troubles.put(outcome.name().toLowerCase(Locale.ROOT), books.count(outcome));
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

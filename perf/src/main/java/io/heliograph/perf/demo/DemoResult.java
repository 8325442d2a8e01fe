// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.demo;

import io.heliograph.config.Line;
import io.heliograph.config.Lines;
import io.heliograph.config.Topology;
import io.heliograph.engine.cli.JsonLine;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * What came out of a demo, in words with a drawing, or as one JSON object.
 *
 * <p><b>Thread:</b> the main thread.
 */
public final class DemoResult {
    /** Less than this share of a rate is not that rate. */
    private static final double HELD = 0.99;

    private final DemoPlan asked;
    private final DemoPlan plan;
    private final List<Line> lines;
    private final long epoch;
    private final long sent;
    private final long tookNs;
    private final Map<String, Long> byType;
    private final long journaled;
    private final long journalOctets;
    private final long journalGaps;
    private final List<SubscriberEnd> subscribers;
    private final long levels;
    private final long changes;
    private final List<String> differences;

    DemoResult(
            DemoPlan asked,
            DemoPlan plan,
            Topology topology,
            DemoCast cast,
            List<SubscriberEnd> subscribers,
            Comparison comparison,
            List<String> differences) {
        this.asked = asked;
        this.plan = plan;
        this.lines = Lines.of(topology, topology.streams().get(0));
        this.epoch = cast.publisher().epoch();
        this.sent = cast.publisher().sent();
        this.tookNs = cast.publisher().tookNs();
        this.byType = cast.publisher().byType();
        this.journaled = cast.journal().appended();
        this.journalOctets = cast.journal().octets();
        this.journalGaps = cast.journal().gaps();
        this.subscribers = subscribers;
        this.levels = comparison.levelCount();
        this.changes = comparison.changeCount();
        this.differences = differences;
    }

    /**
     * Whether the books of all four equal the source's.
     *
     * @return all levels of all symbols, and all changes of best prices.
     */
    public boolean booksEqual() {
        return differences.isEmpty();
    }

    /**
     * Prints the summary.
     *
     * @param out standard output.
     * @param isJson one object instead of words.
     */
    public void print(PrintStream out, boolean isJson) {
        if (isJson) {
            json().print(out);
        } else {
            out.print(text());
            out.flush();
        }
    }

    private JsonLine json() {
        JsonLine json = new JsonLine()
                .put("type", "summary")
                .put("stream", DemoPlace.STREAM)
                .put("epoch", epoch)
                .put("messages", sent)
                .put("gaps", sum(SubscriberSnapshot::gaps))
                .put("lost", sum(SubscriberSnapshot::lost))
                .put("duplicates", sum(SubscriberSnapshot::duplicates))
                .put("outOfOrder", sum(SubscriberSnapshot::outOfOrder))
                .put("recovered", sum(SubscriberSnapshot::recovered))
                .object("byType", types -> byType.forEach(types::put))
                .put("rateWanted", asked.rate())
                .put("rate", plan.rate())
                .put("rateHeld", rateHeld());
        json.objects("subscribers", subscribers, (object, subscriber) -> {
            SubscriberSnapshot seen = subscriber.seen();
            object.put("name", subscriber.name())
                    .put("messages", seen.messages())
                    .put("gaps", seen.gaps())
                    .put("lost", seen.lost())
                    .put("duplicates", seen.duplicates())
                    .put("outOfOrder", seen.outOfOrder())
                    .put("recovered", seen.recovered())
                    .put("replayed", seen.replayed())
                    .put("quality", seen.status())
                    .objects(
                            "lines",
                            seen.lines(),
                            (line, figures) -> line.put("name", figures.name())
                                    .put("won", figures.won())
                                    .put("lost", figures.lost())
                                    .put("duplicates", figures.duplicates())
                                    .put("missing", figures.missing()));
            subscriber.latency().print(object);
            object.put("orders", subscriber.books().orderCount())
                    .put("levels", subscriber.books().levelCount())
                    .put("bestChanges", subscriber.changes().count())
                    .put("story", subscriber.story())
                    .put("trouble", subscriber.books().troubleCount());
        });
        json.object(
                "journal",
                object -> object.put("appended", journaled)
                        .put("octets", journalOctets)
                        .put("gaps", journalGaps));
        return json.object("source", object -> object.put("levels", levels).put("bestChanges", changes))
                .put("booksEqual", booksEqual())
                .strings("differences", differences);
    }

    /** Of all subscribers. */
    private long sum(ToLongFunction<SubscriberSnapshot> figure) {
        return subscribers.stream().map(SubscriberEnd::seen).mapToLong(figure).sum();
    }

    private String text() {
        StringBuilder text = new StringBuilder(2048);
        text.append(drawing());
        text.append(format(
                "  %,d messages in %.1f s: %,d/s wanted%s, %,.0f/s held%s%n%n",
                sent,
                tookNs / 1e9,
                asked.rate(),
                plan.rate() == asked.rate() ? "" : format(", %,d/s tried (the rehearsal held no more)", plan.rate()),
                rateHeld(),
                rateHeld() < HELD * plan.rate() ? ": NOT what was tried" : ""));
        text.append(format(
                "  %-12s %11s %4s %6s %11s %9s %9s %9s%n",
                "", "messages", "gaps", "lost", "by journal", "p50 us", "p99 us", "max us"));
        for (SubscriberEnd subscriber : subscribers) {
            SubscriberSnapshot seen = subscriber.seen();
            LatencySummary latency = subscriber.latency();
            text.append(format(
                    "  %-12s %,11d %,4d %,6d %,11d %,9.1f %,9.1f %,9.1f%n",
                    subscriber.name(),
                    seen.messages(),
                    seen.gaps(),
                    seen.lost(),
                    seen.replayed(),
                    latency.p50Ns() / 1e3,
                    latency.p99Ns() / 1e3,
                    latency.maxNs() / 1e3));
        }
        text.append(format("  %-12s %,11d %,4d; %,.0f MB%n%n", "journal", journaled, journalGaps, journalOctets / 1e6));
        for (SubscriberEnd subscriber : subscribers) {
            if (!subscriber.story().isEmpty()) {
                text.append(format("  %s%n", subscriber.story()));
            }
            if (subscriber.latency().early() > 0) {
                text.append(format(
                        "  %s: %,d messages came before they were sent: the clocks disagree%n",
                        subscriber.name(), subscriber.latency().early()));
            }
        }
        text.append(format(
                "%n  latency is from the publisher's offer to the handler, of what lines brought;%n"
                        + "  what is due is offered every %d us%n",
                DemoPublisher.INTERVAL_NS / 1_000));
        text.append(format(
                "  straight from the source, by a second implementation: %,d levels,%n  %,d changes of best prices%n%n",
                levels, changes));
        text.append(
                booksEqual()
                        ? format("  all %d books equal: yes%n", subscribers.size())
                        : format("  all books equal: NO (first difference: %s)%n", differences.get(0)));
        differences.stream().skip(1).forEach(more -> text.append(format("  and %s%n", more)));
        return text.toString();
    }

    private String drawing() {
        return """

                                +-- line A %-20s --+--> subscriber 1: books
            source - publisher -+                                 +--> subscriber 2: books
                                +-- line B %-20s --+--> late joiner 3: books
                                              :                   +--> killed, back 4: books
                                              +--> journal :::::::::::: 3 and 4
                                              :
                                              :.. bridge, second site (to come)

            """.formatted(address(0), address(1));
    }

    private String address(int index) {
        Line line = lines.get(index);
        return line.group().getHostAddress() + ":" + line.port();
    }

    private double rateHeld() {
        return sent / Math.max(1e-9, tookNs / 1e9);
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}

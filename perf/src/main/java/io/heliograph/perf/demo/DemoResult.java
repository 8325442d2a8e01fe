// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.demo;

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

    private final DemoPlan plan;
    private final DemoDrawing drawing;
    private final long epoch;
    private final long sent;
    private final long tookNs;
    private final Map<String, Long> byType;
    private final List<JournalWatch> journals;
    private final BridgeStory bridge;
    private final List<SubscriberEnd> subscribers;
    private final long levels;
    private final long changes;
    private final List<String> differences;

    DemoResult(
            DemoPlan plan,
            Topology topology,
            DemoCast cast,
            List<SubscriberEnd> subscribers,
            Comparison comparison,
            List<String> differences) {
        this.plan = plan;
        this.drawing = new DemoDrawing(topology);
        this.epoch = cast.publisher().epoch();
        this.sent = cast.publisher().sent();
        this.tookNs = cast.publisher().tookNs();
        this.byType = cast.publisher().byType();
        this.journals = List.copyOf(cast.journals());
        this.bridge = cast.path().story();
        this.subscribers = subscribers;
        this.levels = comparison.levelCount();
        this.changes = comparison.changeCount();
        this.differences = differences;
    }

    /**
     * Whether the books of all five, in both sites, equal the source's.
     *
     * @return all levels of all symbols, and all changes of best prices.
     */
    public boolean booksEqual() {
        return differences.isEmpty();
    }

    /** Whether the bridge's paths took turns when the first was cut and mended. */
    boolean isBridgeGood() {
        return bridge.isWhole();
    }

    /**
     * Whether all went as it should.
     *
     * @return the books are equal, and the bridge's paths took turns when the first was cut and mended.
     */
    public boolean isGood() {
        return booksEqual() && isBridgeGood();
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
                .put("rateWanted", plan.rate())
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
        json.objects(
                "journals",
                journals,
                (object, journal) -> object.put("host", journal.host())
                        .put("appended", journal.appended())
                        .put("octets", journal.octets())
                        .put("gaps", journal.gaps()));
        json.object("bridge", bridge::print);
        return json.object("source", object -> object.put("levels", levels).put("bestChanges", changes))
                .put("booksEqual", booksEqual())
                .strings("differences", differences);
    }

    /** Of all subscribers. */
    private long sum(ToLongFunction<SubscriberSnapshot> figure) {
        return subscribers.stream().map(SubscriberEnd::seen).mapToLong(figure).sum();
    }

    private String text() {
        StringBuilder text = new StringBuilder(4096);
        text.append(drawing);
        text.append(format(
                "  %,d messages in %.1f s: %,d/s wanted, %,.0f/s held%s%n%n",
                sent,
                tookNs / 1e9,
                plan.rate(),
                rateHeld(),
                rateHeld() < HELD * plan.rate() ? ": this machine holds no more now" : ""));
        addTable(text);
        addStories(text);
        text.append(format("%n"));
        text.append(Paragraph.of(format(
                "latency is from the publisher's offer to the handler, of what lines brought; what is due is offered every"
                        + " %d us; to subscriber 5 it is by a journal, the bridge and the lines of ldn",
                DemoPublisher.INTERVAL_NS / 1_000)));
        text.append(Paragraph.of(format(
                "straight from the source, by a second implementation: %,d levels, %,d changes of best prices",
                levels, changes)));
        text.append(format("%n"));
        addVerdict(text);
        return text.toString();
    }

    private void addTable(StringBuilder text) {
        text.append(format(
                "  %-14s %10s %4s %5s %10s %9s %9s %9s%n",
                "", "messages", "gaps", "lost", "by journal", "p50 us", "p99 us", "max us"));
        for (SubscriberEnd subscriber : subscribers) {
            SubscriberSnapshot seen = subscriber.seen();
            LatencySummary latency = subscriber.latency();
            text.append(format(
                    "  %-14s %,10d %,4d %,5d %,10d %,9.0f %,9.0f %,9.0f%n",
                    subscriber.name(),
                    seen.messages(),
                    seen.gaps(),
                    seen.lost(),
                    seen.replayed(),
                    latency.p50Ns() / 1e3,
                    latency.p99Ns() / 1e3,
                    latency.maxNs() / 1e3));
        }
        for (JournalWatch journal : journals) {
            text.append(format(
                    "  %-14s %,10d %,4d   (%,.0f MB)%n",
                    "journal of " + journal.host(), journal.appended(), journal.gaps(), journal.octets() / 1e6));
        }
        text.append(format("%n"));
    }

    private void addStories(StringBuilder text) {
        for (SubscriberEnd subscriber : subscribers) {
            if (!subscriber.story().isEmpty()) {
                text.append(Paragraph.of(subscriber.story()));
            }
            if (subscriber.latency().early() > 0) {
                text.append(format(
                        "  %s: %,d messages came before they were sent: the clocks disagree%n",
                        subscriber.name(), subscriber.latency().early()));
            }
        }
        text.append(Paragraph.of(bridge.isWhole() ? bridge.text() : bridge.missing()));
    }

    private void addVerdict(StringBuilder text) {
        text.append(
                booksEqual()
                        ? format("  all %d books, in both sites, equal the source's: yes%n", subscribers.size())
                        : format("  all books equal: NO%n"));
        differences.forEach(difference -> text.append(Paragraph.of("  " + difference)));
        text.append(format(
                "  path 1 was cut, path 2 took over, path 1 was taken back: %s%n", bridge.isWhole() ? "yes" : "NO"));
    }

    private double rateHeld() {
        return sent / Math.max(1e-9, tookNs / 1e9);
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}

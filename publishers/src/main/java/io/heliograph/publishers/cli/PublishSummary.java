// SPDX-License-Identifier: Apache-2.0
package io.heliograph.publishers.cli;

import io.heliograph.engine.PartitionedPublication;
import io.heliograph.engine.cli.JsonLine;
import io.heliograph.engine.stream.PublicationLine;
import io.heliograph.engine.stream.StreamPublication;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;

/**
 * What a {@code publish} run comes to, for people and as JSON.
 *
 * <p><b>Thread:</b> one owner: the main thread, after the feeds have ended.
 */
final class PublishSummary {
    private final PartitionedPublication publication;
    private final double seconds;
    private final List<String> failures;
    private final FeedCounts counts;

    PublishSummary(PartitionedPublication publication, Feeds feeds, double seconds, List<String> failures) {
        this.publication = publication;
        this.seconds = seconds;
        this.failures = failures;
        this.counts = new FeedCounts(feeds.all());
    }

    /** Of a run that came to nothing. */
    static JsonLine failed(String stream, String failure) {
        return new JsonLine()
                .put("type", "summary")
                .put("stream", stream)
                .put("messages", 0L)
                .strings("failures", List.of(failure));
    }

    JsonLine json() {
        JsonLine json = new JsonLine()
                .put("type", "summary")
                .put("stream", publication.feed())
                .put("epoch", publication.partition(0).epoch())
                .put("messages", publication.messages())
                .put("first", publication.partition(0).first())
                .put("packets", sum(StreamPublication::packets))
                .put("unheard", sum(StreamPublication::unheard))
                .put("backPressured", sum(StreamPublication::backPressured))
                .put("seconds", seconds);
        counts.put(json);
        json.objects(
                "lines",
                lines(),
                (object, line) -> object.put("name", line.name())
                        .put("packets", line.line().packets())
                        .put("skipped", line.line().skipped())
                        .put("pushedBack", line.line().pushedBack()));
        if (publication.count() > 1) {
            json.objects(
                    "partitions",
                    partitions(),
                    (object, partition) -> object.put("stream", partition.stream())
                            .put("epoch", partition.epoch())
                            .put("messages", partition.messages())
                            .put("first", partition.first()));
        }
        return json.strings("failures", failures);
    }

    List<String> text() {
        List<String> text = new ArrayList<>();
        text.add(String.format(
                Locale.ROOT,
                "%s epoch %d: %,d messages in %,d packets, %.1f s (%,.0f messages/s)",
                publication.feed(),
                publication.partition(0).epoch(),
                publication.messages(),
                sum(StreamPublication::packets),
                seconds,
                publication.messages() / Math.max(seconds, 1e-9)));
        text.add(counts.text());
        if (publication.count() > 1) {
            partitions()
                    .forEach(partition -> text.add(String.format(
                            Locale.ROOT, "partition %s: %,d messages", partition.stream(), partition.messages())));
        }
        for (NamedLine line : lines()) {
            text.add(String.format(
                    Locale.ROOT,
                    "line %s: %,d packets, %,d skipped, pushed back %,d times",
                    line.name(),
                    line.line().packets(),
                    line.line().skipped(),
                    line.line().pushedBack()));
        }
        if (sum(StreamPublication::unheard) > 0) {
            text.add(String.format(
                    Locale.ROOT, "unheard: %,d packets, nobody listened", sum(StreamPublication::unheard)));
        }
        return text;
    }

    /** A line, by the name of its partition too where there are several. */
    private record NamedLine(String name, PublicationLine line) {}

    private List<NamedLine> lines() {
        List<NamedLine> lines = new ArrayList<>();
        for (StreamPublication partition : partitions()) {
            String prefix = publication.count() == 1 ? "" : partition.stream() + " ";
            for (int i = 0; i < partition.lineCount(); i++) {
                PublicationLine line = partition.line(i);
                lines.add(new NamedLine(prefix + line.name(), line));
            }
        }
        return lines;
    }

    private List<StreamPublication> partitions() {
        return IntStream.range(0, publication.count())
                .mapToObj(publication::partition)
                .toList();
    }

    private long sum(ToLongFunction<StreamPublication> figure) {
        return partitions().stream().mapToLong(figure).sum();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.heliograph.publishers.cli;

import io.heliograph.engine.cli.JsonLine;
import io.heliograph.engine.stream.PublicationLine;
import io.heliograph.engine.stream.StreamPublication;
import io.heliograph.publishers.itch50.ItchType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a {@code publish} run comes to, for people and as JSON.
 *
 * <p><b>Thread:</b> one owner: the main thread, after the feeds have ended.
 */
final class PublishSummary {
    private static final int LETTERS = 128;

    private final StreamPublication publication;
    private final double seconds;
    private final List<String> failures;
    private final Map<String, Long> byType = new TreeMap<>();
    private long unknownTypes;
    private long wrongLengths;
    private long tooLong;

    PublishSummary(StreamPublication publication, Feeds feeds, double seconds, List<String> failures) {
        this.publication = publication;
        this.seconds = seconds;
        this.failures = failures;
        for (Feed feed : feeds.all()) {
            unknownTypes += feed.decoder().unknownTypeCount();
            wrongLengths += feed.decoder().wrongLengthCount();
            tooLong += feed.tooLong();
            for (int letter = 0; letter < LETTERS; letter++) {
                long count = ItchType.length(letter) == 0 ? 0 : feed.decoder().count(letter);
                if (count > 0) {
                    byType.merge(Character.toString(letter), count, Long::sum);
                }
            }
        }
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
        return new JsonLine()
                .put("type", "summary")
                .put("stream", publication.stream())
                .put("epoch", publication.epoch())
                .put("messages", publication.messages())
                .put("packets", publication.packets())
                .put("unheard", publication.unheard())
                .put("backPressured", publication.backPressured())
                .put("seconds", seconds)
                .object("byType", types -> byType.forEach(types::put))
                .put("unknownTypes", unknownTypes)
                .put("wrongLengths", wrongLengths)
                .put("tooLong", tooLong)
                .objects(
                        "lines",
                        lines(),
                        (object, line) -> object.put("name", line.name())
                                .put("packets", line.packets())
                                .put("skipped", line.skipped()))
                .strings("failures", failures);
    }

    List<String> text() {
        List<String> text = new ArrayList<>();
        text.add(String.format(
                Locale.ROOT,
                "%s epoch %d: %,d messages in %,d packets, %.1f s (%,.0f messages/s)",
                publication.stream(),
                publication.epoch(),
                publication.messages(),
                publication.packets(),
                seconds,
                publication.messages() / Math.max(seconds, 1e-9)));
        StringBuilder types = new StringBuilder("by type");
        byType.forEach(
                (type, count) -> types.append(' ').append(type).append('=').append(count));
        if (unknownTypes + wrongLengths + tooLong > 0) {
            types.append("; unknown types ")
                    .append(unknownTypes)
                    .append(", wrong lengths ")
                    .append(wrongLengths)
                    .append(", too long ")
                    .append(tooLong);
        }
        text.add(types.toString());
        for (PublicationLine line : lines()) {
            text.add(String.format(
                    Locale.ROOT, "line %s: %,d packets, %,d skipped", line.name(), line.packets(), line.skipped()));
        }
        if (publication.unheard() > 0) {
            text.add(String.format(Locale.ROOT, "unheard: %,d packets, nobody listened", publication.unheard()));
        }
        return text;
    }

    private List<PublicationLine> lines() {
        List<PublicationLine> lines = new ArrayList<>();
        for (int i = 0; i < publication.lineCount(); i++) {
            lines.add(publication.line(i));
        }
        return lines;
    }
}

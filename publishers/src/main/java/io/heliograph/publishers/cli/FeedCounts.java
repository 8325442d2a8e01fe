// SPDX-License-Identifier: Apache-2.0
package io.heliograph.publishers.cli;

import io.heliograph.engine.cli.JsonLine;
import io.heliograph.publishers.itch50.ItchType;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the feeds of a {@code publish} run have read, together.
 *
 * <p><b>Thread:</b> one owner: the main thread, after the feeds have ended.
 */
final class FeedCounts {
    private static final int LETTERS = 128;

    private final Map<String, Long> byType = new TreeMap<>();
    private long unknownTypes;
    private long wrongLengths;
    private long tooLong;
    private long backPressured;

    FeedCounts(List<Feed> feeds) {
        for (Feed feed : feeds) {
            unknownTypes += feed.decoder().unknownTypeCount();
            wrongLengths += feed.decoder().wrongLengthCount();
            tooLong += feed.tooLong();
            backPressured += feed.backPressured();
            for (int letter = 0; letter < LETTERS; letter++) {
                long count = ItchType.length(letter) == 0 ? 0 : feed.decoder().count(letter);
                if (count > 0) {
                    byType.merge(Character.toString(letter), count, Long::sum);
                }
            }
        }
    }

    /** Times that a message was not taken, and offered again. */
    long backPressured() {
        return backPressured;
    }

    void put(JsonLine json) {
        json.object("byType", types -> byType.forEach(types::put))
                .put("unknownTypes", unknownTypes)
                .put("wrongLengths", wrongLengths)
                .put("tooLong", tooLong);
    }

    /** One line for people. */
    String text() {
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
        return types.toString();
    }
}

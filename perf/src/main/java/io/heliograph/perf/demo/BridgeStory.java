// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.demo;

import io.heliograph.engine.cli.JsonLine;
import java.util.Locale;

/**
 * What became of the bridge when its first path was cut, and mended later.
 *
 * <p><b>Thread:</b> immutable.
 *
 * @param cutAt message that was sent last when it was cut; 0: it was not cut.
 * @param movedNs how long after the cut the engine said that the second path carries the stream; 0: it did not say so.
 * @param silenceNs the longest time in which the second site heard nothing meanwhile.
 * @param mendedAt message that was sent last when it was mended.
 * @param connectedNs how long after that the first path was connected; 0: it was not.
 * @param backNs how long after it was mended the engine said that the first path carries the stream again; 0: it did not say so.
 */
record BridgeStory(long cutAt, long movedNs, long silenceNs, long mendedAt, long connectedNs, long backNs) {
    static final BridgeStory NONE = new BridgeStory(0, 0, 0, 0, 0, 0);

    BridgeStory cut(long sent) {
        return new BridgeStory(sent, 0, 0, 0, 0, 0);
    }

    BridgeStory moved(long afterNs) {
        return new BridgeStory(cutAt, afterNs, 0, 0, 0, 0);
    }

    BridgeStory mended(long sent, long longestNs) {
        return new BridgeStory(cutAt, movedNs, longestNs, sent, 0, 0);
    }

    BridgeStory connected(long afterNs) {
        return new BridgeStory(cutAt, movedNs, silenceNs, mendedAt, afterNs, 0);
    }

    BridgeStory back(long afterNs) {
        return new BridgeStory(cutAt, movedNs, silenceNs, mendedAt, connectedNs, afterNs);
    }

    /** Whether all of it has happened. */
    boolean isWhole() {
        return movedNs != 0 && backNs != 0;
    }

    /** What is missing, in words. */
    String missing() {
        if (movedNs == 0) {
            return "path 2 was not seen to carry the stream after path 1 was cut";
        }
        return "path 1 was not seen to carry the stream again within " + PathPart.PATIENCE_SECONDS + " s"
                + (connectedNs == 0 ? ": it was not connected again" : "");
    }

    /** How it went, in words. */
    String text() {
        return String.format(
                Locale.ROOT,
                "path 1 was cut at message %,d: path 2 carried the stream %s later, the longest silence at subscriber 5 was"
                        + " %s; path 1 was mended at message %,d, connected %s later, and carried the stream again %s"
                        + " after that",
                cutAt,
                milliseconds(movedNs),
                milliseconds(silenceNs),
                mendedAt,
                seconds(connectedNs),
                seconds(backNs - connectedNs));
    }

    JsonLine print(JsonLine json) {
        return json.put("cutAt", cutAt)
                .put("movedNs", movedNs)
                .put("silenceNs", silenceNs)
                .put("mendedAt", mendedAt)
                .put("connectedNs", connectedNs)
                .put("backNs", backNs)
                .put("isWhole", isWhole());
    }

    static String milliseconds(long ns) {
        return String.format(Locale.ROOT, "%,.0f ms", ns / 1e6);
    }

    static String seconds(long ns) {
        return String.format(Locale.ROOT, "%.1f s", ns / 1e9);
    }
}

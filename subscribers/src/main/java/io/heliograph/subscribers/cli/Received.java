// SPDX-License-Identifier: Apache-2.0
package io.heliograph.subscribers.cli;

import io.heliograph.engine.cli.JsonLine;
import io.heliograph.engine.stream.LineStatistics;
import io.heliograph.engine.stream.Quality;
import io.heliograph.engine.stream.StreamStatistics;
import io.heliograph.engine.stream.StreamSubscription;
import java.util.ArrayList;
import java.util.List;

/**
 * What came of one stream, or of one partition of a feed.
 *
 * <p><b>Thread:</b> the main thread; made before the subscription is closed.
 */
final class Received {
    private final String stream;
    private final long epoch;
    private final Quality quality;
    private final long behind;
    private final StreamStatistics seen;
    private final List<LineStatistics> lines = new ArrayList<>();
    private final Tap tap;

    Received(String stream, StreamSubscription subscription, Tap tap) {
        this.stream = stream;
        this.epoch = subscription.epoch();
        this.quality = subscription.quality();
        this.behind = subscription.behind();
        this.seen = subscription.statistics();
        this.tap = tap;
        for (int i = 0; i < subscription.lineCount(); i++) {
            lines.add(subscription.line(i));
        }
    }

    String stream() {
        return stream;
    }

    long epoch() {
        return epoch;
    }

    Quality quality() {
        return quality;
    }

    /** How far the lines are ahead of one that still catches up; 0 of any other. */
    long behind() {
        return behind;
    }

    StreamStatistics seen() {
        return seen;
    }

    List<LineStatistics> lines() {
        return lines;
    }

    Tap tap() {
        return tap;
    }

    /** Copies that were dropped: what another line had brought already, or the same one. */
    long duplicates() {
        return lines.stream().mapToLong(line -> line.lost() + line.duplicates()).sum();
    }

    /** As a partition's object in the summary of the whole. */
    static void put(JsonLine object, Received part) {
        object.put("stream", part.stream)
                .put("epoch", part.epoch)
                .put("messages", part.tap.messages())
                .put("gaps", part.seen.gaps())
                .put("lost", part.seen.lostMessages())
                .put("duplicates", part.duplicates())
                .put("outOfOrder", part.seen.outOfOrder())
                .put("recovered", part.seen.recovered())
                .put("quality", part.quality.name())
                .put("behind", part.behind)
                .objects("lines", part.lines, LineForensics::put);
    }
}

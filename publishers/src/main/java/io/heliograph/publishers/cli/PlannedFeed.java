// SPDX-License-Identifier: Apache-2.0
package io.heliograph.publishers.cli;

import io.heliograph.publishers.replay.FeedSource;
import io.heliograph.publishers.replay.Pace;

/**
 * A source that is open, ahead of its first message: what is wrong with it has shown by now.
 *
 * <p><b>Thread:</b> immutable; the source belongs to the feed that it becomes.
 *
 * @param source open.
 * @param midnightEpochNs of its day, in ns since the Unix epoch.
 * @param pace of its replay.
 */
record PlannedFeed(FeedSource source, long midnightEpochNs, Pace pace) implements AutoCloseable {
    @Override
    public void close() {
        source.close();
    }
}

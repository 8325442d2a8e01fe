// SPDX-License-Identifier: Apache-2.0
package io.heliograph.publishers.cli;

import io.heliograph.publishers.normalise.ItchNormaliser;
import io.heliograph.publishers.replay.FeedSource;

/**
 * Where a feed's bodies go: straight into the publication, or into the intake in front of it.
 *
 * <p><b>Thread:</b> one owner: the feed's.
 */
interface FeedSink {
    /**
     * Passes over a message that the stream has from an earlier publisher, under the number that it would get.
     *
     * @param source whose message it is.
     * @return true when it was one: nothing is due for it, and nothing to be accepted; of what several sources give it is not
     *     known, so none is.
     */
    default boolean pass(FeedSource source) {
        return false;
    }

    /**
     * Normalises the source's message at hand into its place.
     *
     * @param source whose message it is.
     * @param normaliser of the feed.
     * @return a positive number, or a negative {@code Outcome}: the message was not taken and not counted.
     */
    long accept(FeedSource source, ItchNormaliser normaliser);
}

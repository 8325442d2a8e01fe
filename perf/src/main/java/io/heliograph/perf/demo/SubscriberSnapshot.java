// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.demo;

import io.heliograph.engine.stream.Quality;
import java.util.List;

/**
 * How far a subscriber was a moment ago.
 *
 * <p><b>Thread:</b> immutable.
 *
 * @param isReady every line has its publisher, and one has been heard.
 * @param status in a word: the quality of the subscription, or why there is none.
 * @param messages that its books are made of.
 * @param behind how many messages the lines are ahead while it catches up.
 * @param gaps notices.
 * @param lost messages named by them.
 * @param duplicates copies dropped.
 * @param recovered messages that were missing and came.
 * @param outOfOrder messages that waited for their turn.
 * @param replayed messages from the journal.
 * @param lines what each has done.
 * @param p50Ns latency of late, median.
 * @param p99Ns latency of late.
 * @param tops best prices of the busiest instruments.
 */
record SubscriberSnapshot(
        boolean isReady,
        String status,
        long messages,
        long behind,
        long gaps,
        long lost,
        long duplicates,
        long recovered,
        long outOfOrder,
        long replayed,
        List<Line> lines,
        long p50Ns,
        long p99Ns,
        List<Top> tops) {
    static final SubscriberSnapshot NONE =
            new SubscriberSnapshot(false, Quality.JOINING.name(), 0, 0, 0, 0, 0, 0, 0, 0, List.of(), 0, 0, List.of());

    /** A line: messages. */
    record Line(String name, long won, long lost, long duplicates, long missing) {}

    /** Best prices in 10<sup>-9</sup> dollar. */
    record Top(String symbol, long bidPrice, long bidSize, long askPrice, long askSize) {}

    /** The same of one that has no subscription at the moment. */
    SubscriberSnapshot without(String why) {
        return new SubscriberSnapshot(
                false, why, messages, 0, gaps, lost, duplicates, recovered, outOfOrder, replayed, lines, 0, 0, tops);
    }

    /** The same with another word for how it is. */
    SubscriberSnapshot with(String another) {
        return new SubscriberSnapshot(
                isReady,
                another,
                messages,
                behind,
                gaps,
                lost,
                duplicates,
                recovered,
                outOfOrder,
                replayed,
                lines,
                p50Ns,
                p99Ns,
                tops);
    }

    boolean isLive() {
        return status.equals(Quality.LIVE.name());
    }
}

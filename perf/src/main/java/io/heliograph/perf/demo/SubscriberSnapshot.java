// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.demo;

import io.heliograph.engine.stream.Quality;
import java.util.List;

/**
 * How far a subscriber was a moment ago.
 *
 * <p><b>Thread:</b> immutable.
 *
 * @param isReady every line has its publisher.
 * @param messages delivered.
 * @param gaps notices.
 * @param lost messages named by them.
 * @param duplicates copies dropped.
 * @param recovered messages that were missing and came.
 * @param outOfOrder messages that waited for their turn.
 * @param quality of the subscription.
 * @param lines what each has done.
 * @param p50Ns latency of late, median.
 * @param p99Ns latency of late.
 * @param tops best prices of the busiest instruments.
 */
record SubscriberSnapshot(
        boolean isReady,
        long messages,
        long gaps,
        long lost,
        long duplicates,
        long recovered,
        long outOfOrder,
        Quality quality,
        List<Line> lines,
        long p50Ns,
        long p99Ns,
        List<Top> tops) {
    static final SubscriberSnapshot NONE =
            new SubscriberSnapshot(false, 0, 0, 0, 0, 0, 0, Quality.JOINING, List.of(), 0, 0, List.of());

    /** A line: messages. */
    record Line(String name, long won, long lost, long duplicates, long missing) {}

    /** Best prices in 10<sup>-9</sup> dollar. */
    record Top(String symbol, long bidPrice, long bidSize, long askPrice, long askSize) {}
}

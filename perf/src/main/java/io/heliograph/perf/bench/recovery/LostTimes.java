// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.bench.recovery;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * How long messages took that were lost, ns from the publisher's clock to the handler.
 *
 * <p><b>Thread:</b> one owner at a time.
 *
 * @param middle of those in mid-stream.
 * @param last of those at the end of a burst.
 */
public record LostTimes(Histogram middle, Histogram last) {
    LostTimes() {
        this(histogram(), histogram());
    }

    private static Histogram histogram() {
        return new Histogram(TimeUnit.SECONDS.toNanos(60), 3);
    }

    /**
     * How many there were.
     *
     * @return of both kinds.
     */
    public long count() {
        return middle.getTotalCount() + last.getTotalCount();
    }
}

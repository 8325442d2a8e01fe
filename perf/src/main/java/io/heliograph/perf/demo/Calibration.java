// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.demo;

import io.heliograph.publishers.normalise.ItchNormaliser;
import io.heliograph.subscribers.book.BookListener;
import io.heliograph.subscribers.book.Books;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.SystemNanoClock;

/**
 * Finds out what rate this machine holds, in half a second: it measures source, normaliser and books on one thread.
 *
 * <p>A message passes the books of two subscribers and the network four times (two lines, two subscribers); by
 * estimate, that costs about {@value #WHOLE} times what one pass over source, normaliser and books does. Of all cores a
 * third may be used: drivers, view and collector need the rest.
 *
 * <p><b>Thread:</b> any thread.
 */
final class Calibration {
    private static final int MESSAGES = 100_000;
    private static final double WHOLE = 6;
    private static final double SHARE_OF_CORES = 1.0 / 3;
    private static final long ROUND_TO = 1000;

    private Calibration() {}

    /** Messages/s that should be held, the asked ones at most. */
    static long rate(DemoPlan plan, long midnightEpochNs) {
        DemoPlan small = new DemoPlan(null, 1, 1000, MESSAGES, plan.rate(), 0);
        pass(small, midnightEpochNs);
        double perMessageNs = (double) pass(small, midnightEpochNs) / MESSAGES;
        int cores = Runtime.getRuntime().availableProcessors();
        long held = (long) (1e9 / (perMessageNs * WHOLE) * cores * SHARE_OF_CORES);
        return held >= plan.rate() ? plan.rate() : Math.max(ROUND_TO, held / ROUND_TO * ROUND_TO);
    }

    private static long pass(DemoPlan plan, long midnightEpochNs) {
        NanoClock clock = SystemNanoClock.INSTANCE;
        ItchSource source = ItchSource.of(plan);
        ItchNormaliser normaliser = new ItchNormaliser(midnightEpochNs);
        ExpandableArrayBuffer message = new ExpandableArrayBuffer();
        ExpandableArrayBuffer body = new ExpandableArrayBuffer();
        try (Books books = new Books(plan.symbols(), MESSAGES, BookListener.NONE)) {
            long startNs = clock.nanoTime();
            for (int length; (length = source.next(message, 0)) > 0; ) {
                books.onMessage(body, 0, normaliser.normalise(message, 0, length, body, 0));
            }
            return clock.nanoTime() - startNs;
        }
    }
}

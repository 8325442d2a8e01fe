// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.demo;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What a demo is to do.
 *
 * <p><b>Thread:</b> immutable.
 *
 * @param source an ITCH BinaryFILE, plain or gzip; null for a generated day.
 * @param seed of the generated day.
 * @param symbols of the generated day.
 * @param messages at most so many; 0 for what {@value #SECONDS} s take.
 * @param rate messages/s at which it is to be sent.
 * @param corrupt which add is broken on its way into subscriber 2's books, 1 and up; 0 for none.
 */
public record DemoPlan(@Nullable Path source, long seed, int symbols, long messages, long rate, long corrupt) {
    /** How long the feed of a demo takes whose messages nobody has counted. */
    public static final long SECONDS = 15;

    /** A machine that holds the rate is through with it before this. */
    private static final long MOST_NS = TimeUnit.SECONDS.toNanos(SECONDS) * 11 / 10;

    /** A generated day has no fewer. */
    public static final long LEAST_MESSAGES = 64;

    /** How many messages are sent, if the source has so many. */
    long limit() {
        return messages == 0 ? Math.max(LEAST_MESSAGES, rate * SECONDS) : messages;
    }

    /** How long the feed takes at most: where nobody has counted the messages, a machine that does not hold the rate sends fewer. */
    long longestNs() {
        return messages == 0 ? MOST_NS : Long.MAX_VALUE;
    }
}

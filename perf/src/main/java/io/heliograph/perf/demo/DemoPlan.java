// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.demo;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What a demo is to do.
 *
 * <p><b>Thread:</b> immutable.
 *
 * @param source an ITCH BinaryFILE, plain or gzip; null for a generated day.
 * @param seed of the generated day.
 * @param symbols of the generated day.
 * @param messages at most so many.
 * @param rate messages/s.
 * @param corrupt which add is broken on its way into subscriber 2's books, 1 and up; 0 for none.
 */
public record DemoPlan(@Nullable Path source, long seed, int symbols, long messages, long rate, long corrupt) {
    /** The same, slower. */
    DemoPlan at(long lowerRate, long fewerMessages) {
        return new DemoPlan(source, seed, symbols, fewerMessages, lowerRate, corrupt);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.recovery;

import java.util.concurrent.TimeUnit;

/**
 * How a replay server shares itself out.
 *
 * <p><b>Thread:</b> immutable.
 *
 * @param requestsPerSecond of one peer; more are told to wait.
 * @param requestsAtOnce of one peer that are not answered yet; more are told to wait.
 * @param gatherNs how long a request for a bounded range of a stream whose lines are here waits for others like it.
 * @param stormNs within this time so many askers make a storm.
 * @param stormAskers so many who ask for the same within {@code stormNs} get it on the lines.
 * @param lineHoldNs so long what was sent on the lines is not sent once more, by any way.
 * @param pageOctets of packets in a page.
 */
public record ReplayServerContext(
        int requestsPerSecond,
        int requestsAtOnce,
        long gatherNs,
        long stormNs,
        int stormAskers,
        long lineHoldNs,
        int pageOctets) {
    /** The defaults. */
    public static final ReplayServerContext DEFAULT = new ReplayServerContext(
            2_000,
            16,
            TimeUnit.MILLISECONDS.toNanos(1),
            TimeUnit.MILLISECONDS.toNanos(10),
            3,
            TimeUnit.MILLISECONDS.toNanos(20),
            64 * 1024);
}

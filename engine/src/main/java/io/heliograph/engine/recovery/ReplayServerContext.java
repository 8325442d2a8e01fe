// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.recovery;

import java.util.concurrent.TimeUnit;

/**
 * How a replay server shares itself out.
 *
 * <p><b>Thread:</b> immutable.
 *
 * @param requestsPerSecond of one node; more are told to wait.
 * @param requestsAtOnce of one node that are not answered yet; more are told to wait.
 * @param stormNs within this time so many askers make a storm.
 * @param stormAskers the so manieth node that asks for the same within {@code stormNs}, and all behind it, get it on the lines.
 * @param lineHoldNs so long what was sent on the lines is not sent once more, by any way.
 * @param lineMessages a request for more is answered by its connection, whoever else asks.
 * @param lineOctetsPerSecond of packets that are sent on the lines of all streams because many have lost them.
 * @param linePatienceNs what the lines have not taken within this time is not sent there any more.
 * @param lagNs so long what a bounded request asks for, and the journal has not got so far, is waited for before that is said: a
 *     journal appends a moment after the lines have it, and an answer that says so costs who asks another request.
 * @param pageOctets of packets in a page.
 */
public record ReplayServerContext(
        int requestsPerSecond,
        int requestsAtOnce,
        long stormNs,
        int stormAskers,
        long lineHoldNs,
        int lineMessages,
        int lineOctetsPerSecond,
        long linePatienceNs,
        long lagNs,
        int pageOctets) {
    /** The defaults. */
    public static final ReplayServerContext DEFAULT = new ReplayServerContext(
            2_000,
            16,
            TimeUnit.MILLISECONDS.toNanos(10),
            3,
            TimeUnit.MILLISECONDS.toNanos(20),
            16_384,
            16 << 20,
            TimeUnit.MILLISECONDS.toNanos(200),
            TimeUnit.MILLISECONDS.toNanos(4),
            64 * 1024);
}

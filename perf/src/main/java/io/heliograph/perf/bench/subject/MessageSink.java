// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.bench.subject;

import org.agrona.DirectBuffer;

/** Takes what a receiver delivers. <b>Thread:</b> the one that polls. */
@FunctionalInterface
public interface MessageSink {
    /**
     * The next message.
     *
     * @param buffer borrowed for the call.
     * @param offset of the message.
     * @param length of the message, bytes.
     */
    void onMessage(DirectBuffer buffer, int offset, int length);
}

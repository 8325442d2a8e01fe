// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

import org.agrona.DirectBuffer;

/**
 * Takes the messages of a stream, once each and in order.
 *
 * <p><b>Thread:</b> the one that calls {@link StreamSubscription#poll}.
 *
 * <p><b>Failure:</b> must not throw: an exception leaves {@code poll} and the message counts as delivered.
 */
@FunctionalInterface
public interface MessageHandler {
    /**
     * The next message.
     *
     * @param buffer holds the body; borrowed for the call, so copy what has to stay.
     * @param offset where the body begins.
     * @param length of the body in bytes, 0 to 65,535.
     * @param header what is known of the message; borrowed for the call too.
     */
    void onMessage(DirectBuffer buffer, int offset, int length, MessageHeader header);
}

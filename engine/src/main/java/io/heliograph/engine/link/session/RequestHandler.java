// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.link.session;

import org.agrona.DirectBuffer;

/**
 * A service: answers requests that name it. It answers by {@link Session#reply}, at once or later, one page or many, until a
 * page is the last.
 *
 * <p><b>Thread:</b> the transport's, which must not be held up: a service that reads a disk does so on a thread of its own and
 * comes back by {@link Session#execute}.
 *
 * <p><b>Failure:</b> an exception from {@link #onRequest} is reported, and the request is answered with {@link
 * ReplyStatus#FAILED}.
 */
public interface RequestHandler {
    /**
     * A request has come.
     *
     * @param from who asks.
     * @param requestId to answer by; unique among the session's requests.
     * @param service that was asked.
     * @param body of the request; borrowed for the call.
     * @param offset of its first octet.
     * @param length octets.
     */
    void onRequest(Session from, long requestId, String service, DirectBuffer body, int offset, int length);

    /**
     * The session takes pages again; told for each of its requests that wait for an answer.
     *
     * @param from who asked.
     * @param requestId of the request.
     */
    default void onWritable(Session from, long requestId) {}

    /**
     * Nobody waits for the answer any more: it was taken back, its deadline has passed, or the session is closed.
     *
     * @param from who asked.
     * @param requestId of the request.
     */
    default void onGone(Session from, long requestId) {}
}

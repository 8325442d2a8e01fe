// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.link.session;

import org.agrona.DirectBuffer;

/**
 * Takes the answer to a request: pages, the last marked, or that there will be none.
 *
 * <p><b>Thread:</b> the transport's; it must not be held up.
 */
public interface ReplyHandler {
    /**
     * A page of the answer.
     *
     * @param requestId as {@code request} returned it.
     * @param status {@link ReplyStatus#OK}, or why there is no answer: then the body is words in UTF-8.
     * @param isLast whether the answer ends with it; nothing more is said of the request then.
     * @param body of the page; borrowed for the call.
     * @param offset of its first octet.
     * @param length octets.
     */
    void onReply(long requestId, int status, boolean isLast, DirectBuffer body, int offset, int length);

    /**
     * There will be no (further) answer: the deadline has passed, or the connection is gone. Nothing more is said of the request.
     *
     * @param requestId as {@code request} returned it.
     * @param why for people.
     */
    void onLost(long requestId, String why);
}

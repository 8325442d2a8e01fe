// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.recovery.remote;

import io.heliograph.engine.link.session.ReplyStatus;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A page on its way from one thread to another, in memory that is used again.
 *
 * <p><b>Thread:</b> whoever holds it; queues hand it on.
 */
final class Page {
    private byte[] octets = {};
    private final UnsafeBuffer buffer = new UnsafeBuffer(octets);
    long request;
    boolean isLast;
    int length;
    /** {@link ReplyStatus#OK} for a page, else why there is none, with words. */
    int status;

    String words = "";

    void set(long ofRequest, boolean last, DirectBuffer page, int offset, int pageLength) {
        if (octets.length < pageLength) {
            octets = new byte[pageLength];
            buffer.wrap(octets);
        }
        page.getBytes(offset, octets, 0, pageLength);
        request = ofRequest;
        isLast = last;
        length = pageLength;
        status = ReplyStatus.OK;
        words = "";
    }

    void refuse(long ofRequest, int why, String inWords) {
        request = ofRequest;
        isLast = true;
        length = 0;
        status = why;
        words = inWords;
    }

    DirectBuffer buffer() {
        return buffer;
    }
}

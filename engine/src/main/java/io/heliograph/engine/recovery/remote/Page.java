// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.recovery.remote;

import io.heliograph.engine.link.session.ReplyStatus;
import io.heliograph.engine.wire.RequestFlyweight;
import java.nio.ByteBuffer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A page on its way from one thread to another, in memory that is used again.
 *
 * <p><b>Thread:</b> whoever holds it; queues hand it on.
 */
final class Page {
    private final boolean isFramed;
    private final UnsafeBuffer buffer = new UnsafeBuffer(0, 0);
    private @Nullable ByteBuffer frame;
    long request;
    boolean isLast;
    int length;
    /** {@link ReplyStatus#OK} for a page, else why there is none, with words. */
    int status;

    String words = "";

    private Page(boolean isFramed) {
        this.isFramed = isFramed;
    }

    /** One that is copied wherever it goes. */
    static Page plain() {
        return new Page(false);
    }

    /** One that is sent from where it is: for large ones, of which there are few. */
    static Page framed() {
        return new Page(true);
    }

    void set(long ofRequest, boolean last, DirectBuffer page, int offset, int pageLength) {
        if (buffer.capacity() < pageLength) {
            grow(pageLength);
        }
        buffer.putBytes(0, page, offset, pageLength);
        request = ofRequest;
        isLast = last;
        length = pageLength;
        status = ReplyStatus.OK;
        words = "";
    }

    private void grow(int pageLength) {
        if (isFramed) {
            ByteBuffer grown = ByteBuffer.allocateDirect(RequestFlyweight.BODY_OFFSET + pageLength);
            buffer.wrap(grown, RequestFlyweight.BODY_OFFSET, pageLength);
            frame = grown;
        } else {
            buffer.wrap(new byte[pageLength]);
        }
    }

    void refuse(long ofRequest, int why, String inWords) {
        request = ofRequest;
        isLast = true;
        length = 0;
        status = why;
        words = inWords;
    }

    /** The frame that it is sent in, where it begins at {@link RequestFlyweight#BODY_OFFSET}; null: it is to be copied. */
    @Nullable
    ByteBuffer frame() {
        return frame;
    }

    DirectBuffer buffer() {
        return buffer;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.bridge;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.heliograph.engine.link.session.LinkSession;
import io.heliograph.engine.link.session.ReplyHandler;
import io.heliograph.engine.link.session.ReplyStatus;
import io.heliograph.engine.link.session.RequestHandler;
import io.heliograph.engine.link.session.Session;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The service {@code pull-refused} of an ingress: an egress tells it that it does not give a stream, and why. So one pull is refused, and the
 * connection's other streams go on; a REJECT would end it for all.
 *
 * <p><b>Layout:</b> of the request's body: the stream's id, u32, and words in UTF-8, at most {@value #MOST_WORDS} octets.
 *
 * <p><b>Thread:</b> the links'.
 */
public final class PullRefusals implements RequestHandler {
    /** The service's name. */
    public static final String NAME = "pull-refused";

    private static final int WORDS_OFFSET = 4;
    private static final int MOST_WORDS = 1_000;
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(5);

    /** Nothing comes of it: a peer that does not want to know asks again, and is refused again. */
    private static final ReplyHandler NOBODY = new ReplyHandler() {
        @Override
        public void onReply(long id, int status, boolean isLast, DirectBuffer body, int offset, int length) {}

        @Override
        public void onLost(long id, String why) {}
    };

    private final Listener listener;

    /** Told of refusals. */
    @FunctionalInterface
    public interface Listener {
        /**
         * A pull was refused.
         *
         * @param session over which it was made.
         * @param stream id, as the peer says it.
         * @param words why, for people.
         */
        void onRefused(LinkSession session, int stream, String words);
    }

    /**
     * The service.
     *
     * @param listener told of each refusal.
     */
    public PullRefusals(Listener listener) {
        this.listener = listener;
    }

    /** Refuses a pull: on the session's thread. */
    static void refuse(LinkSession session, int stream, String words, long nowNs) {
        byte[] octets = words.getBytes(StandardCharsets.UTF_8);
        byte[] told = Arrays.copyOf(octets, Math.min(octets.length, MOST_WORDS));
        UnsafeBuffer body = new UnsafeBuffer(new byte[WORDS_OFFSET + told.length]);
        body.putInt(0, stream, LITTLE_ENDIAN);
        body.putBytes(WORDS_OFFSET, told);
        session.request(NAME, body, 0, body.capacity(), nowNs, nowNs + PATIENCE_NS, NOBODY);
    }

    @Override
    public void onRequest(Session from, long requestId, String service, DirectBuffer body, int offset, int length) {
        if (length < WORDS_OFFSET || length > WORDS_OFFSET + MOST_WORDS) {
            from.refuse(
                    requestId, ReplyStatus.MALFORMED, "a stream's id and at most " + MOST_WORDS + " octets of words");
            return;
        }
        String words = body.getStringWithoutLengthUtf8(offset + WORDS_OFFSET, length - WORDS_OFFSET)
                .replaceAll("\\p{Cntrl}", "?");
        if (from instanceof LinkSession session) {
            listener.onRefused(session, body.getInt(offset, LITTLE_ENDIAN), words);
        }
        from.reply(requestId, ReplyStatus.OK, true, body, offset, 0);
    }
}

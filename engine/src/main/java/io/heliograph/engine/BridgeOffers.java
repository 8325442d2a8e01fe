// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine;

import io.heliograph.engine.link.session.LinkSession;
import io.heliograph.engine.link.session.ReplyHandler;
import io.heliograph.engine.link.session.RequestHandler;
import io.heliograph.engine.link.session.Session;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The service {@code bridge}: an egress that makes the connection itself, because of a firewall, asks the ingress to pull over it.
 * The request stands as long as the offer does, and is never answered.
 *
 * <p><b>Thread:</b> the links'.
 */
final class BridgeOffers implements RequestHandler {
    /** The service's name. */
    static final String NAME = "bridge";

    private static final long STANDING_NS = TimeUnit.HOURS.toNanos(24);

    private final Offers offers;

    /** Told of connections that may be pulled over. */
    @FunctionalInterface
    interface Offers {
        void onOffer(LinkSession session, boolean isOpen);
    }

    BridgeOffers(Offers offers) {
        this.offers = offers;
    }

    /** Asks the peer to pull over a connection, for as long as it lasts. */
    static void offer(LinkSession session, NanoClock clock, Consumer<String> refused) {
        long nowNs = clock.nanoTime();
        session.request(NAME, new UnsafeBuffer(0, 0), 0, 0, nowNs, nowNs + STANDING_NS, new ReplyHandler() {
            @Override
            public void onReply(long id, int status, boolean isLast, DirectBuffer body, int offset, int length) {
                byte[] words = new byte[length];
                body.getBytes(offset, words);
                refused.accept(new String(words, StandardCharsets.UTF_8));
            }

            @Override
            public void onLost(long id, String why) {
                // Over with the connection; or a day has passed.
                offer(session, clock, refused);
            }
        });
    }

    @Override
    public void onRequest(Session from, long requestId, String service, DirectBuffer body, int offset, int length) {
        if (from instanceof LinkSession session) {
            offers.onOffer(session, true);
        }
    }

    @Override
    public void onGone(Session from, long requestId) {
        if (from instanceof LinkSession session) {
            offers.onOffer(session, false);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.bridge;

import io.heliograph.engine.base.Outcome;
import io.heliograph.engine.link.session.LinkSession;
import io.heliograph.engine.link.session.ReplyHandler;
import io.heliograph.engine.link.session.ReplyStatus;
import io.heliograph.engine.link.session.RequestHandler;
import io.heliograph.engine.link.session.Session;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What a new connection does before it counts as a path: the service {@code warm-up} of the peer sends back what it is sent, {@value
 * #OCTETS} octets at a time, one after the other, until {@value #ROUNDS} have come back or {@value #MOST_MS} ms are over. So a path
 * has carried something both ways, the code that ciphers is past its slowest, and TCP's window has grown.
 *
 * <p>A peer that refuses has answered, too: its path counts at once.
 *
 * <p><b>Thread:</b> the session's.
 *
 * <p><b>Allocation:</b> per connection.
 */
public final class WarmUp implements ReplyHandler {
    /** The service's name. */
    public static final String NAME = "warm-up";

    /** The service: sends back what it is sent. */
    public static final RequestHandler SERVICE = WarmUp::answer;

    /** Of each round. */
    static final int OCTETS = 32 << 10;

    /** Rounds at most. */
    static final int ROUNDS = 64;

    /** No round is begun later, ms. */
    static final int MOST_MS = 250;

    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(5);

    private final LinkSession session;
    private final NanoClock clock;
    private final Runnable done;
    private long untilNs;
    private final DirectBuffer octets = new UnsafeBuffer(new byte[OCTETS]);
    private int rounds;

    private WarmUp(LinkSession session, NanoClock clock, Runnable done) {
        this.session = session;
        this.clock = clock;
        this.done = done;
        this.untilNs = clock.nanoTime() + TimeUnit.MILLISECONDS.toNanos(MOST_MS);
    }

    /** Warms a session up: any thread. {@code done} is told on the session's, but not of one that is over before. */
    static void begin(LinkSession session, NanoClock clock, Runnable done) {
        session.execute(() -> new WarmUp(session, clock, done).ask());
    }

    private void ask() {
        long nowNs = clock.nanoTime();
        if (rounds == ROUNDS || nowNs - untilNs >= 0) {
            done.run();
            return;
        }
        rounds++;
        long asked = session.request(NAME, octets, 0, OCTETS, nowNs, nowNs + PATIENCE_NS, this);
        if (asked < 0 && asked != Outcome.CLOSED) {
            // It is full, or may not be asked: it carries something, or nothing more can be known of it.
            done.run();
        }
    }

    @Override
    public void onReply(long id, int status, boolean isLast, DirectBuffer body, int offset, int length) {
        if (status == ReplyStatus.OK) {
            ask();
        } else {
            done.run();
        }
    }

    @Override
    public void onLost(long id, String why) {
        // With the connection, and then nothing can be asked; or nothing has come back, and it does not count.
        untilNs = clock.nanoTime() + TimeUnit.MILLISECONDS.toNanos(MOST_MS);
        ask();
    }

    private static void answer(
            Session from, long requestId, String service, DirectBuffer body, int offset, int length) {
        if (!from.reply(requestId, ReplyStatus.OK, true, body, offset, length) && from.isWanted(requestId)) {
            from.refuse(requestId, ReplyStatus.BUSY, "the connection takes no more: it is warm");
        }
    }
}

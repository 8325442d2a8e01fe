// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.link;

import io.heliograph.engine.base.Outcome;
import io.heliograph.engine.link.LinkEvent.Kind;
import io.heliograph.engine.link.session.LinkSession;
import io.heliograph.engine.link.session.ReplyHandler;
import io.heliograph.engine.link.session.ReplyStatus;
import io.heliograph.engine.link.session.SessionEnd;
import io.heliograph.engine.link.session.SessionListener;
import io.heliograph.engine.wire.RequestFlyweight;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A link to one peer: connects to the first of its addresses that answers, asks its services, and connects anew by itself when
 * the connection is lost, after a jittered back-off that doubles up to 10 s. Several requests run at once.
 *
 * <p>A request that is made while there is no connection waits for one, until its deadline or until all addresses have
 * failed; at most {@value #WAITING_LIMIT} wait.
 *
 * <p><b>Thread:</b> any; callbacks run on the transport's thread, and must not hold it up.
 *
 * <p><b>Failure:</b> each request ends in one last reply or one {@link ReplyHandler#onLost}, unless it is taken back.
 */
public final class LinkClient implements AutoCloseable {
    /** Requests that may wait for a connection, or for room on it. */
    static final int WAITING_LIMIT = 1_024;

    private final LinkNode node;
    private final String peer;
    private final LinkEvent.Listener listener;
    private final Consumer<@Nullable LinkSession> sessions;
    private final EventLoop loop;
    private final Dialling dialling;
    private final AtomicLong ids = new AtomicLong();
    private final Map<Long, Waiting> waiting = new LinkedHashMap<>();
    private final Map<Long, Long> asked = new LinkedHashMap<>();
    private final ScheduledFuture<?> ticking;
    private @Nullable LinkSession session;
    private boolean isClosed;

    /** A request that has not gone out. */
    private record Waiting(String service, DirectBuffer body, long deadlineNs, ReplyHandler handler) {}

    private LinkClient(
            LinkTransport transport,
            LinkNode node,
            String peer,
            List<LinkAddress> addresses,
            boolean isLasting,
            LinkEvent.Listener listener,
            Consumer<@Nullable LinkSession> sessions) {
        this.node = node;
        this.peer = peer;
        this.listener = listener;
        this.sessions = sessions;
        this.loop = transport.loops().next();
        this.dialling = new Dialling(transport, node, peer, addresses, isLasting, loop, new Life());
        long tickNs = node.times().heartbeatNs() / 5;
        this.ticking = loop.scheduleWithFixedDelay(this::tick, tickNs, tickNs, TimeUnit.NANOSECONDS);
    }

    /**
     * Connects, and stays connected until it is closed.
     *
     * @param transport that the connection runs on.
     * @param node that calls.
     * @param peer the name of the node that is called.
     * @param addresses of it, in order of preference.
     * @param listener told of what happens.
     * @return the client, at once: requests wait for the connection.
     */
    public static LinkClient connect(
            LinkTransport transport,
            LinkNode node,
            String peer,
            List<LinkAddress> addresses,
            LinkEvent.Listener listener) {
        return connect(transport, node, peer, addresses, listener, unused -> {});
    }

    /**
     * Connects, stays connected, and hands out the session, for whoever pulls streams.
     *
     * @param transport that the connection runs on.
     * @param node that calls.
     * @param peer the name of the node that is called.
     * @param addresses of it, in order of preference.
     * @param listener told of what happens.
     * @param sessions on the transport's thread given each session as it opens, and null as it ends.
     * @return the client, at once.
     */
    public static LinkClient connect(
            LinkTransport transport,
            LinkNode node,
            String peer,
            List<LinkAddress> addresses,
            LinkEvent.Listener listener,
            Consumer<@Nullable LinkSession> sessions) {
        LinkClient client = new LinkClient(transport, node, peer, addresses, true, listener, sessions);
        client.loop.execute(client.dialling::dial);
        return client;
    }

    /** Connects once, for a pool, which decides itself when to try again. */
    static LinkClient once(
            LinkTransport transport,
            LinkNode node,
            String peer,
            List<LinkAddress> addresses,
            LinkEvent.Listener listener,
            Consumer<@Nullable LinkSession> sessions) {
        LinkClient client = new LinkClient(transport, node, peer, addresses, false, listener, sessions);
        client.loop.execute(client.dialling::dial);
        return client;
    }

    /**
     * Asks a service of the peer.
     *
     * @param service its name.
     * @param body of the request; copied.
     * @param offset of its first octet.
     * @param length octets, at most {@link RequestFlyweight#MAX_REQUEST_BODY}.
     * @param timeoutNs from now, within which the answer is wanted.
     * @param handler takes the answer.
     * @return the request's id, by which it can be taken back.
     * @throws IllegalArgumentException when the body or the service's name is too long.
     */
    public long request(
            String service, DirectBuffer body, int offset, int length, long timeoutNs, ReplyHandler handler) {
        if (length > RequestFlyweight.MAX_REQUEST_BODY
                || service.isEmpty()
                || service.length() > RequestFlyweight.MAX_SERVICE_LENGTH) {
            throw new IllegalArgumentException("a request of " + length + " octets to service '" + service + "'");
        }
        long id = ids.incrementAndGet();
        byte[] octets = new byte[length];
        body.getBytes(offset, octets);
        Waiting request =
                new Waiting(service, new UnsafeBuffer(octets), node.clock().nanoTime() + timeoutNs, handler);
        loop.execute(() -> begin(id, request));
        return id;
    }

    /**
     * Takes a request back. Its handler hears nothing more once the transport's thread has seen this.
     *
     * @param requestId of the request.
     */
    public void cancel(long requestId) {
        loop.execute(() -> {
            waiting.remove(requestId);
            Long there = asked.remove(requestId);
            LinkSession open = session;
            if (there != null && open != null) {
                open.cancel(there);
            }
        });
    }

    /**
     * Gives up the connection, or the attempt at one, if its way is gone, without waiting until nothing was heard of it for long:
     * what was asked is lost, and the next address is tried.
     *
     * @param lost says which connections are concerned.
     * @param why for people.
     */
    public void drop(LostWay lost, String why) {
        loop.execute(() -> dialling.drop(lost, why));
    }

    /**
     * Whom it calls.
     *
     * @return the peer's name.
     */
    public String peer() {
        return peer;
    }

    /**
     * Runs something on the thread of the connection.
     *
     * @param task runs soon; not at all once the transport is closed.
     */
    public void execute(Runnable task) {
        loop.execute(task);
    }

    /** Says BYE, and connects no more; what is asked is lost. Idempotent. */
    @Override
    public void close() {
        loop.execute(() -> {
            if (isClosed) {
                return;
            }
            isClosed = true;
            ticking.cancel(false);
            dialling.close();
            LinkSession open = session;
            if (open != null) {
                open.close();
            }
            loseWaiting("the link is closed");
        });
    }

    private void begin(long id, Waiting request) {
        if (isClosed || waiting.size() >= WAITING_LIMIT) {
            request.handler().onLost(id, isClosed ? "the link is closed" : WAITING_LIMIT + " requests wait already");
        } else if (session == null && !dialling.isTrying()) {
            // It failed a moment ago: whoever asks is told now, and not when the next attempt has failed too.
            request.handler().onLost(id, "no connection to " + peer + ": " + dialling.lastFailure());
        } else {
            waiting.put(id, request);
            send();
        }
    }

    /** Sends what waits, in order, as long as the connection takes it. */
    private void send() {
        LinkSession open = session;
        for (Map.Entry<Long, Waiting> next : new ArrayList<>(waiting.entrySet())) {
            if (open == null || !trySend(open, next.getKey(), next.getValue())) {
                return;
            }
            waiting.remove(next.getKey());
        }
    }

    private boolean trySend(LinkSession open, long id, Waiting request) {
        long there = open.request(
                request.service(),
                request.body(),
                0,
                request.body().capacity(),
                node.clock().nanoTime(),
                request.deadlineNs(),
                new Renamed(id, request.handler()));
        if (there == LinkSession.NOT_SERVED) {
            byte[] words = ("the topology does not let " + peer + " serve " + request.service())
                    .getBytes(StandardCharsets.UTF_8);
            request.handler().onReply(id, ReplyStatus.NOT_ALLOWED, true, new UnsafeBuffer(words), 0, words.length);
            return true;
        }
        if (there == Outcome.BACK_PRESSURED || there == Outcome.CLOSED) {
            return false;
        }
        asked.put(id, there);
        return true;
    }

    private void tick() {
        long nowNs = node.clock().nanoTime();
        for (Map.Entry<Long, Waiting> next : new ArrayList<>(waiting.entrySet())) {
            if (nowNs - next.getValue().deadlineNs() >= 0 && waiting.remove(next.getKey()) != null) {
                next.getValue().handler().onLost(next.getKey(), "no connection to " + peer + " within its deadline");
            }
        }
    }

    private void loseWaiting(String why) {
        Map<Long, Waiting> lost = new LinkedHashMap<>(waiting);
        waiting.clear();
        lost.forEach((id, request) -> request.handler().onLost(id, why));
    }

    /** Gives a reply the id that the asker knows. */
    private final class Renamed implements ReplyHandler {
        private final long id;
        private final ReplyHandler to;

        Renamed(long id, ReplyHandler to) {
            this.id = id;
            this.to = to;
        }

        @Override
        public void onReply(long there, int status, boolean isLast, DirectBuffer body, int offset, int length) {
            if (isLast) {
                asked.remove(id);
            }
            to.onReply(id, status, isLast, body, offset, length);
        }

        @Override
        public void onLost(long there, String why) {
            asked.remove(id);
            to.onLost(id, why);
        }
    }

    /** What becomes of attempts and of the session. */
    private final class Life implements SessionListener, Dialling.Outcomes {
        @Override
        public void onOpen(LinkSession opened) {
            session = opened;
            dialling.onOpen();
            listener.onLink(new LinkEvent(Kind.OPENED, peer, dialling.address(), ""));
            sessions.accept(opened);
            send();
        }

        @Override
        public void onWritable(LinkSession open) {
            send();
        }

        @Override
        public void onClosed(LinkSession ended, SessionEnd end) {
            if (session == ended) {
                session = null;
                listener.onLink(new LinkEvent(Kind.CLOSED, peer, dialling.address(), end.toString()));
                sessions.accept(null);
                dialling.onLost();
            } else {
                dialling.onFailed(end.toString());
            }
        }

        @Override
        public void onUnreached(String address, String why) {
            listener.onLink(new LinkEvent(Kind.UNREACHED, peer, address, why));
        }

        @Override
        public void onGivenUp(String why) {
            loseWaiting("no connection to " + peer + ": " + why);
            if (session == null) {
                sessions.accept(null);
            }
        }

        @Override
        public SessionListener listener() {
            return this;
        }
    }
}

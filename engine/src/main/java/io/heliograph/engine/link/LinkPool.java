// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.link;

import io.heliograph.engine.link.session.LinkSession;
import io.heliograph.engine.link.session.ReplyHandler;
import io.heliograph.engine.wire.RequestFlyweight;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Requests to many peers over few connections: one a peer, opened when it is wanted and used again by everybody, closed when idle;
 * above the limit the least recently used one goes, those of busy peers last.
 *
 * <p><b>Thread:</b> any; callbacks run on the transport's threads, and must not hold them up.
 *
 * <p><b>Failure:</b> each request ends in one last reply or one {@link ReplyHandler#onLost}.
 */
public final class LinkPool implements AutoCloseable {
    private static final long TICK_NS = 200_000_000L;

    private final LinkTransport transport;
    private final LinkNode node;
    private final Function<String, List<LinkAddress>> addresses;
    private final LinkEvent.Listener listener;
    private final EventLoop loop;
    private final PoolBook book;
    private final Map<String, LinkClient> clients = new HashMap<>();
    private final Map<Long, Asked> asked = new HashMap<>();
    private final AtomicLong ids = new AtomicLong();
    private final ScheduledFuture<?> ticking;
    private boolean isClosed;

    /**
     * A pool without connections.
     *
     * @param transport that connections run on.
     * @param node that calls.
     * @param addresses of a peer, in order of preference; none for one that cannot be called.
     * @param limits how many connections it keeps, and how long.
     * @param listener told of what happens.
     */
    public LinkPool(
            LinkTransport transport,
            LinkNode node,
            Function<String, List<LinkAddress>> addresses,
            PoolLimits limits,
            LinkEvent.Listener listener) {
        this.transport = transport;
        this.node = node;
        this.addresses = addresses;
        this.listener = listener;
        this.loop = transport.loops().next();
        this.book = new PoolBook(limits, new SplittableRandom(), new Doing());
        this.ticking = loop.scheduleWithFixedDelay(
                () -> book.onTick(node.clock().nanoTime()), TICK_NS, TICK_NS, TimeUnit.NANOSECONDS);
    }

    /**
     * Asks a service of a peer.
     *
     * @param peer its name.
     * @param service its name.
     * @param body of the request; copied.
     * @param offset of its first octet.
     * @param length octets, at most {@link RequestFlyweight#MAX_REQUEST_BODY}.
     * @param timeoutNs from now, within which the answer is wanted.
     * @param handler takes the answer.
     * @return the request's id, as the handler hears it.
     */
    public long request(
            String peer,
            String service,
            DirectBuffer body,
            int offset,
            int length,
            long timeoutNs,
            ReplyHandler handler) {
        if (length > RequestFlyweight.MAX_REQUEST_BODY) {
            throw new IllegalArgumentException("a request of " + length + " octets");
        }
        long id = ids.incrementAndGet();
        byte[] copy = new byte[length];
        body.getBytes(offset, copy);
        UnsafeBuffer kept = new UnsafeBuffer(copy);
        loop.execute(() -> begin(id, peer, service, kept, timeoutNs, handler));
        return id;
    }

    /** A request that went to a client: by which number there. */
    private record Asked(String peer, LinkClient client, long there) {}

    /**
     * Takes a request back. Its handler hears nothing more once the transport's threads have seen this.
     *
     * @param requestId of the request.
     */
    public void cancel(long requestId) {
        loop.execute(() -> {
            Asked request = asked.remove(requestId);
            if (request != null) {
                request.client.cancel(request.there);
                book.end(request.peer, node.clock().nanoTime());
            }
        });
    }

    /**
     * Gives up at once the connections, and attempts, whose way is gone; who asks next is connected anew.
     *
     * @param lost says which connections are concerned.
     * @param why for people, and for those whose requests are lost.
     */
    public void drop(LostWay lost, String why) {
        loop.execute(() -> clients.values().forEach(client -> client.drop(lost, why)));
    }

    /** Says BYE to all, and takes no more. Idempotent. */
    @Override
    public void close() {
        loop.execute(() -> {
            isClosed = true;
            ticking.cancel(false);
            clients.values().forEach(LinkClient::close);
            clients.clear();
        });
    }

    private void begin(long id, String peer, String service, UnsafeBuffer body, long timeoutNs, ReplyHandler handler) {
        if (isClosed || addresses.apply(peer).isEmpty()) {
            handler.onLost(id, isClosed ? "the pool is closed" : "no address of " + peer + " is known");
            return;
        }
        PoolBook.Answer answer = book.begin(peer, node.clock().nanoTime());
        LinkClient client = clients.get(peer);
        if (answer != PoolBook.Answer.GO || client == null) {
            handler.onLost(
                    id,
                    answer == PoolBook.Answer.FULL
                            ? "all connections of the pool are in use"
                            : "no connection to " + peer + " a moment ago");
            return;
        }
        long there = client.request(service, body, 0, body.capacity(), timeoutNs, new Counted(id, handler));
        asked.put(id, new Asked(peer, client, there));
    }

    /** Tells the book when a request is over. */
    private final class Counted implements ReplyHandler {
        private final long id;
        private final ReplyHandler to;

        Counted(long id, ReplyHandler to) {
            this.id = id;
            this.to = to;
        }

        @Override
        public void onReply(long there, int status, boolean isLast, DirectBuffer body, int offset, int length) {
            if (isLast) {
                end();
            }
            to.onReply(id, status, isLast, body, offset, length);
        }

        @Override
        public void onLost(long there, String why) {
            end();
            to.onLost(id, why);
        }

        private void end() {
            loop.execute(() -> {
                Asked request = asked.remove(id);
                if (request != null) {
                    book.end(request.peer, node.clock().nanoTime());
                }
            });
        }
    }

    /** Does what the book says. */
    private final class Doing implements PoolBook.Actions {
        @Override
        public void connect(String peer) {
            Told told = new Told(peer);
            LinkClient client = LinkClient.once(
                    transport,
                    node,
                    peer,
                    addresses.apply(peer),
                    listener,
                    session -> loop.execute(() -> told.of(session)));
            told.client = client;
            clients.put(peer, client);
        }

        @Override
        public void close(String peer) {
            LinkClient client = clients.remove(peer);
            if (client != null) {
                client.close();
            }
        }
    }

    /** What one client's connection tells; that of a client which was let go counts no more. */
    private final class Told {
        private final String peer;
        private @Nullable LinkClient client;

        Told(String peer) {
            this.peer = peer;
        }

        @SuppressWarnings("ReferenceEquality") // Another client is another object.
        void of(@Nullable LinkSession session) {
            LinkClient own = client;
            if (own == null || clients.get(peer) != own) {
                return;
            }
            if (session != null) {
                book.onOpened(peer);
                return;
            }
            clients.remove(peer);
            own.close();
            book.onFailed(peer, node.clock().nanoTime());
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.recovery.remote;

import io.heliograph.engine.base.Doorbell;
import io.heliograph.engine.link.session.RejectCode;
import io.heliograph.engine.link.session.ReplyStatus;
import io.heliograph.engine.link.session.RequestHandler;
import io.heliograph.engine.link.session.Session;
import io.heliograph.engine.recovery.ReplayLibrary;
import io.heliograph.engine.recovery.ReplayPeer;
import io.heliograph.engine.recovery.ReplayServer;
import io.heliograph.engine.recovery.ReplayServerContext;
import io.heliograph.engine.recovery.ReplayServerFigures;
import io.heliograph.engine.wire.ReplayRequestFlyweight;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BiPredicate;
import org.agrona.DirectBuffer;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.ManyToOneConcurrentLinkedQueue;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The service {@code replay}: puts a {@link ReplayServer} behind a node's links. Requests come in on the links' thread and are
 * answered by this agent's, which reads the disk.
 *
 * <p><b>Thread:</b> one owner, its runner's; requests by the links'.
 *
 * <p><b>Failure:</b> a journal that cannot be read is told to the error handler, and to who asked. What a request has wrong is
 * told to who asked; one who asks on and on, however often it is told to wait, loses its connection.
 */
public final class ReplayService implements RequestHandler, Agent {
    /** The service's name. */
    public static final String NAME = "replay";

    /** The status of a request for what the stream has not come near so far. */
    public static final int IN_THE_FUTURE = ReplyStatus.FIRST_OWN;

    private static final long MOST_WAIT_NS = 500_000;

    /** A node needs one connection, and a second one while the first is being given up. */
    static final int MOST_CONNECTIONS = 8;

    /** Programs of this host, which all have one name. */
    private static final int MOST_LOCAL_CONNECTIONS = 256;

    /** While nobody asks anything. */
    private static final long IDLE_WAIT_NS = 100_000_000;

    /** A connection that has asked nothing for so long is forgotten, and known anew when it asks. */
    private static final long FORGET_NS = TimeUnit.SECONDS.toNanos(10);

    /** Whatever a request says of its length, so much of it is looked at. */
    private static final int MOST_OCTETS = 2 * ReplayRequestFlyweight.LENGTH;

    private final ReplayServer server;
    private final BiPredicate<Session, Integer> mayPull;
    private final NanoClock clock;
    private final ErrorHandler errors;
    private final Doorbell bell = new Doorbell(MOST_WAIT_NS);
    private final ManyToOneConcurrentLinkedQueue<Runnable> inbox = new ManyToOneConcurrentLinkedQueue<>();
    private final Map<Session, LinkPeer> peers = new ConcurrentHashMap<>();
    private long sweepAtNs;

    /**
     * A service that nobody has asked.
     *
     * @param library what is answered from.
     * @param mayPull whether a session may have a stream, by its id.
     * @param clock monotonic.
     * @param errors told of journals that cannot be read.
     */
    public ReplayService(
            ReplayLibrary library, BiPredicate<Session, Integer> mayPull, NanoClock clock, ErrorHandler errors) {
        this.server = new ReplayServer(
                ReplayServerContext.DEFAULT, library, () -> Instant.now().getEpochSecond());
        this.mayPull = mayPull;
        this.clock = clock;
        this.errors = errors;
        this.sweepAtNs = clock.nanoTime() + FORGET_NS;
    }

    /**
     * How the agent waits.
     *
     * @return its bell.
     */
    public Doorbell bell() {
        return bell;
    }

    /**
     * What was done.
     *
     * @return of the agent's thread; read by another one they may be a moment old.
     */
    public ReplayServerFigures figures() {
        return server.figures();
    }

    /** Connections that are known: those that have asked lately, or wait for answers. */
    int connections() {
        return peers.size();
    }

    @Override
    public void onRequest(Session from, long requestId, String service, DirectBuffer body, int offset, int length) {
        long nowNs = clock.nanoTime();
        LinkPeer peer = peer(from, nowNs);
        if (peer == null) {
            enqueue(server::onTooMany);
            from.refuse(requestId, ReplyStatus.BUSY, from.peer() + " asks for replay over too many connections");
            return;
        }
        if (!peer.isBegun(requestId, nowNs)) {
            from.reject(
                    RejectCode.TOO_MUCH,
                    "more than " + AskingRate.MOST_A_SECOND
                            + " requests for replay in a second; slow down when told to wait");
            return;
        }
        int taken = Math.min(length, MOST_OCTETS);
        UnsafeBuffer request = new UnsafeBuffer(new byte[taken]);
        request.putBytes(0, body, offset, taken);
        enqueue(() -> serve(peer, requestId, request));
    }

    @Override
    public void onWritable(Session from, long requestId) {
        LinkPeer peer = peers.get(from);
        if (peer != null) {
            peer.onWritable(requestId);
        }
    }

    @Override
    public void onGone(Session from, long requestId) {
        LinkPeer peer = peers.get(from);
        if (peer != null) {
            peer.onGone(requestId);
            enqueue(() -> server.onCancelled(peer, requestId));
        }
    }

    @Override
    public int doWork() {
        int work = 0;
        for (Runnable next = inbox.poll(); next != null; next = inbox.poll()) {
            next.run();
            work++;
        }
        long nowNs = clock.nanoTime();
        if (nowNs - sweepAtNs >= 0) {
            sweepAtNs = nowNs + FORGET_NS;
            sweep(nowNs);
        }
        bell.waitAtMost(peers.isEmpty() ? IDLE_WAIT_NS : MOST_WAIT_NS);
        return work + server.onTick(nowNs);
    }

    @Override
    public void onClose() {
        server.close();
    }

    @Override
    public String roleName() {
        return "replay";
    }

    /** A connection that is known, or known from now on; null when its node has too many that wait for answers. */
    private @Nullable LinkPeer peer(Session from, long nowNs) {
        LinkPeer known = peers.get(from);
        if (known != null) {
            return known;
        }
        AskingRate rate = null;
        Map.Entry<Session, LinkPeer> unused = null;
        int count = 0;
        for (Map.Entry<Session, LinkPeer> other : peers.entrySet()) {
            if (other.getKey().peer().equals(from.peer())) {
                count++;
                rate = other.getValue().rate();
                unused = other.getValue().isDone() ? other : unused;
            }
        }
        if (count >= (from.permissions().isLocal() ? MOST_LOCAL_CONNECTIONS : MOST_CONNECTIONS)) {
            if (unused == null) {
                return null;
            }
            forget(unused.getKey(), unused.getValue());
        }
        LinkPeer peer = new LinkPeer(
                from,
                stream -> mayPull.test(from, stream),
                bell::ring,
                rate == null ? new AskingRate(nowNs) : rate,
                nowNs);
        peers.put(from, peer);
        return peer;
    }

    private void enqueue(Runnable task) {
        inbox.add(task);
        bell.ring();
    }

    private void serve(LinkPeer peer, long requestId, UnsafeBuffer request) {
        long nowNs = clock.nanoTime();
        try {
            server.onRequest(peer, requestId, request, 0, request.capacity(), nowNs);
        } catch (RuntimeException unreadable) {
            errors.onError(unreadable);
            peer.refuse(requestId, ReplayPeer.NO_JOURNAL, "the journal cannot be read: " + unreadable.getMessage());
        }
    }

    /** Only the links' thread knows that nothing more comes of a connection. */
    private void sweep(long nowNs) {
        peers.forEach((session, peer) -> {
            if (nowNs - peer.usedNs() >= FORGET_NS) {
                session.execute(() -> forget(session, peer));
            }
        });
    }

    private void forget(Session session, LinkPeer peer) {
        if (peer.isDone()) {
            peers.remove(session);
            enqueue(() -> server.onGone(peer));
        }
    }
}

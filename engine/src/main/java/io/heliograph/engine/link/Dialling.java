// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.link;

import io.heliograph.engine.link.netty.Pipelines;
import io.heliograph.engine.link.session.LinkCounters.Count;
import io.heliograph.engine.link.session.SessionContext;
import io.heliograph.engine.link.session.SessionListener;
import io.heliograph.engine.link.session.TlsFault;
import io.heliograph.engine.link.tls.NodeCertificates;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Attempts to reach a peer: its addresses one after the other, and from the first again after a pause. One attempt at a time.
 *
 * <p><b>Thread:</b> the loop's.
 */
@SuppressWarnings("FutureReturnValueIgnored") // That a channel is closed is told to its handlers.
final class Dialling {
    /** A session that lasted so long was one: after it the first pause is short again. */
    private static final long LASTING_NS = 5_000_000_000L;

    private final LinkNode node;
    private final String peer;
    private final List<LinkAddress> addresses;
    private final boolean isLasting;
    private final EventLoop loop;
    private final Outcomes outcomes;
    private final Pipelines pipelines;
    private final BackOff backOff;
    private @Nullable ScheduledFuture<?> next;
    private @Nullable Channel channel;
    private String failure = "";
    private String dropped = "";
    private int place;
    private boolean isTrying = true;
    private boolean isJudged;
    private boolean isClosed;
    private long openedNs;

    /** What becomes of attempts. */
    interface Outcomes {
        /** An address failed. */
        void onUnreached(String address, String why);

        /** All of them failed; there will be a pause, or no further attempt. */
        void onGivenUp(String why);

        /** Told of the session. */
        SessionListener listener();
    }

    Dialling(
            LinkTransport transport,
            LinkNode node,
            String peer,
            List<LinkAddress> addresses,
            boolean isLasting,
            EventLoop loop,
            Outcomes outcomes) {
        if (addresses.isEmpty()) {
            throw new IllegalArgumentException("no address of " + peer);
        }
        this.node = node;
        this.peer = peer;
        this.addresses = List.copyOf(addresses);
        this.isLasting = isLasting;
        this.loop = loop;
        this.outcomes = outcomes;
        boolean isOfThisHost = this.addresses.stream().allMatch(address -> address instanceof LinkAddress.Unix);
        this.backOff = new BackOff(new SplittableRandom(), isOfThisHost ? BackOff.LAST_LOCAL_NS : BackOff.LAST_NS);
        this.pipelines = new Pipelines(loop, transport.sockets(), node.clock(), node.wall());
    }

    void dial() {
        if (isClosed) {
            return;
        }
        isTrying = true;
        isJudged = false;
        dropped = "";
        node.counters().count(Count.DIALLED);
        LinkAddress to = addresses.get(place);
        ChannelFuture attempt;
        try {
            attempt = connect(to);
        } catch (RuntimeException refused) {
            // Without certificates, or without such sockets, there is nothing to try.
            onFailed(String.valueOf(refused.getMessage()));
            return;
        }
        channel = attempt.channel();
        attempt.addListener(done -> {
            Throwable why = done.cause();
            if (why != null) {
                onFailed(dropped.isEmpty() ? String.valueOf(why.getMessage()) : dropped);
            } else {
                attempt.channel().closeFuture().addListener(closed -> {
                    if (channel == attempt.channel()) {
                        onFailed("connection closed before HELLO");
                    }
                });
            }
        });
    }

    /** The address of the attempt, or of the session. */
    String address() {
        return addresses.get(place).toString();
    }

    boolean isTrying() {
        return isTrying;
    }

    String lastFailure() {
        return failure;
    }

    void onOpen() {
        isJudged = true;
        openedNs = node.clock().nanoTime();
    }

    /** The session is over: again from the first address. */
    void onLost() {
        if (node.clock().nanoTime() - openedNs >= LASTING_NS) {
            backOff.reset();
        }
        place = 0;
        pause();
    }

    /** The attempt failed. Told several times of one, it counts once. */
    void onFailed(String why) {
        if (isJudged || isClosed) {
            return;
        }
        isJudged = true;
        failure = why;
        outcomes.onUnreached(address(), why);
        place++;
        if (place < addresses.size()) {
            loop.execute(this::dial);
        } else {
            place = 0;
            pause();
            outcomes.onGivenUp(why);
        }
    }

    /** Ends the attempt, or the session, where its way is known to be gone: nothing more would be heard of it. */
    void drop(LostWay lost, String why) {
        Channel open = channel;
        LinkAddress to = addresses.get(place);
        if (open == null || !open.isOpen() || !(to instanceof LinkAddress.Tcp tcp)) {
            return;
        }
        InetAddress local = open.localAddress() instanceof InetSocketAddress own ? own.getAddress() : null;
        if (!lost.includes(local, tcp.socket().getAddress())) {
            return;
        }
        dropped = why;
        // A session says it as its end; an attempt, a handshake among them, fails by being closed.
        open.pipeline().fireExceptionCaught(new LinkException(why, null));
        open.close();
    }

    void close() {
        isClosed = true;
        ScheduledFuture<?> waiting = next;
        if (waiting != null) {
            waiting.cancel(false);
        }
        Channel open = channel;
        if (open != null && !isJudged) {
            open.close();
        }
    }

    private void pause() {
        isTrying = false;
        if (isLasting && !isClosed) {
            next = loop.schedule(this::dial, backOff.nextNs(), TimeUnit.NANOSECONDS);
        }
    }

    private ChannelFuture connect(LinkAddress to) {
        boolean isTls = node.isTls(to);
        NodeCertificates certificates = isTls ? node.certificatesFor(to) : null;
        Pipelines.Carrier carrier = new Pipelines.Carrier(
                certificates == null ? null : certificates::client,
                node.times().helloNs(),
                node.times().heartbeatNs() / 5,
                node.buffers().to(peer));
        Calling calling = new Calling(to instanceof LinkAddress.Unix);
        if (to instanceof LinkAddress.Unix unix) {
            return pipelines.connectUnix(unix.path(), carrier, calling);
        }
        return pipelines.connect(((LinkAddress.Tcp) to).socket(), carrier, calling);
    }

    /** What becomes of one connection. */
    private final class Calling implements Pipelines.Visitors {
        private final boolean isLocal;

        Calling(boolean isLocal) {
            this.isLocal = isLocal;
        }

        @Override
        public boolean onAccepted(Channel connected) {
            return !isClosed;
        }

        @Override
        public void onRefused(Channel connected, @Nullable TlsFault fault, String words) {
            if (fault != null) {
                node.counters().count(fault);
            }
            onFailed(dropped.isEmpty() ? words : dropped);
        }

        @Override
        public SessionContext context(Channel connected) {
            return new SessionContext(
                    node.name(),
                    node.site(),
                    true,
                    new PeerNames(node, connected, isLocal, peer),
                    node.services(),
                    node.pulls(),
                    node.times(),
                    node.counters(),
                    outcomes.listener(),
                    node.errors(),
                    connected.eventLoop());
        }
    }
}

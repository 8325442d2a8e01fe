// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.link;

import io.heliograph.engine.link.LinkEvent.Kind;
import io.heliograph.engine.link.netty.Pipelines;
import io.heliograph.engine.link.session.LinkCounters;
import io.heliograph.engine.link.session.LinkCounters.Count;
import io.heliograph.engine.link.session.LinkSession;
import io.heliograph.engine.link.session.SessionContext;
import io.heliograph.engine.link.session.SessionEnd;
import io.heliograph.engine.link.session.SessionListener;
import io.heliograph.engine.link.session.TlsFault;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Listens for links: TCP ports, plain or TLS by the node's security, and Unix domain sockets of mode 0600. The services of the
 * node answer.
 *
 * <p><b>Thread:</b> any; not from a callback. Events are told on the transport's threads, those of the start on the caller's.
 *
 * <p><b>Failure:</b> {@link LinkException} when it cannot listen; a bad peer costs its own connection and a counter.
 */
@SuppressWarnings("FutureReturnValueIgnored") // That a channel is closed is told to its handlers.
public final class LinkServer implements AutoCloseable {
    private static final long CLOSE_SECONDS = 3;

    private final LinkNode node;
    private final LinkLimits limits;
    private final LinkEvent.Listener listener;
    private final List<Channel> listening = new ArrayList<>();
    private final List<LinkAddress> addresses = new ArrayList<>();
    private final List<LocalSocket> sockets = new ArrayList<>();
    private final Map<Channel, Boolean> connected = new ConcurrentHashMap<>();
    private final Map<LinkSession, Channel> sessions = new ConcurrentHashMap<>();
    private volatile boolean isClosed;

    private LinkServer(LinkNode node, LinkLimits limits, LinkEvent.Listener listener) {
        this.node = node;
        this.limits = limits;
        this.listener = listener;
    }

    /**
     * Listens.
     *
     * @param transport that connections run on.
     * @param node that is reached.
     * @param addresses all of them.
     * @param limits how much it takes on.
     * @param listener told of what happens.
     * @return the server; it listens at all addresses.
     * @throws LinkException when it cannot listen at one of them.
     */
    public static LinkServer bind(
            LinkTransport transport,
            LinkNode node,
            List<LinkAddress> addresses,
            LinkLimits limits,
            LinkEvent.Listener listener) {
        LinkServer server = new LinkServer(node, limits, listener);
        try {
            for (LinkAddress address : addresses) {
                try {
                    server.bind(transport, address);
                } catch (ChannelException taken) {
                    throw new LinkException("cannot listen at " + address + ": " + taken.getMessage(), taken);
                }
            }
            return server;
        } catch (RuntimeException refused) {
            server.close();
            throw refused;
        }
    }

    /**
     * Where it listens.
     *
     * @return as given, with the ports that were taken.
     */
    public List<LinkAddress> addresses() {
        return List.copyOf(addresses);
    }

    /**
     * Connections now, those before their HELLO among them.
     *
     * @return 0 and up.
     */
    public int connectionCount() {
        return connected.size();
    }

    /** Says BYE to all, and listens no longer. Idempotent. */
    @Override
    public void close() {
        isClosed = true;
        for (Channel socket : listening) {
            socket.close().awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS);
        }
        listening.clear();
        sessions.forEach((session, channel) -> channel.eventLoop().execute(session::close));
        List<Channel> last = new ArrayList<>(connected.keySet());
        for (Channel channel : last) {
            if (!sessions.containsValue(channel)) {
                channel.close();
            }
            channel.closeFuture().awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS);
            channel.close();
        }
        sockets.forEach(LocalSocket::close);
        sockets.clear();
    }

    private void bind(LinkTransport transport, LinkAddress address) {
        boolean isTls = node.isTls(address);
        Pipelines pipelines = new Pipelines(transport.loops(), transport.sockets(), node.clock(), node.wall());
        Pipelines.Carrier carrier = new Pipelines.Carrier(
                isTls ? () -> node.certificatesFor(address).server() : null,
                node.times().helloNs(),
                node.times().heartbeatNs() / 5,
                node.buffers().listening());
        Accepting accepting = new Accepting(address);
        if (isTls) {
            node.certificatesFor(address);
        }
        if (address instanceof LinkAddress.Tcp tcp) {
            Channel bound = pipelines.listen(tcp.socket(), limits.acceptsPerSecond(), carrier, accepting);
            listening.add(bound);
            InetSocketAddress taken = (InetSocketAddress) bound.localAddress();
            addresses.add(LinkAddress.tcp(tcp.socket().getAddress().getHostAddress(), taken.getPort()));
        } else if (address instanceof LinkAddress.Unix unix) {
            LocalSocket socket = LocalSocket.prepare(unix.path());
            sockets.add(socket);
            listening.add(pipelines.listenUnix(socket.bindingPath(), limits.acceptsPerSecond(), carrier, accepting));
            socket.publish();
            addresses.add(address);
        }
        String how = address instanceof LinkAddress.Unix ? "this user's processes" : isTls ? "TLS" : "plain";
        tell(Kind.LISTENING, "", addresses.get(addresses.size() - 1).toString(), how);
    }

    private void tell(Kind kind, String peer, String address, String detail) {
        listener.onLink(new LinkEvent(kind, peer, address, detail));
    }

    /** What becomes of the connections of one address. */
    private final class Accepting implements Pipelines.Visitors {
        private final LinkAddress address;

        Accepting(LinkAddress address) {
            this.address = address;
        }

        @Override
        public boolean onAccepted(Channel channel) {
            if (isClosed) {
                return false;
            }
            node.counters().count(Count.ACCEPTED);
            String stranger = address instanceof LinkAddress.Unix ? LocalSocket.stranger(channel) : "";
            if (!stranger.isEmpty() || connected.size() >= limits.connections()) {
                node.counters().count(Count.REFUSED);
                String why = stranger.isEmpty() ? limits.connections() + " connections already" : stranger;
                tell(Kind.REFUSED, name(channel), address.toString(), why);
                return false;
            }
            connected.put(channel, true);
            channel.closeFuture().addListener(closed -> connected.remove(channel));
            return true;
        }

        @Override
        public void onRefused(Channel channel, @Nullable TlsFault fault, String words) {
            LinkCounters counters = node.counters();
            if (fault == null) {
                counters.count(Count.ZMTP);
            } else {
                counters.count(fault);
            }
            tell(Kind.REFUSED, name(channel), address.toString(), words);
        }

        @Override
        public SessionContext context(Channel channel) {
            boolean isLocal = address instanceof LinkAddress.Unix;
            return new SessionContext(
                    node.name(),
                    node.site(),
                    false,
                    new PeerNames(node, channel, isLocal, null),
                    node.services(),
                    node.pulls(),
                    node.times(),
                    node.counters(),
                    new Life(channel),
                    node.errors(),
                    channel.eventLoop());
        }

        private String name(Channel channel) {
            return channel.remoteAddress() instanceof InetSocketAddress peer
                    ? peer.getAddress().getHostAddress()
                    : PeerNames.LOCAL;
        }

        /** One session's. */
        private final class Life implements SessionListener {
            private final Channel channel;

            Life(Channel channel) {
                this.channel = channel;
            }

            @Override
            public void onOpen(LinkSession session) {
                sessions.put(session, channel);
                tell(Kind.OPENED, session.peer(), name(channel), "");
            }

            @Override
            public void onClosed(LinkSession session, SessionEnd end) {
                boolean wasOpen = sessions.remove(session) != null;
                if (wasOpen) {
                    tell(Kind.CLOSED, session.peer(), name(channel), end.toString());
                } else if (end.kind() == SessionEnd.Kind.REJECTED || end.kind() == SessionEnd.Kind.ZMTP) {
                    tell(Kind.REFUSED, name(channel), address.toString(), end.toString());
                }
            }
        }
    }
}

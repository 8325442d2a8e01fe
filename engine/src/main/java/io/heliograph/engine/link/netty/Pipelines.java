// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.link.netty;

import io.heliograph.engine.link.session.LinkSession;
import io.heliograph.engine.link.session.SessionContext;
import io.heliograph.engine.link.session.TlsFault;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.handler.ssl.SslContext;
import java.net.SocketAddress;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.NanoClock;
import org.jspecify.annotations.Nullable;

/**
 * Opens sockets and puts a session behind each connection.
 *
 * <p><b>Thread:</b> any; not an event loop's, for {@link #listen} and {@link #listenUnix} wait for the socket.
 */
@SuppressWarnings("FutureReturnValueIgnored") // That a channel is closed is told to its handlers.
public final class Pipelines {
    private static final int BACKLOG = 256;
    private static final int CONNECT_MS = 2_000;
    private static final RecvByteBufAllocator RECEIVING = new AdaptiveRecvByteBufAllocator(512, 16 << 10, 256 << 10);

    private final EventLoopGroup loops;
    private final Sockets sockets;
    private final NanoClock clock;
    private final EpochNanoClock wall;

    /**
     * What a connection is carried by.
     *
     * @param tls gives the context for the next connection; null: plain.
     * @param helloNs within which the handshake is done.
     * @param tickNs between ticks of a session.
     * @param bufferOctets of a TCP socket's buffers; 0: as the system has it.
     */
    public record Carrier(@Nullable Supplier<SslContext> tls, long helloNs, long tickNs, int bufferOctets) {}

    /** Decides about connections. */
    public interface Visitors {
        /**
         * A connection is there.
         *
         * @param channel of it.
         * @return false: it is closed at once.
         */
        boolean onAccepted(Channel channel);

        /**
         * A peer is not let in, and its connection is closed.
         *
         * @param channel of it.
         * @param fault of its TLS; null: it speaks ZMTP.
         * @param words for people.
         */
        void onRefused(Channel channel, @Nullable TlsFault fault, String words);

        /**
         * What the session of a connection is born with.
         *
         * @param channel of it.
         * @return the context.
         */
        SessionContext context(Channel channel);
    }

    /**
     * Opens sockets on some loops.
     *
     * @param loops that run them.
     * @param sockets of this kind.
     * @param clock monotonic.
     * @param wall wall clock.
     */
    public Pipelines(EventLoopGroup loops, Sockets sockets, NanoClock clock, EpochNanoClock wall) {
        this.loops = loops;
        this.sockets = sockets;
        this.clock = clock;
        this.wall = wall;
    }

    /**
     * Listens at a TCP port.
     *
     * @param address to listen at.
     * @param acceptsPerSecond no more.
     * @param carrier of its connections.
     * @param visitors decides about them.
     * @return the socket, listening.
     * @throws io.netty.channel.ChannelException when it cannot.
     */
    public Channel listen(SocketAddress address, int acceptsPerSecond, Carrier carrier, Visitors visitors) {
        ServerBootstrap bootstrap = server(false, acceptsPerSecond, carrier, visitors)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_KEEPALIVE, true);
        if (carrier.bufferOctets() > 0) {
            // What is accepted inherits it; later would be too late, for the handshake says how far a window can grow.
            bootstrap
                    .option(ChannelOption.SO_RCVBUF, carrier.bufferOctets())
                    .childOption(ChannelOption.SO_SNDBUF, carrier.bufferOctets());
        }
        return bind(bootstrap, address);
    }

    /**
     * Listens at a Unix domain socket.
     *
     * @param path of its file, which must not exist.
     * @param acceptsPerSecond no more.
     * @param carrier of its connections.
     * @param visitors decides about them.
     * @return the socket, listening.
     * @throws io.netty.channel.ChannelException when it cannot.
     */
    public Channel listenUnix(Path path, int acceptsPerSecond, Carrier carrier, Visitors visitors) {
        return bind(server(true, acceptsPerSecond, carrier, visitors), sockets.unix(path));
    }

    /**
     * Connects to a TCP port.
     *
     * @param address of it.
     * @param carrier of the connection.
     * @param visitors decides about it.
     * @return done when connected, TLS still to come.
     */
    public ChannelFuture connect(SocketAddress address, Carrier carrier, Visitors visitors) {
        Bootstrap bootstrap = client(false, carrier, visitors)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_KEEPALIVE, true);
        if (carrier.bufferOctets() > 0) {
            bootstrap
                    .option(ChannelOption.SO_RCVBUF, carrier.bufferOctets())
                    .option(ChannelOption.SO_SNDBUF, carrier.bufferOctets());
        }
        return bootstrap.connect(address);
    }

    /**
     * Connects to a Unix domain socket.
     *
     * @param path of its file.
     * @param carrier of the connection.
     * @param visitors decides about it.
     * @return done when connected.
     */
    public ChannelFuture connectUnix(Path path, Carrier carrier, Visitors visitors) {
        return client(true, carrier, visitors).connect(sockets.unix(path));
    }

    private ServerBootstrap server(boolean isUnix, int acceptsPerSecond, Carrier carrier, Visitors visitors) {
        return new ServerBootstrap()
                .group(loops)
                .channel(sockets.serverChannel(isUnix))
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .handler(new Listening(new AcceptLimit(acceptsPerSecond, clock.nanoTime()), clock))
                .childOption(ChannelOption.RECVBUF_ALLOCATOR, RECEIVING)
                .childHandler(new Build(carrier, visitors, false));
    }

    private Bootstrap client(boolean isUnix, Carrier carrier, Visitors visitors) {
        return new Bootstrap()
                .group(loops)
                .channel(sockets.channel(isUnix))
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MS)
                .option(ChannelOption.RECVBUF_ALLOCATOR, RECEIVING)
                .handler(new Build(carrier, visitors, true));
    }

    private static Channel bind(ServerBootstrap bootstrap, SocketAddress address) {
        ChannelFuture bound = bootstrap.bind(address).awaitUninterruptibly();
        Throwable failure = bound.cause();
        if (failure != null) {
            throw new io.netty.channel.ChannelException(failure.getMessage(), failure);
        }
        return bound.channel();
    }

    /** Builds the pipeline of a connection. */
    private final class Build extends ChannelInitializer<Channel> {
        private final Carrier carrier;
        private final Visitors visitors;
        private final boolean isClient;

        Build(Carrier carrier, Visitors visitors, boolean isClient) {
            this.carrier = carrier;
            this.visitors = visitors;
            this.isClient = isClient;
        }

        @Override
        protected void initChannel(Channel channel) {
            Outflow outflow = new Outflow();
            channel.pipeline().addLast("outflow", outflow);
            SessionChannel session = new SessionChannel(
                    (on, output, nowNs, epochNs) -> new LinkSession(visitors.context(on), output, nowNs, epochNs),
                    outflow,
                    clock,
                    wall,
                    carrier.tickNs());
            Supplier<SslContext> tls = carrier.tls();
            if (tls == null) {
                channel.pipeline().addLast("plain", new PlainGate(session, visitors));
            } else {
                long handshakeMs = Math.max(1, carrier.helloNs() / 1_000_000);
                channel.pipeline()
                        .addLast("admission", new Admission(visitors))
                        .addLast(
                                "gate",
                                new TlsGate(
                                        tls.get(),
                                        isClient,
                                        handshakeMs,
                                        session,
                                        (fault, words) -> visitors.onRefused(channel, fault, words)));
            }
            channel.pipeline().addLast("session", session);
        }
    }

    /** Lets a connection in, or not. */
    private static class Admission extends ChannelInboundHandlerAdapter {
        private final Visitors visitors;

        Admission(Visitors visitors) {
            this.visitors = visitors;
        }

        @Override
        public void channelActive(ChannelHandlerContext context) {
            if (visitors.onAccepted(context.channel())) {
                context.pipeline().remove(this);
                context.fireChannelActive();
            } else {
                context.close();
            }
        }
    }

    /** Without TLS the session begins at once. */
    private static final class PlainGate extends ChannelInboundHandlerAdapter {
        private final SessionChannel session;
        private final Visitors visitors;

        PlainGate(SessionChannel session, Visitors visitors) {
            this.session = session;
            this.visitors = visitors;
        }

        @Override
        public void channelActive(ChannelHandlerContext context) {
            if (visitors.onAccepted(context.channel())) {
                context.pipeline().remove(this);
                session.open();
            } else {
                context.close();
            }
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.bench.link;

import io.heliograph.engine.link.netty.Sockets;
import io.heliograph.engine.link.tls.NodeCertificates;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Netty alone: a server that writes buffers of 64 KiB whenever the socket takes them, driven by {@code channelWritabilityChanged},
 * and a client that counts and throws away. The same sockets, buffers, marks and TLS contexts as a link's.
 *
 * <p><b>Thread:</b> one owner; the transfer runs on two of its own.
 */
@SuppressWarnings("FutureReturnValueIgnored") // What is closed is not used again.
public final class BareTransfer implements AutoCloseable {
    private static final int PAGE = 64 << 10;

    private final EventLoopGroup loops;
    private final Sockets sockets;
    private final @Nullable NodeCertificates certificates;
    private final Channel server;
    private final ByteBuf page = Unpooled.directBuffer(PAGE, PAGE).writeZero(PAGE);

    /**
     * A server that writes to whoever connects.
     *
     * @param sockets of this kind.
     * @param certificates of both ends; null: plain.
     */
    public BareTransfer(Sockets sockets, @Nullable NodeCertificates certificates) {
        this.sockets = sockets;
        this.certificates = certificates;
        this.loops = new MultiThreadIoEventLoopGroup(2, sockets.ioHandler());
        this.server = new ServerBootstrap()
                .group(loops)
                .channel(sockets.serverChannel(false))
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(256 << 10, 512 << 10))
                .childHandler(new Build(true, new TransferClock()))
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .syncUninterruptibly()
                .channel();
    }

    /**
     * Transfers over a new connection.
     *
     * @param forNs how long it is measured.
     * @param way to the server.
     * @return MB/s that arrived.
     */
    public double megabytesPerSecond(long forNs, Way way) {
        try (Way.Course course = way.to((InetSocketAddress) server.localAddress())) {
            return megabytesPerSecond(forNs, way.settleNs(), course.address());
        }
    }

    private double megabytesPerSecond(long forNs, long settleNs, InetSocketAddress address) {
        TransferClock clock = new TransferClock();
        Channel client = new Bootstrap()
                .group(loops)
                .channel(sockets.channel(false))
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.RECVBUF_ALLOCATOR, new AdaptiveRecvByteBufAllocator(512, 16 << 10, 256 << 10))
                .handler(new Build(false, clock))
                .connect(address)
                .syncUninterruptibly()
                .channel();
        double measured = clock.megabytesPerSecond(forNs, settleNs);
        client.close().syncUninterruptibly();
        return measured;
    }

    @Override
    public void close() {
        server.close().syncUninterruptibly();
        loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
        page.release();
    }

    private final class Build extends ChannelInitializer<Channel> {
        private final boolean isServer;
        private final TransferClock clock;

        Build(boolean isServer, TransferClock clock) {
            this.isServer = isServer;
            this.clock = clock;
        }

        @Override
        protected void initChannel(Channel channel) {
            NodeCertificates own = certificates;
            if (own != null) {
                channel.pipeline().addLast((isServer ? own.server() : own.client()).newHandler(channel.alloc()));
            }
            channel.pipeline().addLast(isServer ? new Writing(own == null) : new Counting(clock));
        }
    }

    private final class Writing extends ChannelInboundHandlerAdapter {
        private final boolean isAtOnce;

        Writing(boolean isAtOnce) {
            this.isAtOnce = isAtOnce;
        }

        @Override
        public void channelActive(ChannelHandlerContext context) {
            if (isAtOnce) {
                write(context);
            }
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event instanceof SslHandshakeCompletionEvent done && done.isSuccess()) {
                write(context);
            }
        }

        @Override
        public void channelWritabilityChanged(ChannelHandlerContext context) {
            write(context);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable closed) {
            context.close();
        }

        private void write(ChannelHandlerContext context) {
            while (context.channel().isWritable() && context.channel().isActive()) {
                context.writeAndFlush(page.retainedDuplicate());
            }
        }
    }

    private static final class Counting extends ChannelInboundHandlerAdapter {
        private final TransferClock clock;

        Counting(TransferClock clock) {
            this.clock = clock;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ByteBuf octets = (ByteBuf) message;
            clock.add(octets.readableBytes());
            octets.release();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable closed) {
            context.close();
        }
    }
}

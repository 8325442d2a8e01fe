// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.bench.link;

import io.heliograph.engine.link.netty.Sockets;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.agrona.concurrent.SystemNanoClock;

/**
 * Netty alone: packets sent at a rate by one thread, written by a loop, echoed by another loop, and timed when they are back. The
 * same sockets as a link's.
 *
 * <p><b>Thread:</b> one owner; the loops have two of their own.
 */
@SuppressWarnings("FutureReturnValueIgnored") // What is closed is not used again.
public final class BareEcho {
    private BareEcho() {}

    /**
     * Measures round trips.
     *
     * @param length of a packet, octets.
     * @param rate packets a second.
     * @param warmups that do not count.
     * @param count packets that do.
     * @return round trips, ns.
     */
    public static Histogram roundTrips(int length, int rate, int warmups, int count) {
        Histogram trips = new Histogram(TimeUnit.SECONDS.toNanos(10), 3);
        EventLoopGroup loops = new MultiThreadIoEventLoopGroup(2, Sockets.best().ioHandler());
        try {
            Channel server = new ServerBootstrap()
                    .group(loops)
                    .channel(Sockets.best().serverChannel(false))
                    .childOption(ChannelOption.TCP_NODELAY, true)
                    .childHandler(only(new Echoing()))
                    .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                    .syncUninterruptibly()
                    .channel();
            Timing timing = new Timing(trips, length, warmups);
            Channel client = new Bootstrap()
                    .group(loops)
                    .channel(Sockets.best().channel(false))
                    .option(ChannelOption.TCP_NODELAY, true)
                    .handler(only(timing))
                    .connect(server.localAddress())
                    .syncUninterruptibly()
                    .channel();
            Pace pace = new Pace(rate);
            for (int i = 0; i < warmups + count; i++) {
                pace.await();
                ByteBuf packet = client.alloc().directBuffer(length).writeLong(SystemNanoClock.INSTANCE.nanoTime());
                client.writeAndFlush(packet.writeZero(length - Long.BYTES), client.voidPromise());
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
            client.close().syncUninterruptibly();
            server.close().syncUninterruptibly();
        } finally {
            loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
        }
        return trips;
    }

    private static ChannelInitializer<Channel> only(ChannelInboundHandlerAdapter handler) {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                channel.pipeline().addLast(handler);
            }
        };
    }

    private static final class Echoing extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            context.writeAndFlush(message, context.voidPromise());
        }
    }

    private static final class Timing extends ChannelInboundHandlerAdapter {
        private final Histogram trips;
        private final int length;
        private final ByteBuf come = Unpooled.directBuffer();
        private int warmups;

        Timing(Histogram trips, int length, int warmups) {
            this.trips = trips;
            this.length = length;
            this.warmups = warmups;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            long nowNs = SystemNanoClock.INSTANCE.nanoTime();
            ByteBuf octets = (ByteBuf) message;
            come.writeBytes(octets);
            octets.release();
            while (come.readableBytes() >= length) {
                long sentNs = come.getLong(come.readerIndex());
                come.skipBytes(length);
                if (--warmups < 0) {
                    trips.recordValue(nowNs - sentNs);
                }
            }
            come.discardReadBytes();
        }
    }
}

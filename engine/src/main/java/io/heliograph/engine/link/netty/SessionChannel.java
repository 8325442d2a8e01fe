// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.link.netty;

import io.heliograph.engine.link.session.LinkOutput;
import io.heliograph.engine.link.session.LinkSession;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.ScheduledFuture;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A session on a socket: hands it what comes and the time, sends what it writes.
 *
 * <p>What is committed and not yet taken by the kernel is counted here, TLS or not; above {@value #HIGH} octets the session is
 * told to wait, and told to go on below {@value #LOW}. So a connection never holds more than that and one frame. At the end
 * what was committed goes out first, then the output is shut down and what still comes is thrown away, for {@value
 * #PATIENCE_MS} ms at most: a socket closed with octets unread would take the REJECT with it.
 *
 * <p><b>Thread:</b> the channel's event loop.
 *
 * <p><b>Allocation:</b> a pooled buffer a frame.
 */
@SuppressWarnings("FutureReturnValueIgnored") // That a channel is closed is told to its handlers.
public final class SessionChannel extends ChannelInboundHandlerAdapter implements LinkOutput {
    /** Octets from which on a session waits. */
    static final int HIGH = 512 << 10;

    /** Octets below which it goes on. */
    static final int LOW = 256 << 10;

    private static final long PATIENCE_MS = 1_000;

    private final SessionMaker maker;
    private final Outflow outflow;
    private final NanoClock clock;
    private final EpochNanoClock wall;
    private final long tickNs;
    private final UnsafeBuffer in = new UnsafeBuffer(0, 0);
    private final UnsafeBuffer out = new UnsafeBuffer(0, 0);
    private @Nullable ChannelHandlerContext context;
    private @Nullable LinkSession session;
    private @Nullable ScheduledFuture<?> ticking;
    private @Nullable ByteBuf claimed;
    private String why = "";
    private long pending;
    private boolean isWaiting;
    private boolean isReading;
    private boolean isFlushDue;
    private boolean isClosing;

    /** Makes the session of a channel, once the channel can carry it. */
    @FunctionalInterface
    public interface SessionMaker {
        /**
         * Makes a session.
         *
         * @param channel connected, and with TLS past its handshake.
         * @param output where the session's frames go.
         * @param nowNs monotonic.
         * @param epochNs wall clock, ns since the Unix epoch.
         * @return a session that has not started.
         */
        LinkSession make(Channel channel, LinkOutput output, long nowNs, long epochNs);
    }

    /**
     * A handler for one channel, the last of its pipeline. Whoever builds the pipeline calls {@link #open} when the session may
     * begin.
     *
     * @param maker makes the session.
     * @param outflow the first of the pipeline.
     * @param clock monotonic.
     * @param wall wall clock.
     * @param tickNs between ticks of the session.
     */
    SessionChannel(SessionMaker maker, Outflow outflow, NanoClock clock, EpochNanoClock wall, long tickNs) {
        this.maker = maker;
        this.outflow = outflow;
        this.clock = clock;
        this.wall = wall;
        this.tickNs = tickNs;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
    }

    /** The connection is there, and with TLS the handshake done. */
    void open() {
        ChannelHandlerContext to = context();
        LinkSession made = maker.make(to.channel(), this, clock.nanoTime(), wall.nanoTime());
        session = made;
        ticking = to.executor().scheduleWithFixedDelay(this::tick, tickNs, tickNs, TimeUnit.NANOSECONDS);
        made.start();
    }

    @Override
    public void channelRead(ChannelHandlerContext from, Object message) {
        try {
            LinkSession to = session;
            if (isClosing || to == null || !(message instanceof ByteBuf octets) || !octets.isReadable()) {
                return;
            }
            isReading = true;
            in.wrap(octets.nioBuffer(octets.readerIndex(), octets.readableBytes()));
            to.onOctets(in, 0, in.capacity(), clock.nanoTime(), wall.nanoTime());
        } finally {
            in.wrap(0, 0);
            ReferenceCountUtil.release(message);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext from) {
        isReading = false;
        flushDue();
    }

    @Override
    public void channelInactive(ChannelHandlerContext from) {
        ScheduledFuture<?> ticks = ticking;
        if (ticks != null) {
            ticks.cancel(false);
        }
        LinkSession over = session;
        if (over != null) {
            over.onDisconnected(why);
        }
        from.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext from, Throwable broken) {
        why = String.valueOf(broken.getMessage());
        from.close();
    }

    @Override
    public boolean isWritable() {
        boolean isRoom = !isClosing && pending < HIGH;
        isWaiting |= !isRoom;
        return isRoom;
    }

    @Override
    public MutableDirectBuffer claim(int length) {
        ByteBuf frame = context().alloc().directBuffer(length, length);
        claimed = frame;
        out.wrap(frame.nioBuffer(0, length));
        return out;
    }

    @Override
    public void commit() {
        ByteBuf frame = Objects.requireNonNull(claimed);
        claimed = null;
        int length = out.capacity();
        out.wrap(0, 0);
        frame.writerIndex(length);
        pending += length;
        context().write(frame).addListener(done -> onSent(length, done.isSuccess()));
    }

    @Override
    public void send(ByteBuffer frame, int length, Runnable done) {
        ByteBuf octets = Unpooled.wrappedBuffer(frame.duplicate().position(0).limit(length));
        pending += length;
        context().write(octets).addListener(sent -> {
            done.run();
            onSent(length, sent.isSuccess());
        });
    }

    @Override
    public void flush() {
        if (!isFlushDue) {
            isFlushDue = true;
            if (!isReading) {
                // Behind what others have for this thread already: what is sent in one go costs one system call.
                context().executor().execute(this::flushDue);
            }
        }
    }

    private void flushDue() {
        if (isFlushDue) {
            isFlushDue = false;
            context().flush();
        }
    }

    @Override
    public long waitingOctets() {
        return pending;
    }

    @Override
    public long sentOctets() {
        return outflow.octets(context().channel());
    }

    @Override
    public void close() {
        if (isClosing) {
            return;
        }
        isClosing = true;
        ChannelHandlerContext from = context();
        // TLS throws away what it has not been told to send.
        from.flush();
        SslHandler tls = from.pipeline().get(SslHandler.class);
        ChannelFuture last = tls == null ? from.writeAndFlush(Unpooled.EMPTY_BUFFER) : tls.closeOutbound();
        last.addListener(done -> {
            if (from.channel() instanceof DuplexChannel halves && halves.isActive()) {
                halves.shutdownOutput();
            }
        });
        from.executor().schedule(() -> from.channel().close(), PATIENCE_MS, TimeUnit.MILLISECONDS);
    }

    private void onSent(int length, boolean isTaken) {
        pending -= length;
        LinkSession to = session;
        if (isWaiting && isTaken && pending < LOW && to != null && !isClosing) {
            isWaiting = false;
            to.onWritable();
        }
    }

    private void tick() {
        LinkSession to = session;
        if (to != null) {
            to.onTick(clock.nanoTime(), wall.nanoTime());
        }
    }

    private ChannelHandlerContext context() {
        return Objects.requireNonNull(context);
    }
}

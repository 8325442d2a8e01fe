// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.link.netty;

import io.heliograph.engine.link.session.TlsFault;
import io.heliograph.engine.link.tls.TlsFaults;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Stands before TLS: looks at the first octet, so that a ZMTP peer is known as one, and says what was wrong with a handshake
 * that fails.
 *
 * <p><b>Thread:</b> the channel's event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // That a channel is closed is told to its handlers.
final class TlsGate extends ChannelInboundHandlerAdapter {
    private static final int ZMTP_GREETING = 0xFF;

    private final SslContext tls;
    private final boolean isClient;
    private final long handshakeMs;
    private final SessionChannel session;
    private final BiConsumer<@Nullable TlsFault, String> refused;
    private boolean isJudged;

    /**
     * A gate for one channel.
     *
     * @param tls for the handshake.
     * @param isClient whether this side opened the connection.
     * @param handshakeMs within which the handshake is done.
     * @param session begins behind the handshake.
     * @param refused told of a peer that does not come in: the fault, null for a ZMTP peer; and words.
     */
    TlsGate(
            SslContext tls,
            boolean isClient,
            long handshakeMs,
            SessionChannel session,
            BiConsumer<@Nullable TlsFault, String> refused) {
        this.tls = tls;
        this.isClient = isClient;
        this.handshakeMs = handshakeMs;
        this.session = session;
        this.refused = refused;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        SslHandler handler = tls.newHandler(context.alloc());
        handler.setHandshakeTimeout(handshakeMs, TimeUnit.MILLISECONDS);
        context.pipeline().addAfter(context.name(), "tls", handler);
        context.pipeline().addAfter("tls", "handshake", new Handshake());
        context.fireChannelActive();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (!isClient
                && message instanceof ByteBuf octets
                && octets.isReadable()
                && octets.getUnsignedByte(octets.readerIndex()) == ZMTP_GREETING) {
            ReferenceCountUtil.release(message);
            isJudged = true;
            refused.accept(null, "a ZMTP peer; links are no ZeroMQ sockets");
            context.close();
            return;
        }
        context.pipeline().remove(this);
        context.fireChannelRead(message);
    }

    /** Behind TLS: learns how the handshake ended. */
    private final class Handshake extends ChannelInboundHandlerAdapter {
        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
            if (event instanceof SslHandshakeCompletionEvent done && !isJudged) {
                isJudged = true;
                if (done.isSuccess()) {
                    context.pipeline().remove(this);
                    session.open();
                } else {
                    TlsFault fault = TlsFaults.of(done.cause());
                    refused.accept(fault, fault.words() + " (" + words(done.cause()) + ")");
                    context.close();
                }
                return;
            }
            super.userEventTriggered(context, event);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
            // The handshake's end says it; what comes behind it closes the connection.
            if (isJudged) {
                context.close();
            }
        }

        private String words(Throwable failure) {
            String message = String.valueOf(failure.getMessage());
            return message.length() > 200 ? message.substring(0, 200) : message;
        }
    }
}

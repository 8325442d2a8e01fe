// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.link.netty;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.NanoClock;

/**
 * On a socket that listens: accepts no faster than the limit. Above it the socket is left alone for a moment, and whoever comes
 * waits in the kernel's queue.
 *
 * <p><b>Thread:</b> the channel's event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // That a channel is closed is told to its handlers.
final class Listening extends ChannelInboundHandlerAdapter {
    private final AcceptLimit limit;
    private final NanoClock clock;

    Listening(AcceptLimit limit, NanoClock clock) {
        this.limit = limit;
        this.clock = clock;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object accepted) {
        long waitNs = limit.take(clock.nanoTime());
        if (waitNs > 0) {
            Channel listening = context.channel();
            listening.config().setAutoRead(false);
            // What was accepted already is served late rather than not at all.
            context.executor()
                    .schedule(
                            () -> {
                                channelRead(context, accepted);
                                listening.config().setAutoRead(true);
                            },
                            waitNs,
                            TimeUnit.NANOSECONDS);
            return;
        }
        context.fireChannelRead(accepted);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable failed) {
        // No file descriptors left, mostly: a second's pause, in which some may be given back.
        Channel listening = context.channel();
        listening.config().setAutoRead(false);
        context.executor().schedule(() -> listening.config().setAutoRead(true), 1, TimeUnit.SECONDS);
    }
}

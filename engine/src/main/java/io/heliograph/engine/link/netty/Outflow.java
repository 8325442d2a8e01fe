// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.link.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;

/**
 * Next to the socket: counts what the kernel has taken, to the octet, so that a peer that takes little is told from one that
 * takes nothing.
 *
 * <p><b>Thread:</b> the channel's event loop.
 */
final class Outflow extends ChannelOutboundHandlerAdapter {
    private long taken;

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
        if (message instanceof ByteBuf octets) {
            int length = octets.readableBytes();
            promise.unvoid().addListener(done -> taken += done.isSuccess() ? length : 0);
        }
        super.write(context, message, promise);
    }

    /** Octets, ever, those of a buffer that is taken in part among them. */
    long octets(Channel channel) {
        ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
        return taken + (buffer == null ? 0 : buffer.currentProgress());
    }
}

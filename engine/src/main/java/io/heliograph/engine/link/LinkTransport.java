// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.link;

import io.heliograph.engine.link.netty.Sockets;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * The threads that links run on: Netty's loops. A process needs one.
 *
 * <p><b>Thread:</b> any; {@link #close} not from a callback.
 */
public final class LinkTransport implements AutoCloseable {
    private final Sockets sockets;
    private final EventLoopGroup loops;

    private LinkTransport(Sockets sockets, int threads) {
        this.sockets = sockets;
        this.loops =
                new MultiThreadIoEventLoopGroup(threads, new DefaultThreadFactory("link", true), sockets.ioHandler());
    }

    /**
     * One thread, with the sockets that are best here.
     *
     * @return to be closed when all servers and clients on it are.
     */
    public static LinkTransport start() {
        return start(Sockets.best(), 1);
    }

    /**
     * Threads of one kind.
     *
     * @param sockets that they use.
     * @param threads 1 and up; a connection stays with one.
     * @return to be closed when all servers and clients on it are.
     */
    public static LinkTransport start(Sockets sockets, int threads) {
        return new LinkTransport(sockets, threads);
    }

    Sockets sockets() {
        return sockets;
    }

    EventLoopGroup loops() {
        return loops;
    }

    /** Ends the threads; connections that are still there break. Idempotent. */
    @Override
    public void close() {
        loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(3, TimeUnit.SECONDS);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.link.netty;

import io.netty.channel.Channel;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;

/**
 * Which sockets the loop uses: epoll's where the native library is there, else NIO's.
 *
 * <p><b>Thread:</b> immutable.
 */
public enum Sockets {
    /** Linux, with Netty's native library. */
    EPOLL,
    /** Anywhere. */
    NIO;

    /**
     * What is best here.
     *
     * @return epoll where it is there.
     */
    public static Sockets best() {
        return Epoll.isAvailable() ? EPOLL : NIO;
    }

    /**
     * What runs the loop.
     *
     * @return for an event loop group.
     */
    public IoHandlerFactory ioHandler() {
        return this == EPOLL ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
    }

    /**
     * The class of sockets that listen.
     *
     * @param isUnix whether it is a Unix domain socket.
     * @return for a bootstrap.
     */
    public Class<? extends ServerChannel> serverChannel(boolean isUnix) {
        if (this == EPOLL) {
            return isUnix ? EpollServerDomainSocketChannel.class : EpollServerSocketChannel.class;
        }
        return isUnix ? NioServerDomainSocketChannel.class : NioServerSocketChannel.class;
    }

    /**
     * The class of sockets that connect.
     *
     * @param isUnix whether it is a Unix domain socket.
     * @return for a bootstrap.
     */
    public Class<? extends Channel> channel(boolean isUnix) {
        if (this == EPOLL) {
            return isUnix ? EpollDomainSocketChannel.class : EpollSocketChannel.class;
        }
        return isUnix ? NioDomainSocketChannel.class : NioSocketChannel.class;
    }

    /**
     * The address of a Unix domain socket.
     *
     * @param path of its file.
     * @return in the form that its channel takes.
     */
    public SocketAddress unix(Path path) {
        return this == EPOLL ? new DomainSocketAddress(path.toFile()) : UnixDomainSocketAddress.of(path);
    }
}

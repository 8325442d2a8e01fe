// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.link;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/**
 * Where a node listens.
 *
 * <p><b>Thread:</b> immutable.
 */
public sealed interface LinkAddress {
    /**
     * A TCP port.
     *
     * @param socket address and port; port 0 takes any.
     */
    record Tcp(InetSocketAddress socket) implements LinkAddress {
        @Override
        public boolean isLoopback() {
            return socket.getAddress() != null && socket.getAddress().isLoopbackAddress();
        }

        @Override
        public String toString() {
            InetAddress address = socket.getAddress();
            return (address == null ? socket.getHostString() : address.getHostAddress()) + ":" + socket.getPort();
        }
    }

    /**
     * A Unix domain socket: processes of this host and this user.
     *
     * @param path of its file.
     */
    record Unix(Path path) implements LinkAddress {
        @Override
        public boolean isLoopback() {
            return true;
        }

        @Override
        public String toString() {
            return path.toString();
        }
    }

    /**
     * Whether what goes there cannot leave the machine.
     *
     * @return true for loopback addresses and Unix domain sockets.
     */
    boolean isLoopback();

    /**
     * A TCP port.
     *
     * @param address numeric.
     * @param port 0 takes any.
     * @return the address.
     */
    static LinkAddress tcp(String address, int port) {
        try {
            return new Tcp(new InetSocketAddress(InetAddress.getByName(address), port));
        } catch (UnknownHostException none) {
            throw new IllegalArgumentException("no address: " + address, none);
        }
    }

    /**
     * The Unix domain socket beside a host's driver directory, at which its engine listens for the processes of the host.
     *
     * @param directory of the driver, as its topology and host name it.
     * @return the directory's name with {@code .link} behind it; where a socket cannot have so long a name, a hash of it.
     */
    static LinkAddress beside(Path directory) {
        String path = directory.toAbsolutePath() + ".link";
        if (LocalSocket.isFit(Path.of(path))) {
            return new Unix(Path.of(path));
        }
        CRC32C crc = new CRC32C();
        crc.update(path.getBytes(StandardCharsets.UTF_8));
        return new Unix(directory.resolveSibling("heliograph-" + Long.toHexString(crc.getValue()) + ".link"));
    }

    /**
     * A Unix domain socket.
     *
     * @param path of its file.
     * @return the address.
     */
    static LinkAddress unix(Path path) {
        return new Unix(path);
    }
}

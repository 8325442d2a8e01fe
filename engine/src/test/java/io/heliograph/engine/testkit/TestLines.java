// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.testkit;

import io.heliograph.config.Line;
import io.heliograph.config.NicAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * Lines on loopback that no other run of the tests uses: the port is one that the system had free.
 *
 * <p><b>Thread:</b> any thread.
 */
public final class TestLines {
    /** The NIC of line A. */
    public static final NicAddress NIC_A = new NicAddress(address("127.0.0.1"), 8);

    /** The NIC of line B. */
    public static final NicAddress NIC_B = new NicAddress(address("127.0.0.2"), 8);

    private TestLines() {}

    /**
     * A line of its own.
     *
     * @param index 0 for line A.
     * @return a line in 239.20.254.0/24 on loopback.
     */
    public static Line line(int index) {
        int port = freePort();
        // The group varies with the port too: a socket hears every group that its host has joined on its port.
        int octet = 1 + 4 * (port % 60) + 2 * (index % 2);
        return new Line(
                index,
                Character.toString('A' + index),
                Character.toString('a' + index),
                address("239.20.254." + octet),
                address("239.20.254." + (octet + 1)),
                port);
    }

    private static int freePort() {
        try (DatagramSocket socket = new DatagramSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException none) {
            throw new UncheckedIOException(none);
        }
    }

    private static Inet4Address address(String text) {
        try {
            return (Inet4Address) InetAddress.getByName(text);
        } catch (UnknownHostException impossible) {
            throw new AssertionError(impossible);
        }
    }
}

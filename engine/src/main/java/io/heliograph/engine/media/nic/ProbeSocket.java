// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.media.nic;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import org.agrona.CloseHelper;
import org.jspecify.annotations.Nullable;

/**
 * Sends and receives probes on one NIC: one socket bound to the group, or by unicast to the NIC's address and the port of
 * probes, so that nothing else is heard, and one bound to the NIC's address, from which probes go. Closed while the kernel
 * says that the NIC is down and opened anew after that, and now and then while no peer is heard on it, which joins the group
 * again: a switch that watches joins keeps silent otherwise.
 *
 * <p><b>Thread:</b> one owner.
 *
 * <p><b>Allocation:</b> an address for each datagram received, sometimes.
 */
final class ProbeSocket implements AutoCloseable {
    private final ProbeRoute route;
    private final DatagramChannel in;
    private final DatagramChannel out;

    private ProbeSocket(ProbeRoute route, DatagramChannel in, DatagramChannel out) {
        this.route = route;
        this.in = in;
        this.out = out;
    }

    static ProbeSocket open(ProbeRoute route, NetworkInterface on) throws IOException {
        DatagramChannel in = DatagramChannel.open(StandardProtocolFamily.INET);
        DatagramChannel out = null;
        try {
            in.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            in.bind(route.hears());
            in.configureBlocking(false);
            if (route.isMulticast()) {
                in.join(route.hears().getAddress(), on);
            }
            out = DatagramChannel.open(StandardProtocolFamily.INET);
            out.setOption(StandardSocketOptions.IP_MULTICAST_IF, on);
            out.setOption(StandardSocketOptions.IP_MULTICAST_TTL, 1);
            out.bind(new InetSocketAddress(route.nic().address(), 0));
            out.configureBlocking(false);
            return new ProbeSocket(route, in, out);
        } catch (IOException | RuntimeException failed) {
            CloseHelper.quietCloseAll(in, out);
            throw failed;
        }
    }

    /**
     * Takes the next datagram.
     *
     * @param buffer cleared; holds it then.
     * @return who sent it; null when there is none.
     */
    @Nullable
    SocketAddress receive(ByteBuffer buffer) throws IOException {
        return in.receive(buffer);
    }

    /**
     * Sends what a buffer holds to all that are to have it; a full socket buffer drops it like the network would.
     *
     * @param buffer from its start to its limit.
     * @throws IOException when the system took it for nobody: one peer without a route speaks against no NIC.
     */
    void send(ByteBuffer buffer) throws IOException {
        IOException refused = null;
        boolean isSent = false;
        for (InetSocketAddress target : route.targets()) {
            try {
                out.send(buffer.rewind(), target);
                isSent = true;
            } catch (IOException refusedBySystem) {
                refused = refusedBySystem;
            }
        }
        if (refused != null && !isSent) {
            throw refused;
        }
    }

    @Override
    public void close() {
        CloseHelper.quietCloseAll(in, out);
    }
}

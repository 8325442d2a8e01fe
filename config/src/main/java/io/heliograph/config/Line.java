// SPDX-License-Identifier: Apache-2.0
package io.heliograph.config;

import java.net.Inet4Address;
import java.util.List;

/**
 * One way on which a stream's packets arrive in a site: a multicast group on one NIC, or where multicast is not to be had,
 * the port at which its sender is asked for them.
 *
 * <p><b>Thread:</b> immutable.
 *
 * @param index 0 for the first NIC of the bond, a second ingress's NICs counting on.
 * @param name A, B, and so on.
 * @param nic name of the NIC, on whatever host has it.
 * @param address where packets go.
 * @param senders names of the hosts that send on it: in the stream's own site its publishers, elsewhere one ingress.
 */
public record Line(int index, String name, String nic, LineAddress address, List<String> senders) {
    /** Copies the list. */
    public Line {
        senders = List.copyOf(senders);
    }

    /**
     * A line that no host is named for.
     *
     * @param index as above.
     * @param name as above.
     * @param nic as above.
     * @param address as above.
     */
    public Line(int index, String name, String nic, LineAddress address) {
        this(index, name, nic, address, List.of());
    }

    /**
     * A line by multicast that no host is named for.
     *
     * @param index 0 for the first NIC of the bond.
     * @param name A, B, and so on.
     * @param nic name of the NIC.
     * @param group that data is sent to; its last octet is odd.
     * @param control that receivers answer on, the next address.
     * @param port of both.
     */
    public Line(int index, String name, String nic, Inet4Address group, Inet4Address control, int port) {
        this(index, name, nic, new LineAddress.Multicast(group, control, port));
    }

    /**
     * Whether one datagram serves all subscribers.
     *
     * @return false for a line of a unicast NIC.
     */
    public boolean isMulticast() {
        return address instanceof LineAddress.Multicast;
    }

    /**
     * The group that data is sent to.
     *
     * @return of a line by multicast.
     * @throws IllegalStateException for any other.
     */
    public Inet4Address group() {
        return multicast().group();
    }

    /**
     * The group that receivers answer on.
     *
     * @return of a line by multicast.
     * @throws IllegalStateException for any other.
     */
    public Inet4Address control() {
        return multicast().control();
    }

    /**
     * The line's own UDP port.
     *
     * @return 20000 and up.
     */
    public int port() {
        return address.port();
    }

    private LineAddress.Multicast multicast() {
        if (address instanceof LineAddress.Multicast groups) {
            return groups;
        }
        throw new IllegalStateException("line " + name + " on NIC " + nic + " has no group: it is " + address.text());
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.heliograph.config;

import java.net.Inet4Address;

/**
 * One way on which a stream's packets arrive in its site: a multicast group on one NIC, or where multicast is not to be had,
 * the port at which its publisher is asked for them.
 *
 * <p><b>Thread:</b> immutable.
 *
 * @param index 0 for the first NIC of the bond.
 * @param name A, B, and so on.
 * @param nic name of the NIC, on whatever host has it.
 * @param address where packets go.
 */
public record Line(int index, String name, String nic, LineAddress address) {
    /**
     * A line by multicast.
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

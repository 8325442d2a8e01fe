// SPDX-License-Identifier: Apache-2.0
package io.heliograph.config.net;

/**
 * What of a NIC's MTU a line uses.
 *
 * <p>Aeron's MTU is the UDP payload and a multiple of 32. Of the NIC's MTU, 28 bytes go to the IP and UDP headers, and
 * 64 are left for VLAN tags and tunnels on the way, so that no packet is ever fragmented: 1500 - 28 - 64 = 1408. Above
 * that, 8192 is as much as pays.
 *
 * <p><b>Thread:</b> immutable.
 */
public final class LineMtu {
    /** The smallest MTU of a NIC: what every IPv4 host takes. */
    public static final int MIN_NIC_MTU = 576;

    /** The largest MTU of a NIC: the length field of IPv4. */
    public static final int MAX_NIC_MTU = 65535;

    private static final int IP_AND_UDP_LENGTH = 28;
    private static final int TUNNEL_LENGTH = 64;
    private static final int ALIGNMENT = 32;
    private static final int MAX_LINE_MTU = 8192;

    private LineMtu() {}

    /**
     * The MTU of a line.
     *
     * @param nicMtu bytes, 576 to 65535.
     * @return bytes, a multiple of 32, 480 to 8192.
     */
    public static int of(int nicMtu) {
        int room = nicMtu - IP_AND_UDP_LENGTH - TUNNEL_LENGTH;
        return Math.min(MAX_LINE_MTU, room / ALIGNMENT * ALIGNMENT);
    }
}

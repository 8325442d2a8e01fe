// SPDX-License-Identifier: Apache-2.0
package io.heliograph.config;

import io.heliograph.config.net.LineMtu;

/**
 * A network interface of a host.
 *
 * <p><b>Thread:</b> immutable.
 *
 * @param name by which bonds call it; the same on every host of the site.
 * @param address its own, with the subnet.
 * @param mtu the largest IP packet it takes, bytes: 1500, or 9000 where the network carries jumbo frames.
 * @param mode how lines cross it; unicast throughout a site without a range.
 * @param rateBps what it carries, bits per second; 0 when the topology doesn't say.
 */
public record Nic(String name, NicAddress address, int mtu, NicMode mode, long rateBps) {
    /**
     * The MTU of a line on this NIC in Aeron's sense: its own headers and the payload.
     *
     * @return bytes, a multiple of 32: 1408 for an MTU of 1500, 8192 for 9000.
     */
    public int lineMtu() {
        return LineMtu.of(mtu);
    }
}

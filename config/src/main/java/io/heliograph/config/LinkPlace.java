// SPDX-License-Identifier: Apache-2.0
package io.heliograph.config;

import java.net.Inet4Address;

/**
 * Where an engine accepts links.
 *
 * <p><b>Thread:</b> immutable.
 *
 * @param address of one of the host's NICs, or on loopback.
 * @param port 1 to 65,535.
 */
public record LinkPlace(Inet4Address address, int port) {
    @Override
    public String toString() {
        return address.getHostAddress() + ":" + port;
    }
}

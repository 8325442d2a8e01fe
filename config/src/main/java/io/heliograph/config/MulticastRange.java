// SPDX-License-Identifier: Apache-2.0
package io.heliograph.config;

import io.heliograph.config.net.Ipv4;
import io.heliograph.config.net.Places;
import io.heliograph.config.net.Subnet;
import java.net.Inet4Address;

/**
 * The multicast addresses of a site, from which each line takes a data group, a control group and a port.
 *
 * <p><b>Thread:</b> immutable.
 *
 * @param base the first address, aligned to the prefix.
 * @param prefixLength 16 to 30.
 */
public record MulticastRange(Inet4Address base, int prefixLength) {
    /**
     * The range divided into places.
     *
     * @return the formula for groups and ports.
     */
    public Places places() {
        return new Places(new Subnet(Ipv4.bits(base), prefixLength));
    }

    /** The form of the topology file: {@code 239.20.0.0/20}. */
    @Override
    public String toString() {
        return base.getHostAddress() + "/" + prefixLength;
    }
}

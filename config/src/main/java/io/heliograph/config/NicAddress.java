// SPDX-License-Identifier: Apache-2.0
package io.heliograph.config;

import io.heliograph.config.net.Ipv4;
import io.heliograph.config.net.Subnet;
import java.net.Inet4Address;

/**
 * A NIC's own address in its subnet; it also tells Aeron which interface a line uses.
 *
 * <p><b>Thread:</b> immutable.
 *
 * @param address the NIC's own.
 * @param prefixLength bits of the subnet's prefix, 1 to 32.
 */
public record NicAddress(Inet4Address address, int prefixLength) {
    /**
     * The subnet that the NIC is in.
     *
     * @return this address as numbers.
     */
    public Subnet subnet() {
        return new Subnet(Ipv4.bits(address), prefixLength);
    }

    /**
     * Whether the NIC never leaves its machine.
     *
     * @return true in 127.0.0.0/8.
     */
    public boolean isLoopback() {
        return address.isLoopbackAddress();
    }

    /** The form of the topology file and of Aeron's {@code interface=}: {@code 127.0.0.1/8}. */
    @Override
    public String toString() {
        return address.getHostAddress() + "/" + prefixLength;
    }
}

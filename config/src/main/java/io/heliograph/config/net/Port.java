// SPDX-License-Identifier: Apache-2.0
package io.heliograph.config.net;

/**
 * An IPv4 address with a port.
 *
 * <p><b>Thread:</b> immutable.
 *
 * @param address its 32 bits, the first octet highest.
 * @param port 1 to 65,535.
 */
public record Port(int address, int port) {
    private static final int LOOPBACK = 127;

    /**
     * Whether it is the machine's own.
     *
     * @return true for 127.0.0.0/8.
     */
    public boolean isLoopback() {
        return address >>> 24 == LOOPBACK;
    }

    @Override
    public String toString() {
        return Ipv4.format(address) + ":" + port;
    }
}

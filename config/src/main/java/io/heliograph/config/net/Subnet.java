// SPDX-License-Identifier: Apache-2.0
package io.heliograph.config.net;

/**
 * An address with the length of its network's prefix: what {@code 10.10.1.11/24} says of a NIC, and {@code
 * 239.20.0.0/20} of a range.
 *
 * <p><b>Thread:</b> immutable.
 *
 * @param address its first octet in the highest eight bits.
 * @param prefixLength bits of the network's part, 0 to 32.
 */
public record Subnet(int address, int prefixLength) {
    private static final int MULTICAST_PREFIX = 0xE;
    private static final int LOOPBACK_OCTET = 127;

    /** Checks the prefix. */
    public Subnet {
        if (prefixLength < 0 || prefixLength > Integer.SIZE) {
            throw new IllegalArgumentException("prefix length " + prefixLength + " is not in 0..32");
        }
    }

    /**
     * The network's part.
     *
     * @return one bits for the prefix, zeros below.
     */
    public int mask() {
        return prefixLength == 0 ? 0 : -1 << (Integer.SIZE - prefixLength);
    }

    /**
     * The first address of the network.
     *
     * @return the address with all host bits zero.
     */
    public int network() {
        return address & mask();
    }

    /**
     * The last address of the network.
     *
     * @return the address with all host bits one.
     */
    public int broadcast() {
        return address | ~mask();
    }

    /**
     * How many addresses the network holds.
     *
     * @return 1 to 2^32.
     */
    public long size() {
        return 1L << (Integer.SIZE - prefixLength);
    }

    /**
     * Whether the address has no host bits, so that the network begins with it.
     *
     * @return true for 239.20.0.0/20, false for 239.20.1.0/20.
     */
    public boolean isAligned() {
        return address == network();
    }

    /**
     * Whether an address and another share addresses.
     *
     * @param other another network.
     * @return true when one contains the other.
     */
    public boolean overlaps(Subnet other) {
        int mask = mask() & other.mask();
        return (address & mask) == (other.address & mask);
    }

    /**
     * Whether the address is a multicast group.
     *
     * @return true from 224.0.0.0 to 239.255.255.255.
     */
    public boolean isMulticast() {
        return address >>> (Integer.SIZE - 4) == MULTICAST_PREFIX;
    }

    /**
     * Whether the address never leaves its machine.
     *
     * @return true in 127.0.0.0/8.
     */
    public boolean isLoopback() {
        return address >>> (Integer.SIZE - Byte.SIZE) == LOOPBACK_OCTET;
    }

    @Override
    public String toString() {
        return Ipv4.format(address) + "/" + prefixLength;
    }
}

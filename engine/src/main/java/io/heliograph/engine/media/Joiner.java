// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.media;

import io.heliograph.config.NicAddress;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Who joins a stream, as far as the choice of one of its lines depends on that.
 *
 * <p><b>Thread:</b> immutable.
 *
 * @param random a number drawn for this subscription, any.
 * @param steady a number that the host has each time: the XOR of the octets of a NIC's MAC address, 0 to 255, or where there
 *     is none a hash of the NIC's IP address.
 * @param hasMac whether it is the MAC address.
 */
public record Joiner(long random, long steady, boolean hasMac) {
    /**
     * A subscription of this host.
     *
     * @param nic whose MAC address counts: the host's first one of the stream's bond.
     * @return a joiner with a random number of its own.
     */
    public static Joiner on(NicAddress nic) {
        byte[] mac = mac(nic.address());
        long random = ThreadLocalRandom.current().nextLong();
        return mac.length == 6
                ? new Joiner(random, xor(mac), true)
                : new Joiner(random, hash(nic.address().getAddress()), false);
    }

    /** A hash of an address, in which neighbouring addresses fall on different lines as often as not. */
    static long hash(byte[] address) {
        int hash = 0x811c9dc5;
        for (byte octet : address) {
            hash = (hash ^ (octet & 0xFF)) * 0x01000193;
        }
        return (hash ^ (hash >>> 15)) & 0xFFFF_FFFFL;
    }

    static int xor(byte[] mac) {
        int xor = 0;
        for (byte octet : mac) {
            xor ^= octet & 0xFF;
        }
        return xor;
    }

    /** None for loopback, a tunnel, or an address that no interface has at the moment. */
    private static byte[] mac(InetAddress address) {
        try {
            NetworkInterface nic = NetworkInterface.getByInetAddress(address);
            byte[] mac = nic == null ? null : nic.getHardwareAddress();
            return mac == null ? new byte[0] : mac;
        } catch (SocketException unreadable) {
            return new byte[0];
        }
    }
}

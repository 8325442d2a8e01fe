// SPDX-License-Identifier: Apache-2.0
package io.heliograph.config.net;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.OptionalInt;

/**
 * IPv4 addresses as 32-bit numbers, so that ranges and subnets are arithmetic and no name is ever looked up.
 *
 * <p><b>Thread:</b> immutable.
 */
public final class Ipv4 {
    private static final int OCTETS = 4;
    private static final int OCTET_MAX = 255;
    private static final int OCTET_DIGITS = 3;

    private Ipv4() {}

    /**
     * Reads four decimal octets; nothing shorter, no name, no leading zeros (which some tools take for octal).
     *
     * @param text such as {@code 10.10.1.11}.
     * @return the address, its first octet in the highest eight bits; empty when the text is none.
     */
    public static OptionalInt parse(String text) {
        String[] octets = text.split("\\.", -1);
        if (octets.length != OCTETS) {
            return OptionalInt.empty();
        }
        int bits = 0;
        for (String octet : octets) {
            int value = octet(octet);
            if (value < 0) {
                return OptionalInt.empty();
            }
            bits = (bits << Byte.SIZE) | value;
        }
        return OptionalInt.of(bits);
    }

    /**
     * The address in its usual form.
     *
     * @param bits the address, its first octet in the highest eight bits.
     * @return four decimal octets with dots.
     */
    public static String format(int bits) {
        return (bits >>> 24) + "." + ((bits >>> 16) & OCTET_MAX) + "." + ((bits >>> 8) & OCTET_MAX) + "."
                + (bits & OCTET_MAX);
    }

    /**
     * The address as the JDK's type.
     *
     * @param bits the address, its first octet in the highest eight bits.
     * @return the address, without a name.
     */
    public static Inet4Address address(int bits) {
        byte[] octets = {(byte) (bits >>> 24), (byte) (bits >>> 16), (byte) (bits >>> 8), (byte) bits};
        try {
            return (Inet4Address) InetAddress.getByAddress(octets);
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException("four octets are an address", impossible);
        }
    }

    /**
     * The address as a number.
     *
     * @param address any.
     * @return the address, its first octet in the highest eight bits.
     */
    public static int bits(Inet4Address address) {
        int bits = 0;
        for (byte octet : address.getAddress()) {
            bits = (bits << Byte.SIZE) | (octet & OCTET_MAX);
        }
        return bits;
    }

    private static int octet(String digits) {
        if (digits.isEmpty() || digits.length() > OCTET_DIGITS || (digits.length() > 1 && digits.charAt(0) == '0')) {
            return -1;
        }
        int value = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value <= OCTET_MAX ? value : -1;
    }
}

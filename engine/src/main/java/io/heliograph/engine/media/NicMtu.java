// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.media;

import io.heliograph.config.Nic;
import java.net.NetworkInterface;
import java.net.SocketException;
import org.jspecify.annotations.Nullable;

/**
 * Holds what the topology says of a NIC's MTU against what the NIC takes, before anything is sent: a datagram that is too
 * large would leave in fragments, and the loss of one of them is the loss of all.
 *
 * <p><b>Thread:</b> any thread.
 */
public final class NicMtu {
    private static final int IP_AND_UDP_LENGTH = 28;

    private NicMtu() {}

    /**
     * Judges a NIC of this machine.
     *
     * @param nic of this host.
     * @param lineMtu of the lines that cross it: Aeron's, bytes.
     * @return what is wrong and which is the largest value that fits, in one line; null where nothing is, or where no
     *     interface has the address at the moment (which the driver says when the line is opened).
     */
    public static @Nullable String problem(Nic nic, int lineMtu) {
        try {
            NetworkInterface found =
                    NetworkInterface.getByInetAddress(nic.address().address());
            return found == null ? null : problem(nic, lineMtu, found.getName(), found.getMTU());
        } catch (SocketException unreadable) {
            return null;
        }
    }

    static @Nullable String problem(Nic nic, int lineMtu, String interfaceName, int takes) {
        if (lineMtu + IP_AND_UDP_LENGTH <= takes) {
            return null;
        }
        return "NIC " + nic.name() + " (" + nic.address() + ", " + interfaceName + ") takes IP packets of " + takes
                + " bytes, and its lines send " + (lineMtu + IP_AND_UDP_LENGTH)
                + ": write mtu=\"" + takes + "\" in the topology, the largest value that fits, or raise the MTU of "
                + interfaceName;
    }
}

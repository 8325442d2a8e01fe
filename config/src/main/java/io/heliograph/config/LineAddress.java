// SPDX-License-Identifier: Apache-2.0
package io.heliograph.config;

import java.net.Inet4Address;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Where a line's packets go: to a group, or to each subscriber by itself.
 *
 * <p><b>Thread:</b> immutable.
 */
public sealed interface LineAddress {
    /**
     * The line's own UDP port, of data and of what receivers answer.
     *
     * @return 20000 and up.
     */
    int port();

    /**
     * For people: the group or the publisher's address, and the port.
     *
     * @return such as {@code 239.20.14.151:21867}, or {@code unicast 10.9.0.1:21868}.
     */
    String text();

    /**
     * One datagram for everybody.
     *
     * @param group that data is sent to; its last octet is odd.
     * @param control that receivers answer on, the next address.
     * @param port of both.
     */
    record Multicast(Inet4Address group, Inet4Address control, int port) implements LineAddress {
        @Override
        public String text() {
            return group.getHostAddress() + ":" + port;
        }
    }

    /**
     * One datagram for each subscriber, who asks for it at the publisher's control port (Aeron's multi-destination-cast).
     *
     * @param controls addresses of the hosts that send on the line, on its NIC, in the order of {@code senders}.
     * @param port that a publisher sends from and hears its subscribers on; theirs the system chooses.
     */
    record Unicast(List<Inet4Address> controls, int port) implements LineAddress {
        /** Copies the list. */
        public Unicast {
            controls = List.copyOf(controls);
        }

        @Override
        public String text() {
            return "unicast "
                    + controls.stream()
                            .map(control -> control.getHostAddress() + ":" + port)
                            .collect(Collectors.joining(" "));
        }
    }
}

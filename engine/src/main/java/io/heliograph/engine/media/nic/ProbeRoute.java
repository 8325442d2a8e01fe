// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.media.nic;

import io.heliograph.config.NicAddress;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * Where the probes of one NIC are heard and where they are sent.
 *
 * <p><b>Thread:</b> immutable.
 *
 * @param nic its address, from which they go.
 * @param hears a group to join, or the NIC's own address.
 * @param targets the group, or every peer.
 * @param isMulticast which of both.
 */
record ProbeRoute(NicAddress nic, InetSocketAddress hears, List<InetSocketAddress> targets, boolean isMulticast) {
    static ProbeRoute multicast(NicAddress nic, InetSocketAddress group) {
        return new ProbeRoute(nic, group, List.of(group), true);
    }

    static ProbeRoute unicast(NicAddress nic, InetSocketAddress own, List<InetSocketAddress> peers) {
        return new ProbeRoute(nic, own, List.copyOf(peers), false);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.heliograph.config;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One datacentre or subnet inside which multicast reaches everybody.
 *
 * <p><b>Thread:</b> immutable.
 *
 * @param name unique in the topology.
 * @param multicast the range its lines take groups from; null when it has none, and then no stream.
 * @param hosts its machines.
 * @param bonds its named sets of NICs.
 */
public record Site(String name, @Nullable MulticastRange multicast, List<Host> hosts, List<Bond> bonds) {
    /** Copies the lists. */
    public Site {
        hosts = List.copyOf(hosts);
        bonds = List.copyOf(bonds);
    }

    /**
     * A host of this site.
     *
     * @param hostName as in the topology.
     * @return the host; empty when the site has none of that name.
     */
    public Optional<Host> host(String hostName) {
        return hosts.stream().filter(host -> host.name().equals(hostName)).findFirst();
    }

    /**
     * A bond of this site.
     *
     * @param bondName as in the topology.
     * @return the bond; empty when the site has none of that name.
     */
    public Optional<Bond> bond(String bondName) {
        return bonds.stream().filter(bond -> bond.name().equals(bondName)).findFirst();
    }
}

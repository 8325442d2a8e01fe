// SPDX-License-Identifier: Apache-2.0
package io.heliograph.config;

import io.heliograph.config.net.Places;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One datacentre or subnet inside which multicast, or its substitute, reaches everybody.
 *
 * <p><b>Thread:</b> immutable.
 *
 * @param name unique in the topology.
 * @param multicast the range its lines take groups from; null when it has none, and then it is unicast throughout.
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
     * The places that the lines of this site's streams take: of its range, or where it has none, ports alone.
     *
     * @return the formula.
     */
    public Places places() {
        MulticastRange range = multicast;
        return range == null ? Places.WITHOUT_RANGE : range.places();
    }

    /**
     * How lines cross the NICs of a name.
     *
     * @param nicName as bonds call them.
     * @return the same for all hosts; a topology that was read from a file has it so.
     */
    public NicMode mode(String nicName) {
        return hosts.stream()
                .flatMap(host -> host.nic(nicName).stream())
                .map(Nic::mode)
                .findFirst()
                .orElse(multicast == null ? NicMode.UNICAST : NicMode.MULTICAST);
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

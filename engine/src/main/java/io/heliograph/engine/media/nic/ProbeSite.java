// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.media.nic;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.heliograph.config.HostPlace;
import io.heliograph.config.MulticastRange;
import io.heliograph.config.Nic;
import io.heliograph.config.NicMode;
import io.heliograph.config.net.Ipv4;
import io.heliograph.config.net.Places;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * What all probes of a site share, by the topology alone: by multicast they go to the first address of the site's range, by
 * unicast to each peer; the port is the one below the first stream's, so no line ever has either.
 *
 * <p><b>Thread:</b> immutable.
 *
 * @param topology CRC-32C of its name.
 * @param range of the site; null where it has none, and then every NIC is unicast.
 * @param peers of the host.
 */
record ProbeSite(int topology, @Nullable MulticastRange range, ProbePeers peers) {
    /** The UDP port of probes. */
    static final int PORT = Places.FIRST_PORT - 1;

    /** A host without peers sends none. */
    static Optional<ProbeSite> of(String topologyName, HostPlace place) {
        ProbePeers peers = ProbePeers.of(place);
        if (peers.count() == 0) {
            return Optional.empty();
        }
        CRC32C check = new CRC32C();
        check.update(topologyName.getBytes(UTF_8));
        return Optional.of(new ProbeSite((int) check.getValue(), place.site().multicast(), peers));
    }

    /** Where the probes of a NIC are heard and sent, given its place among the host's. */
    ProbeRoute route(Nic nic, int index) {
        MulticastRange groups = range;
        if (groups != null && nic.mode() == NicMode.MULTICAST) {
            return ProbeRoute.multicast(nic.address(), new InetSocketAddress(groups.base(), PORT));
        }
        int own = Ipv4.bits(nic.address().address());
        List<InetSocketAddress> others = peers.onNic(index).peers().stream()
                .filter(peer -> peer.address() != own)
                .map(peer -> new InetSocketAddress(Ipv4.address(peer.address()), PORT))
                .toList();
        return ProbeRoute.unicast(
                nic.address(), new InetSocketAddress(nic.address().address(), PORT), others);
    }
}

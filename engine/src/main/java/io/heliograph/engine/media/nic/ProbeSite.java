// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.media.nic;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.heliograph.config.HostPlace;
import io.heliograph.config.MulticastRange;
import io.heliograph.config.net.Places;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * What all probes of a site share, by the topology alone: the group is the first address of the site's range and the port
 * the one below the first stream's, so no line ever has either.
 *
 * <p><b>Thread:</b> immutable.
 *
 * @param topology CRC-32C of its name.
 * @param group to send to and to join on every NIC.
 * @param peers of the host.
 */
record ProbeSite(int topology, InetSocketAddress group, ProbePeers peers) {
    /** The UDP port of probes. */
    static final int PORT = Places.FIRST_PORT - 1;

    /** A host without peers, or in a site without a range, sends none. */
    static Optional<ProbeSite> of(String topologyName, HostPlace place) {
        MulticastRange range = place.site().multicast();
        ProbePeers peers = ProbePeers.of(place);
        if (range == null || peers.count() == 0) {
            return Optional.empty();
        }
        CRC32C check = new CRC32C();
        check.update(topologyName.getBytes(UTF_8));
        return Optional.of(new ProbeSite((int) check.getValue(), new InetSocketAddress(range.base(), PORT), peers));
    }
}

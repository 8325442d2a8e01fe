// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.link;

import io.heliograph.config.BridgePath;
import io.heliograph.config.Topology;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How large the socket buffers of a node's links are, where the topology says it: what is on its way in a round trip has to fit.
 *
 * <p>A socket that listens has its buffer before anybody connects, for a window beyond 64 KiB is agreed on in the handshake (RFC 7323);
 * so all that it accepts have the largest that one of them needs. Memory is taken as it is filled.
 *
 * <p><b>Thread:</b> immutable.
 *
 * @param listening octets, of connections that are accepted; 0: as the system has it.
 * @param calling octets by the name of the peer that is called; those that are missing as the system has it.
 */
public record LinkBuffers(int listening, Map<String, Integer> calling) {
    /** All as the system has it. */
    public static final LinkBuffers NONE = new LinkBuffers(BridgePath.SYSTEM_BUFFER, Map.of());

    /** Copies the map. */
    public LinkBuffers {
        calling = Map.copyOf(calling);
    }

    /**
     * What a topology says of a host's.
     *
     * @param topology that was checked.
     * @param host its name.
     * @return of its links.
     */
    public static LinkBuffers of(Topology topology, String host) {
        List<BridgePath> paths = topology.bridges().stream()
                .flatMap(bridge -> bridge.paths().stream())
                .toList();
        int listening = paths.stream()
                .filter(path -> path.listener().equals(host))
                .mapToInt(BridgePath::bufferOctets)
                .max()
                .orElse(BridgePath.SYSTEM_BUFFER);
        Map<String, Integer> calling = new HashMap<>();
        paths.stream()
                .filter(path -> path.opener().equals(host))
                .forEach(path -> calling.merge(path.listener(), path.bufferOctets(), Math::max));
        return new LinkBuffers(listening, calling);
    }

    /** Octets for a connection to a peer; 0: as the system has it. */
    int to(String peer) {
        return calling.getOrDefault(peer, BridgePath.SYSTEM_BUFFER);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.media.nic;

import io.heliograph.config.Host;
import io.heliograph.config.HostPlace;
import io.heliograph.config.net.Ipv4;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Who the peers of a host are on each of its NICs: the other hosts of its site with a NIC of the same name, by the
 * topology's addresses.
 *
 * <p><b>Thread:</b> immutable.
 */
final class ProbePeers {
    private final List<String> names;
    private final List<OnNic> nics;

    private ProbePeers(List<String> names, List<OnNic> nics) {
        this.names = names;
        this.nics = nics;
    }

    /** Addresses and who has them, by ascending address (unsigned). */
    record OnNic(List<Peer> peers) {
        /** Who has an address; -1 when nobody. */
        int peerOf(int address) {
            int low = 0;
            int high = peers.size() - 1;
            while (low <= high) {
                int middle = (low + high) >>> 1;
                int order = Integer.compareUnsigned(peers.get(middle).address(), address);
                if (order == 0) {
                    return peers.get(middle).index();
                }
                low = order < 0 ? middle + 1 : low;
                high = order < 0 ? high : middle - 1;
            }
            return -1;
        }
    }

    /** One of the other hosts and its address on a NIC. */
    record Peer(int address, int index) {}

    static ProbePeers of(HostPlace place) {
        List<Host> others = place.site().hosts().stream()
                .filter(host -> !host.name().equals(place.host().name()))
                .toList();
        List<OnNic> nics = place.host().nics().stream()
                .map(nic -> new OnNic(on(nic.name(), others)))
                .toList();
        return new ProbePeers(others.stream().map(Host::name).toList(), nics);
    }

    OnNic onNic(int nic) {
        return nics.get(nic);
    }

    int count() {
        return names.size();
    }

    String name(int peer) {
        return names.get(peer);
    }

    /** By NIC and peer, for a {@link PathBoard}. */
    boolean[][] presence() {
        boolean[][] isThere = new boolean[nics.size()][names.size()];
        for (int nic = 0; nic < isThere.length; nic++) {
            for (Peer peer : nics.get(nic).peers()) {
                isThere[nic][peer.index()] = true;
            }
        }
        return isThere;
    }

    private static List<Peer> on(String nic, List<Host> others) {
        List<Peer> peers = new ArrayList<>();
        for (int i = 0; i < others.size(); i++) {
            int index = i;
            Optional<Peer> peer = others.get(i)
                    .nic(nic)
                    .map(found -> new Peer(Ipv4.bits(found.address().address()), index));
            peer.ifPresent(peers::add);
        }
        peers.sort(Comparator.comparingInt(peer -> peer.address() ^ Integer.MIN_VALUE));
        return List.copyOf(peers);
    }
}

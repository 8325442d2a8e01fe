// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.monitor;

import io.heliograph.config.DriverMode;
import io.heliograph.config.HostPlace;
import io.heliograph.config.Line;
import io.heliograph.config.Lines;
import io.heliograph.config.Nic;
import io.heliograph.config.Profile;
import io.heliograph.config.Stream;
import io.heliograph.config.Topology;
import java.net.Inet4Address;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a machine is wanted for, as far as its checks care: one host of a topology.
 *
 * <p><b>Thread:</b> immutable.
 *
 * @param driver where the host's media driver runs.
 * @param profile what its threads are tuned for.
 * @param nics the host's, and what has to cross them.
 * @param publishedLines lines that a program of this host may publish on: one buffer each.
 * @param heardLines lines that a program of this host may join: one buffer each.
 * @param paths of bridges that begin or end on this host.
 */
public record HostUse(
        DriverMode driver,
        Profile profile,
        List<NicUse> nics,
        int publishedLines,
        int heardLines,
        List<PathUse> paths) {
    /** Bytes before the payload of a UDP datagram. */
    private static final int IP_AND_UDP_LENGTH = 28;

    /** Copies the lists. */
    public HostUse {
        nics = List.copyOf(nics);
        paths = List.copyOf(paths);
    }

    /**
     * A NIC of the topology on this machine.
     *
     * @param nic as the topology has it.
     * @param device the system's name for what has its address; empty where nothing has.
     * @param packetLength the largest IP packet that a line sends on it, bytes, IP header included.
     * @param stream whose packets are that long; empty where no stream uses the NIC.
     */
    public record NicUse(Nic nic, Optional<String> device, int packetLength, String stream) {
        String label() {
            return "NIC " + nic.name() + device.map(name -> " (" + name + ")").orElse("");
        }
    }

    /**
     * A bridge's path that begins or ends on this machine.
     *
     * @param title the hosts at its ends.
     * @param isEnd whether it ends here: what it carries is received, and sent at its other end.
     * @param bufferOctets that its sockets are to have; 0: as the system has it.
     * @param rateBps the most that it sends; 0: no limit.
     */
    public record PathUse(String title, boolean isEnd, int bufferOctets, long rateBps) {}

    /**
     * What a topology wants of one of its hosts.
     *
     * @param topology checked.
     * @param place the host in it.
     * @param devices the system's name for what has an address; empty for an address that nothing has.
     * @return its NICs and lines.
     */
    public static HostUse of(Topology topology, HostPlace place, Function<Inet4Address, Optional<String>> devices) {
        List<Stream> streams = topology.streamsIn(place.site().name());
        List<NicUse> nics = place.host().nics().stream()
                .map(nic -> use(
                        topology,
                        place,
                        streams,
                        nic,
                        devices.apply(nic.address().address())))
                .toList();
        int heard = Lines.owners(streams).stream()
                .mapToInt(stream -> lines(topology, place, stream).size())
                .sum();
        int published = Math.toIntExact(Lines.owners(streams).stream()
                .flatMap(stream -> lines(topology, place, stream).stream())
                .filter(line -> line.senders().contains(place.host().name()))
                .count());
        return new HostUse(
                place.host().engine().driver(),
                place.host().engine().profile(),
                nics,
                published,
                heard,
                paths(topology, place.host().name()));
    }

    private static List<PathUse> paths(Topology topology, String host) {
        return topology.bridges().stream()
                .flatMap(bridge -> bridge.paths().stream()
                        .filter(path -> path.from().equals(host) || path.to().equals(host))
                        .map(path -> new PathUse(
                                path.from() + " to " + path.to(),
                                path.to().equals(host),
                                path.bufferOctets(),
                                bridge.rateBps())))
                .toList();
    }

    boolean isLoopbackOnly() {
        return nics.stream().allMatch(use -> use.nic().address().isLoopback());
    }

    private static NicUse use(
            Topology topology, HostPlace place, List<Stream> streams, Nic nic, Optional<String> device) {
        String site = place.site().name();
        Optional<Stream> largest = streams.stream()
                .filter(stream -> lines(topology, place, stream).stream()
                        .anyMatch(line -> line.nic().equals(nic.name())))
                .max(Comparator.comparingInt(stream -> Lines.mtu(topology, stream, site)));
        int lineMtu = largest.map(stream -> Lines.mtu(topology, stream, site)).orElse(nic.lineMtu());
        return new NicUse(
                nic,
                device,
                lineMtu + IP_AND_UDP_LENGTH,
                largest.map(Stream::name).orElse(""));
    }

    /** The stream's lines in the host's site whose NICs the host has. */
    private static List<Line> lines(Topology topology, HostPlace place, Stream stream) {
        return Lines.of(topology, stream, place.site().name()).stream()
                .filter(line -> place.host().nic(line.nic()).isPresent())
                .toList();
    }
}

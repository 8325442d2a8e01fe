// SPDX-License-Identifier: Apache-2.0
package io.heliograph.config;

import io.heliograph.config.net.Ipv4;
import io.heliograph.config.net.Places;
import java.net.Inet4Address;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Where a stream's lines are: computed from the topology alone, so that all hosts agree without a word.
 *
 * <p><b>Thread:</b> immutable.
 */
public final class Lines {
    private Lines() {}

    /**
     * The lines of a stream in its own site, one for each NIC of its bond. Which of them carry packets, and which a
     * subscriber joins, its {@link LinePolicy} says; only those whose NICs the host has can be joined.
     *
     * @param topology that the stream belongs to.
     * @param stream of it.
     * @return line A, line B and so on, in the bond's order.
     * @throws IllegalArgumentException when the stream names a site or bond that the topology hasn't: a topology that
     *     was read from a file has both.
     */
    public static List<Line> of(Topology topology, Stream stream) {
        return of(topology, stream, stream.site());
    }

    /**
     * The lines of a stream in a site: in its own those of its bond; in any other for each bridge that leads it there, in the
     * order of the file, and each ingress of that, one for each NIC of the bridge's bond. A host that is an ingress of two
     * bridges has one line on a NIC.
     *
     * @param topology that the stream belongs to.
     * @param stream of it.
     * @param siteName of any site.
     * @return line A, line B and so on; none in a site that the stream does not reach.
     * @throws IllegalArgumentException when the stream or a bridge names a site or bond that the topology hasn't.
     */
    public static List<Line> of(Topology topology, Stream stream, String siteName) {
        Site site = site(topology, siteName, stream);
        List<Line> lines = new ArrayList<>();
        for (Way way : ways(topology, stream, site)) {
            int index = lines.size();
            LineAddress address = address(site, way, place(site, stream, index));
            lines.add(new Line(index, name(index), way.nic(), address, way.senders()));
        }
        return List.copyOf(lines);
    }

    /**
     * Which NICs a stream is sent on in a site, and which of its lines a subscriber joins there.
     *
     * @param topology that the stream belongs to.
     * @param stream of it.
     * @param siteName of a site that it reaches.
     * @return the stream's policy in its own site, elsewhere that of the bridges that lead it there, which is one.
     * @throws IllegalArgumentException when no bridge leads it there.
     */
    public static LinePolicy policy(Topology topology, Stream stream, String siteName) {
        return stream.site().equals(siteName)
                ? stream.lines()
                : topology.bridgesInto(siteName, stream).stream()
                        .map(Bridge::lines)
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException(
                                "no bridge leads stream " + stream.name() + " to site " + siteName));
    }

    /**
     * Where a line is in its site's range.
     *
     * @param site that the stream reaches.
     * @param stream whose line.
     * @param index of the line, 0 for A.
     * @return 0 to the number of places - 1.
     */
    public static int place(Site site, Stream stream, int index) {
        Places places = site.places();
        return stream.groups() == Stream.BY_ID
                ? places.place(stream.linesId(), index)
                : places.behind(stream.groups(), index);
    }

    /**
     * One stream for each set of lines: those that have lines of their own, and the first of each carrier.
     *
     * @param streams of a topology.
     * @return in their order.
     */
    public static List<Stream> owners(List<Stream> streams) {
        Set<String> carriers = new HashSet<>();
        return streams.stream()
                .filter(stream -> stream.carrier() == null || carriers.add(stream.carrier()))
                .toList();
    }

    /**
     * The MTU that all lines of a stream share in its own site: a packet is built once and has to fit each of them, on every
     * host.
     *
     * @param topology that the stream belongs to.
     * @param stream of it.
     * @return Aeron's MTU in bytes, a multiple of 32: 1408 where every NIC has an MTU of 1500.
     */
    public static int mtu(Topology topology, Stream stream) {
        return mtu(topology, stream, stream.site());
    }

    /**
     * The MTU that all lines of a stream share in a site.
     *
     * @param topology that the stream belongs to.
     * @param stream of it.
     * @param siteName of a site that it reaches.
     * @return Aeron's MTU in bytes, a multiple of 32.
     * @throws IllegalArgumentException when it has no line there.
     */
    public static int mtu(Topology topology, Stream stream, String siteName) {
        Site site = site(topology, siteName, stream);
        List<String> nics =
                ways(topology, stream, site).stream().map(Way::nic).distinct().toList();
        return site.hosts().stream()
                .flatMap(host -> host.nics().stream())
                .filter(nic -> nics.contains(nic.name()))
                .mapToInt(Nic::lineMtu)
                .min()
                .orElseThrow(() -> new IllegalArgumentException(
                        "no host of site " + siteName + " has a NIC that stream " + stream.name() + " goes over"));
    }

    /**
     * What a line is called.
     *
     * @param index 0 and up.
     * @return A for 0, B for 1 and so on.
     */
    public static String name(int index) {
        return Character.toString('A' + index);
    }

    /** A line without its place: the NIC, and who sends on it. */
    private record Way(String nic, List<String> senders) {}

    private static List<Way> ways(Topology topology, Stream stream, Site site) {
        if (site.name().equals(stream.site())) {
            return bond(site, stream.bond()).nics().stream()
                    .map(nic -> new Way(nic, stream.publishers()))
                    .toList();
        }
        return topology.bridgesInto(site.name(), stream).stream()
                .flatMap(bridge -> bridge.ingresses().stream()
                        .flatMap(ingress ->
                                bond(site, bridge.bond()).nics().stream().map(nic -> new Way(nic, List.of(ingress)))))
                .distinct()
                .toList();
    }

    private static LineAddress address(Site site, Way way, int place) {
        Places places = site.places();
        if (site.mode(way.nic()) == NicMode.UNICAST) {
            return new LineAddress.Unicast(controls(site, way), places.port(place));
        }
        return new LineAddress.Multicast(
                Ipv4.address(places.dataGroup(place)), Ipv4.address(places.controlGroup(place)), places.port(place));
    }

    /** Hosts that share a machine's loopback have one address between them. */
    private static List<Inet4Address> controls(Site site, Way way) {
        return way.senders().stream()
                .flatMap(sender -> site.host(sender).stream())
                .flatMap(host -> host.nic(way.nic()).stream())
                .map(found -> found.address().address())
                .distinct()
                .toList();
    }

    private static Site site(Topology topology, String siteName, Stream stream) {
        return topology.site(siteName)
                .orElseThrow(() -> new IllegalArgumentException("no site " + siteName + " for " + stream.name()));
    }

    private static Bond bond(Site site, String bondName) {
        return site.bond(bondName)
                .orElseThrow(() -> new IllegalArgumentException("no bond " + bondName + " in " + site.name()));
    }
}

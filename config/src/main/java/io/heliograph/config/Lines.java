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
        Site site = site(topology, stream);
        List<Line> lines = new ArrayList<>();
        for (String nic : bond(site, stream).nics()) {
            int index = lines.size();
            int place = place(site, stream, index);
            lines.add(new Line(index, name(index), nic, address(site, stream, nic, place)));
        }
        return List.copyOf(lines);
    }

    /**
     * Where a line is in its site's range.
     *
     * @param site of the stream.
     * @param stream of that site.
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
     * The MTU that all lines of a stream share: a packet is built once and has to fit each of them, on every host.
     *
     * @param topology that the stream belongs to.
     * @param stream of it.
     * @return Aeron's MTU in bytes, a multiple of 32: 1408 where every NIC has an MTU of 1500.
     */
    public static int mtu(Topology topology, Stream stream) {
        Site site = site(topology, stream);
        List<String> nics = bond(site, stream).nics();
        return site.hosts().stream()
                .flatMap(host -> host.nics().stream())
                .filter(nic -> nics.contains(nic.name()))
                .mapToInt(Nic::lineMtu)
                .min()
                .orElseThrow(() -> new IllegalArgumentException("no host has a NIC of bond " + stream.bond()));
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

    private static LineAddress address(Site site, Stream stream, String nic, int place) {
        Places places = site.places();
        if (site.mode(nic) == NicMode.UNICAST) {
            return new LineAddress.Unicast(controls(site, stream, nic), places.port(place));
        }
        return new LineAddress.Multicast(
                Ipv4.address(places.dataGroup(place)), Ipv4.address(places.controlGroup(place)), places.port(place));
    }

    /** Hosts that share a machine's loopback have one address between them. */
    private static List<Inet4Address> controls(Site site, Stream stream, String nic) {
        return stream.publishers().stream()
                .flatMap(publisher -> site.host(publisher).stream())
                .flatMap(host -> host.nic(nic).stream())
                .map(found -> found.address().address())
                .distinct()
                .toList();
    }

    private static Site site(Topology topology, Stream stream) {
        return topology.site(stream.site())
                .orElseThrow(() -> new IllegalArgumentException("no site " + stream.site() + " for " + stream.name()));
    }

    private static Bond bond(Site site, Stream stream) {
        return site.bond(stream.bond())
                .orElseThrow(() -> new IllegalArgumentException("no bond " + stream.bond() + " in " + site.name()));
    }
}

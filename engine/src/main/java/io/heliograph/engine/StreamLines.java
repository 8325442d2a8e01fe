// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine;

import io.heliograph.config.Bridge;
import io.heliograph.config.HostPlace;
import io.heliograph.config.Line;
import io.heliograph.config.LineJoin;
import io.heliograph.config.LinePolicy;
import io.heliograph.config.Lines;
import io.heliograph.config.Nic;
import io.heliograph.config.NicAddress;
import io.heliograph.config.Repair;
import io.heliograph.config.Stream;
import io.heliograph.config.Topology;
import io.heliograph.engine.base.LineKey;
import io.heliograph.engine.media.ChannelSettings;
import io.heliograph.engine.media.Channels;
import io.heliograph.engine.media.Joiner;
import io.heliograph.engine.media.LineChannel;
import io.heliograph.engine.media.LineChoice;
import io.heliograph.engine.media.LineHealth;
import io.heliograph.engine.media.LineJoins;
import io.heliograph.engine.media.LineOpening;
import io.heliograph.engine.media.NicMtu;
import io.heliograph.engine.media.population.LeastPopulatedLine;
import java.net.InetAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.agrona.DirectBuffer;

/**
 * A stream's lines as a host has them, in its site: those of its NICs, and where they lead. In another site than the stream's own
 * they are those of the bridges that lead it there, whose ingresses send on them.
 *
 * <p><b>Thread:</b> immutable.
 *
 * @param topology of all.
 * @param place the host.
 * @param stream whose lines.
 * @param policy of the lines in the host's site: the stream's, or that of the bridges.
 * @param here its lines whose NICs the host has, one at least.
 */
record StreamLines(Topology topology, HostPlace place, Stream stream, LinePolicy policy, List<Line> here) {
    static StreamLines of(Topology topology, HostPlace place, Stream stream) {
        String site = place.site().name();
        List<Line> all = Lines.of(topology, stream, site);
        if (all.isEmpty()) {
            throw new HeliographException("stream " + stream.name() + " does not come to site " + site + ", where host "
                    + place.host().name() + " is: it is in "
                    + String.join(", ", topology.sitesOf(stream)) + "; let a <bridge> lead it there");
        }
        List<Line> here = all.stream()
                .filter(line -> place.host().nic(line.nic()).isPresent())
                .toList();
        if (here.isEmpty()) {
            throw new HeliographException("host " + place.host().name() + " has no NIC of bond "
                    + bond(topology, stream, site) + ", over which stream " + stream.name() + " goes");
        }
        int mtu = Lines.mtu(topology, stream, site);
        String tooSmall = here.stream()
                .map(line -> NicMtu.problem(place.host().nic(line.nic()).orElseThrow(), mtu))
                .filter(Objects::nonNull)
                .collect(Collectors.joining("; "));
        if (!tooSmall.isEmpty()) {
            throw new HeliographException("stream " + stream.name() + ": " + tooSmall);
        }
        return new StreamLines(topology, place, stream, Lines.policy(topology, stream, site), here);
    }

    private static String bond(Topology topology, Stream stream, String site) {
        return stream.site().equals(site)
                ? stream.bond()
                : topology.bridgesInto(site, stream).stream()
                        .map(Bridge::bond)
                        .distinct()
                        .collect(Collectors.joining(" or "));
    }

    /**
     * Those of them that this host sends on: of a publisher all, of an ingress its own ones.
     *
     * @throws HeliographException when it sends on none.
     */
    StreamLines sent() {
        List<Line> own = here.stream()
                .filter(line -> line.senders().contains(place.host().name()))
                .toList();
        if (own.isEmpty()) {
            throw new HeliographException("host " + place.host().name() + " sends nothing of stream " + stream.name()
                    + " in site " + place.site().name());
        }
        return new StreamLines(topology, place, stream, policy, own);
    }

    /** What Aeron is told of the lines of the host's site. */
    ChannelSettings settings() {
        return ChannelSettings.of(topology, stream, place.site().name());
    }

    /** The stream's policy, over all its lines. */
    LineChoice choice() {
        return LineChoice.of(
                stream, policy, Lines.of(topology, stream, place.site().name()));
    }

    /** The stream's policy, over the lines that the host has: what it sends on is the same, since it is chosen among these. */
    LineChoice choiceHere() {
        return LineChoice.of(stream, policy, here);
    }

    /** The lines that the host has, as a set. */
    long present() {
        return here.stream().mapToLong(line -> LineChoice.bit(line.index())).sum();
    }

    /** Those of the host's lines that are in a set, in order. */
    List<Line> of(long mask) {
        return here.stream().filter(line -> LineChoice.has(mask, line.index())).toList();
    }

    /** This host, to whom the MAC address of its first NIC of the bond is its own. */
    Joiner joiner() {
        return Joiner.on(nic(here.get(0)));
    }

    /** Whether the MAC address decides which line is joined: with a single line nothing does. */
    boolean isJoinedByMac() {
        return policy == LinePolicy.SPREAD && stream.join() == LineJoin.MAC_XOR && here.size() > 1;
    }

    /** Whether subscribers decide which line is joined: with a single line nothing does. */
    boolean isJoinedByPopulation() {
        return policy == LinePolicy.SPREAD && stream.join() == LineJoin.LEAST_POPULATED && here.size() > 1;
    }

    /** What joining any line looks like where subscribers should decide and nobody counts them, for people. */
    String withoutPopulation(Line joined) {
        return "nobody states how many subscribers the lines of stream " + stream.name() + " have (no engine of host "
                + place.host().name() + " on this media driver, or one that has just started): it joins line "
                + joined.name() + ", drawn at random";
    }

    /** Keys of the counters in which a subscription says which line it has chosen; none where nobody counts that. */
    List<DirectBuffer> choiceKeys() {
        int host = LineKey.host(topology.name(), place.host().name());
        return isJoinedByPopulation()
                ? here.stream()
                        .map(line -> LineKey.of(stream.id(), line.index(), host))
                        .toList()
                : List.of();
    }

    /** What joining by address in place of the MAC address looks like, for people. */
    String withoutMac(Line joined) {
        return "NIC " + here.get(0).nic() + " (" + nic(here.get(0)) + ") has no MAC address: stream " + stream.name()
                + " joins line " + joined.name() + " by a hash of its address";
    }

    LineOpening opening(Line line) {
        return new LineOpening("line " + line.name() + " of " + stream.linesOwner() + " on NIC " + line.nic() + " ("
                + nic(line) + ")");
    }

    String uriOut(Line line, ChannelSettings settings) {
        return Channels.publication(line, nic(line), settings);
    }

    LineChannel channelIn(Line line, ChannelSettings settings, SubscriptionOptions.Nak nak) {
        boolean isReliable = isReliable(nak, line.equals(here.get(here.size() - 1)));
        String uri = Channels.subscription(line, nic(line), settings, isReliable);
        return new LineChannel(uri, stream.linesId(), isReliable, sources(line), opening(line));
    }

    /** The line as the host's own driver may send it: of this host's publications any. */
    LineChannel spy(Line line, ChannelSettings settings) {
        LineOpening opening =
                new LineOpening("line " + line.name() + " of " + stream.linesOwner() + " from this host's driver");
        return new LineChannel(Channels.spy(line, nic(line), settings), stream.linesId(), false, Set.of(), opening);
    }

    /** Those of the lines that nobody but this host sends on, by their places: what its driver sends there is all there is. */
    long sentHereOnly() {
        List<String> alone = List.of(place.host().name());
        long mask = 0;
        for (int i = 0; i < here.size(); i++) {
            mask |= here.get(i).senders().equals(alone) ? LineChoice.bit(i) : 0;
        }
        return mask;
    }

    /** Ids of all streams on the lines; none where they are this one's alone. */
    List<Integer> carried() {
        return stream.carrier() == null
                ? List.of()
                : topology.sharing(stream).stream().map(Stream::id).toList();
    }

    /** Which of the lines a subscription joins, of which only one is needed; by their places in the host's list. */
    LineJoins joins(Joiner joiner, LineHealth health) {
        LineChoice choice = choice();
        long present = present();
        if (policy != LinePolicy.SPREAD) {
            return LineJoins.ALL;
        }
        if (isJoinedByPopulation()) {
            return new LeastPopulatedLine(health, here.size(), joiner.random());
        }
        return usable -> inPlace(choice.joins(present, inTopology(usable), joiner));
    }

    /** The same lines by their places in the topology. */
    private long inTopology(long places) {
        long mask = 0;
        for (int i = 0; i < here.size(); i++) {
            mask |= LineChoice.has(places, i) ? LineChoice.bit(here.get(i).index()) : 0;
        }
        return mask;
    }

    private long inPlace(long mask) {
        long places = 0;
        for (int i = 0; i < here.size(); i++) {
            places |= LineChoice.has(mask, here.get(i).index()) ? LineChoice.bit(i) : 0;
        }
        return places;
    }

    private boolean isReliable(SubscriptionOptions.Nak nak, boolean isLast) {
        return switch (nak) {
            case ALL -> true;
            case NONE -> false;
            case DESIGN -> stream.repair() == Repair.NAK && (policy != LinePolicy.REDUNDANT || isLast);
        };
    }

    private Set<InetAddress> sources(Line line) {
        Set<InetAddress> addresses = new HashSet<>();
        for (String sender : line.senders()) {
            topology.host(sender)
                    .flatMap(found -> found.host().nic(line.nic()))
                    .ifPresent(nic -> addresses.add(nic.address().address()));
        }
        return addresses;
    }

    private NicAddress nic(Line line) {
        return place.host().nic(line.nic()).map(Nic::address).orElseThrow();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.heliograph.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A deployment: the same file on every host, so that all of them compute the same groups, ports and roles.
 *
 * <p><b>Thread:</b> immutable.
 *
 * @param name names directories and log lines.
 * @param sites at least one.
 * @param streams what is distributed.
 * @param bridges what leads streams to other sites.
 * @param security which links are TLS.
 * @param allows what nodes may do over links; without any, every host of the topology may do all.
 */
public record Topology(
        String name,
        List<Site> sites,
        List<Stream> streams,
        List<Bridge> bridges,
        LinkSecurity security,
        List<Allow> allows) {
    /** Copies the lists. */
    public Topology {
        sites = List.copyOf(sites);
        streams = List.copyOf(streams);
        bridges = List.copyOf(bridges);
        allows = List.copyOf(allows);
    }

    /**
     * A topology that says nothing of bridges and links.
     *
     * @param name names directories and log lines.
     * @param sites at least one.
     * @param streams what is distributed.
     */
    public Topology(String name, List<Site> sites, List<Stream> streams) {
        this(name, sites, streams, List.of(), LinkSecurity.AUTO, List.of());
    }

    /**
     * A site.
     *
     * @param siteName as in the file.
     * @return the site; empty when there is none of that name.
     */
    public Optional<Site> site(String siteName) {
        return sites.stream().filter(site -> site.name().equals(siteName)).findFirst();
    }

    /**
     * A stream.
     *
     * @param streamName as in the file.
     * @return the stream; empty when there is none of that name.
     */
    public Optional<Stream> stream(String streamName) {
        return streams.stream()
                .filter(stream -> stream.name().equals(streamName))
                .findFirst();
    }

    /**
     * The partitions of a feed.
     *
     * @param feed its name as in the file; or a stream's, or one partition's.
     * @return in order; one where it is not split; none when there is no such name.
     */
    public List<Stream> partitions(String feed) {
        return streams.stream()
                .filter(stream -> stream.name().equals(feed) || stream.feed().equals(feed))
                .toList();
    }

    /**
     * The streams that share a carrier's lines.
     *
     * @param carrier its name.
     * @return in order; none when no stream has it.
     */
    public List<Stream> carried(String carrier) {
        return streams.stream()
                .filter(stream -> carrier.equals(stream.carrier()))
                .toList();
    }

    /**
     * The streams that share a stream's lines, itself among them.
     *
     * @param stream of this topology.
     * @return those of its carrier, in order; of one that has lines of its own itself.
     */
    public List<Stream> sharing(Stream stream) {
        String carrier = stream.carrier();
        return carrier == null ? List.of(stream) : carried(carrier);
    }

    /**
     * The bridges that lead a stream into a site.
     *
     * @param siteName of the site.
     * @param stream of this topology.
     * @return in the order of the file; none in the stream's own site, nor where it does not come.
     */
    public List<Bridge> bridgesInto(String siteName, Stream stream) {
        return bridges.stream()
                .filter(bridge -> bridge.to().equals(siteName) && bridge.carries(stream))
                .toList();
    }

    /**
     * The bridges that lead a stream out of a site.
     *
     * @param siteName of the site.
     * @param stream of this topology.
     * @return in the order of the file.
     */
    public List<Bridge> bridgesOutOf(String siteName, Stream stream) {
        return bridges.stream()
                .filter(bridge -> bridge.from().equals(siteName) && bridge.carries(stream))
                .toList();
    }

    /**
     * The sites that a stream reaches.
     *
     * @param stream of this topology.
     * @return names: its own first, then all that bridges lead it to, through any number of sites, the nearest first.
     */
    public List<String> sitesOf(Stream stream) {
        List<String> reached = new ArrayList<>(List.of(stream.site()));
        for (int i = 0; i < reached.size(); i++) {
            bridgesOutOf(reached.get(i), stream).stream()
                    .map(Bridge::to)
                    .filter(to -> !reached.contains(to))
                    .distinct()
                    .forEach(reached::add);
        }
        return List.copyOf(reached);
    }

    /**
     * The streams that are in a site.
     *
     * @param siteName of the site.
     * @return those that come from there and those that bridges lead there, in order.
     */
    public List<Stream> streamsIn(String siteName) {
        return streams.stream()
                .filter(stream -> stream.site().equals(siteName)
                        || (!bridges.isEmpty() && sitesOf(stream).contains(siteName)))
                .toList();
    }

    /**
     * A host, in whatever site it is.
     *
     * @param hostName as in the file; unique over all sites.
     * @return the host with its site; empty when there is none of that name.
     */
    public Optional<HostPlace> host(String hostName) {
        return sites.stream()
                .flatMap(site -> site.host(hostName).map(host -> new HostPlace(site, host)).stream())
                .findFirst();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine;

import io.heliograph.config.Stream;
import io.heliograph.config.Topology;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Streams and feeds by the names that a program gives, or what is wrong with those.
 *
 * <p><b>Thread:</b> static functions; any thread.
 */
final class NamedStreams {
    private NamedStreams() {}

    /** A stream: a partition is one, a feed of several is none. */
    static Stream one(Topology topology, String name) {
        List<Stream> partitions = topology.partitions(name);
        if (partitions.size() > 1) {
            throw new HeliographException("stream " + name + " has partitions: name one, "
                    + partitions.get(0).name() + " to "
                    + partitions.get(partitions.size() - 1).name()
                    + ", or take all with PartitionedPublication or PartitionedSubscription");
        }
        return partitions(topology, name).get(0);
    }

    /** Streams of a carrier, in the order in which they are asked for: all of them where none is named. */
    static List<Stream> carried(Topology topology, String carrier, List<String> names) {
        List<Stream> all = topology.carried(carrier);
        if (all.isEmpty()) {
            String known = topology.streams().stream()
                    .map(Stream::carrier)
                    .filter(Objects::nonNull)
                    .distinct()
                    .collect(Collectors.joining(", "));
            throw new HeliographException("topology " + topology.name() + " has no carrier " + carrier
                    + (known.isEmpty() ? ", nor any other" : "; it has " + known));
        }
        return names.isEmpty()
                ? all
                : names.stream().distinct().map(name -> of(all, carrier, name)).toList();
    }

    private static Stream of(List<Stream> carried, String carrier, String name) {
        return carried.stream()
                .filter(stream -> stream.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new HeliographException("carrier " + carrier + " has no stream " + name + "; it has "
                        + carried.stream().map(Stream::name).collect(Collectors.joining(", "))));
    }

    /** At least one. */
    static List<Stream> partitions(Topology topology, String feed) {
        List<Stream> partitions = topology.partitions(feed);
        if (partitions.isEmpty()) {
            throw new HeliographException("topology " + topology.name() + " has no stream " + feed + "; it has "
                    + String.join(
                            ", ", topology.streams().stream().map(Stream::name).toList()));
        }
        return partitions;
    }
}

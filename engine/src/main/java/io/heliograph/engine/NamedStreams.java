// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine;

import io.heliograph.config.Stream;
import io.heliograph.config.Topology;
import java.util.List;

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

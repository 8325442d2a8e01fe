// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine;

import io.heliograph.config.HostPlace;
import io.heliograph.config.Stream;
import io.heliograph.config.Topology;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The journals of a stream that a host's subscription can ask.
 *
 * <p><b>Thread:</b> immutable.
 *
 * @param own the directory of this host's journals; null: it keeps none of the stream.
 * @param site hosts of this one's site that keep one and can be reached.
 * @param origin hosts of other sites that do, those of the stream's own first.
 */
record JournalPlaces(@Nullable Path own, List<String> site, List<String> origin) {
    /** Nobody. */
    static final JournalPlaces NONE = new JournalPlaces(null, List.of(), List.of());

    /** As the topology says, unless the options say otherwise. */
    static JournalPlaces of(Topology topology, HostPlace place, Stream stream, SubscriptionOptions options) {
        if (!options.isRepaired()) {
            return NONE;
        }
        if (options.journals() != null) {
            return new JournalPlaces(options.journals(), List.of(), List.of());
        }
        String here = place.host().name();
        String kept = place.host().engine().journal();
        boolean isKept = kept != null
                && !options.isJournal()
                && stream.journaling().hosts().contains(here);
        // The publisher's host first: only it can send once more, on the lines, what many ask for. Of other sites the
        // stream's own.
        List<String> others = stream.journaling().hosts().stream()
                .filter(host -> !host.equals(here) && isReachable(topology, host))
                .sorted(Comparator.<String, Boolean>comparing(
                                host -> !stream.publishers().contains(host))
                        .thenComparing(host -> !isIn(topology, stream.site(), host)))
                .toList();
        return new JournalPlaces(
                isKept ? Path.of(kept) : null,
                others.stream().filter(host -> isHere(place, host)).toList(),
                others.stream().filter(host -> !isHere(place, host)).toList());
    }

    boolean isNone() {
        return own == null && site.isEmpty() && origin.isEmpty();
    }

    private static boolean isReachable(Topology topology, String host) {
        return topology.host(host)
                .filter(found -> !found.host().engine().links().isEmpty())
                .isPresent();
    }

    private static boolean isIn(Topology topology, String site, String host) {
        return topology.host(host)
                .filter(found -> found.site().name().equals(site))
                .isPresent();
    }

    private static boolean isHere(HostPlace place, String host) {
        return place.site().host(host).isPresent();
    }
}

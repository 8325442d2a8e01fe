// SPDX-License-Identifier: Apache-2.0
package io.heliograph.config.rules;

import io.heliograph.config.document.Element;
import io.heliograph.config.settings.Elements;
import io.heliograph.config.settings.Patterns;
import io.heliograph.config.settings.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds where bridges lead streams, by what the file calls them, whatever else is wrong with it.
 *
 * <p><b>Thread:</b> immutable.
 */
final class Bridges {
    private static final int MOST_NAMED = 3;

    private Bridges() {}

    static List<Element> of(Element topology) {
        return topology.children(Elements.BRIDGE);
    }

    static List<Element> paths(Element bridge) {
        return bridge.children(Elements.PATH);
    }

    static String title(Element bridge) {
        return "the bridge from " + bridge.value(Settings.BRIDGE_FROM).orElse("?") + " to "
                + bridge.value(Settings.BRIDGE_TO).orElse("?");
    }

    /** The streams of the file that one of the bridge's patterns fits. */
    static List<Element> carried(Element topology, Element bridge) {
        return Find.streams(topology).stream()
                .filter(stream -> carries(bridge, stream))
                .toList();
    }

    static boolean carries(Element bridge, Element stream) {
        List<String> patterns = bridge.value(Settings.BRIDGE_STREAMS).orElse(List.of());
        Optional<String> name = stream.value(Settings.STREAM_NAME);
        return name.isPresent() && patterns.stream().anyMatch(pattern -> Patterns.fits(pattern, name.get()));
    }

    /** The bridges that lead a stream into a site other than its own. */
    static List<Element> into(Element topology, Element site, Element stream) {
        Optional<String> name = site.value(Settings.SITE_NAME);
        return name.isEmpty() || stream.value(Settings.STREAM_SITE).equals(name)
                ? List.of()
                : of(topology).stream()
                        .filter(bridge -> bridge.value(Settings.BRIDGE_TO).equals(name) && carries(bridge, stream))
                        .toList();
    }

    /** Names of the sites that a stream reaches, its own first, the nearest before those behind them. */
    static List<String> sitesOf(Element topology, Element stream) {
        List<String> reached =
                new ArrayList<>(stream.value(Settings.STREAM_SITE).map(List::of).orElse(List.of()));
        for (int i = 0; i < reached.size(); i++) {
            for (Element bridge : outOf(topology, reached.get(i), stream)) {
                bridge.value(Settings.BRIDGE_TO)
                        .filter(to -> !reached.contains(to))
                        .ifPresent(reached::add);
            }
        }
        return reached;
    }

    static List<Element> outOf(Element topology, String site, Element stream) {
        return of(topology).stream()
                .filter(bridge ->
                        bridge.value(Settings.BRIDGE_FROM).equals(Optional.of(site)) && carries(bridge, stream))
                .toList();
    }

    /** The streams that are in a site: its own, and those that bridges lead there. */
    static List<Element> streamsIn(Element topology, Element site) {
        if (of(topology).isEmpty()) {
            return Find.streamsOf(topology, site);
        }
        Optional<String> name = site.value(Settings.SITE_NAME);
        return Find.streams(topology).stream()
                .filter(stream -> name.isPresent() && sitesOf(topology, stream).contains(name.get()))
                .toList();
    }

    /** A line as far as its place goes: who sends on it, where one host alone does, and over which NIC. */
    record Way(Optional<String> ingress, String nic) {}

    /** The lines of a stream in a site, in their order; none where it does not come. */
    static List<Way> ways(Element topology, Element site, Element stream) {
        if (stream.value(Settings.STREAM_SITE).equals(site.value(Settings.SITE_NAME))) {
            return Find.bondNics(site, stream).stream()
                    .map(nic -> new Way(Optional.empty(), nic))
                    .toList();
        }
        return into(topology, site, stream).stream()
                .flatMap(bridge -> ingresses(bridge).stream()
                        .flatMap(ingress ->
                                bondNics(site, bridge).stream().map(nic -> new Way(Optional.of(ingress), nic))))
                .distinct()
                .toList();
    }

    /** The hosts that send a bridge's streams in the site that it leads to. */
    static List<String> ingresses(Element bridge) {
        return paths(bridge).stream()
                .flatMap(path -> path.value(Settings.PATH_TO).stream())
                .distinct()
                .toList();
    }

    /** The NICs of a bridge's bond, by name; none when the file names no bond that the site has. */
    static List<String> bondNics(Element site, Element bridge) {
        return bridge.value(Settings.BRIDGE_BOND)
                .flatMap(bond -> Find.named(Find.bonds(site), Settings.BOND_NAME, bond))
                .flatMap(bond -> bond.value(Settings.BOND_NICS))
                .orElse(List.of());
    }

    /** Whether the file has both of its sites, and they are two: where not, what follows from that is no mistake of its own. */
    static boolean isBetweenSites(Element topology, Element bridge) {
        List<String> known = Find.names(Find.sites(topology), Settings.SITE_NAME);
        Optional<String> from = bridge.value(Settings.BRIDGE_FROM).filter(known::contains);
        Optional<String> to = bridge.value(Settings.BRIDGE_TO).filter(known::contains);
        return from.isPresent() && to.isPresent() && !from.equals(to);
    }

    /** The site that a bridge leads to; empty when the file has none of that name. */
    static Optional<Element> destination(Element topology, Element bridge) {
        return bridge.value(Settings.BRIDGE_TO)
                .flatMap(name -> Find.named(Find.sites(topology), Settings.SITE_NAME, name));
    }

    /** A host of whatever site. */
    static Optional<Element> host(Element topology, String name) {
        return Find.sites(topology).stream()
                .flatMap(site -> Find.named(Find.hosts(site), Settings.HOST_NAME, name).stream())
                .findFirst();
    }

    /** What a message calls several streams: the first few by name. */
    static String names(List<Element> streams) {
        List<String> names = Find.names(streams, Settings.STREAM_NAME);
        int more = names.size() - MOST_NAMED;
        String some = String.join(", ", names.subList(0, Math.min(MOST_NAMED, names.size())));
        return (names.size() == 1 ? "stream " : "streams ") + some + (more > 0 ? " and " + more + " more" : "");
    }
}

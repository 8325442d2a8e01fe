// SPDX-License-Identifier: Apache-2.0
package io.heliograph.config.rules;

import io.heliograph.config.document.Element;
import io.heliograph.config.document.Problems;
import io.heliograph.config.settings.Patterns;
import io.heliograph.config.settings.Settings;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A bridge carries streams that there are, that come to the site it leads out of, that have lines of their own, and that no
 * other bridge carries the same way.
 *
 * <p><b>Thread:</b> immutable.
 */
final class BridgeStreamsRule implements Rule {
    @Override
    public void check(Element topology, Problems problems) {
        List<Element> before = new ArrayList<>();
        for (Element bridge : Bridges.of(topology)) {
            List<Element> carried = Bridges.carried(topology, bridge);
            matches(topology, bridge, problems);
            reaches(topology, bridge, carried, problems);
            before.forEach(other -> twice(other, bridge, carried, problems));
            before.add(bridge);
            List<Element> riders = carried.stream()
                    .filter(stream -> stream.has(Settings.STREAM_CARRIER))
                    .toList();
            if (!riders.isEmpty()) {
                problems.add(
                        bridge.at(Settings.BRIDGE_STREAMS),
                        Bridges.title(bridge) + " carries " + Bridges.names(riders)
                                + " of a carrier, and this version's bridges carry streams that have lines of their own",
                        "leave carrier= out at those streams, or them out here");
            }
        }
    }

    private static void matches(Element topology, Element bridge, Problems problems) {
        if (!Find.areNamed(Find.streams(topology), Settings.STREAM_NAME)) {
            return;
        }
        List<String> known = Find.names(Find.streams(topology), Settings.STREAM_NAME);
        Set<String> seen = new HashSet<>();
        for (String pattern : bridge.value(Settings.BRIDGE_STREAMS).orElse(List.of())) {
            if (!seen.add(pattern)) {
                problems.add(
                        bridge.at(Settings.BRIDGE_STREAMS),
                        "streams names '" + pattern + "' more than once",
                        "name each one once");
            } else if (known.stream().noneMatch(name -> Patterns.fits(pattern, name))) {
                problems.add(
                        bridge.at(Settings.BRIDGE_STREAMS),
                        "no stream is called '" + pattern + "'",
                        known.isEmpty() ? "add the stream" : "known here: " + String.join(", ", known));
            }
        }
    }

    private static void reaches(Element topology, Element bridge, List<Element> carried, Problems problems) {
        Optional<String> from = bridge.value(Settings.BRIDGE_FROM);
        List<Element> absent = carried.stream()
                .filter(stream -> Bridges.isBetweenSites(topology, bridge)
                        && stream.value(Settings.STREAM_SITE).isPresent())
                .filter(stream -> !Bridges.sitesOf(topology, stream).contains(from.orElse("")))
                .toList();
        if (!absent.isEmpty()) {
            problems.add(
                    bridge.at(Settings.BRIDGE_STREAMS),
                    Bridges.title(bridge) + " carries " + Bridges.names(absent) + ", which "
                            + (absent.size() == 1 ? "does" : "do") + " not come to site " + from.orElse(""),
                    "name streams of that site alone, or add a bridge that leads the others to it");
        }
    }

    private static void twice(Element other, Element bridge, List<Element> carried, Problems problems) {
        boolean isParallel = bridge.value(Settings.BRIDGE_FROM).isPresent()
                && bridge.value(Settings.BRIDGE_FROM).equals(other.value(Settings.BRIDGE_FROM))
                && bridge.value(Settings.BRIDGE_TO).equals(other.value(Settings.BRIDGE_TO));
        List<Element> both = carried.stream()
                .filter(stream -> isParallel && Bridges.carries(other, stream))
                .toList();
        if (!both.isEmpty()) {
            problems.add(
                    bridge.at(Settings.BRIDGE_STREAMS),
                    Bridges.title(bridge) + " carries " + Bridges.names(both) + ", as the one in line "
                            + other.position().line() + " does",
                    "leave them out of one of the two, and give that the paths of both");
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.heliograph.config.rules;

import io.heliograph.config.document.Element;
import io.heliograph.config.document.Problems;
import io.heliograph.config.settings.Settings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * No stream is led back into the site that it comes from, nor further than packets are let: over 8 bridges.
 *
 * <p><b>Thread:</b> immutable.
 */
final class BridgeCircleRule implements Rule {
    private static final int MOST_HOPS = 8;

    @Override
    public void check(Element topology, Problems problems) {
        Map<Element, Map<String, Integer>> hops = new HashMap<>();
        for (Element bridge : Bridges.of(topology)) {
            Optional<String> to = bridge.value(Settings.BRIDGE_TO);
            Optional<String> from = bridge.value(Settings.BRIDGE_FROM);
            if (to.isEmpty() || from.isEmpty() || from.equals(to)) {
                continue;
            }
            List<Element> present = Bridges.carried(topology, bridge).stream()
                    .filter(stream -> hops.computeIfAbsent(stream, any -> hops(topology, any))
                            .containsKey(from.get()))
                    .toList();
            List<Element> back = present.stream()
                    .filter(stream -> stream.value(Settings.STREAM_SITE).equals(to))
                    .toList();
            if (!back.isEmpty()) {
                problems.add(
                        bridge.at(Settings.BRIDGE_STREAMS),
                        Bridges.title(bridge) + " leads " + Bridges.names(back) + " back into the site that "
                                + (back.size() == 1 ? "it comes" : "they come") + " from",
                        "leave out of streams= what comes from site " + to.get());
            }
            List<Element> far = present.stream()
                    .filter(stream -> hops.getOrDefault(stream, Map.of()).getOrDefault(from.get(), 0) == MOST_HOPS)
                    .filter(stream -> hops.getOrDefault(stream, Map.of()).getOrDefault(to.get(), 0) > MOST_HOPS)
                    .toList();
            if (!far.isEmpty()) {
                problems.add(
                        bridge.at(Settings.BRIDGE_FROM),
                        Bridges.title(bridge) + " is the " + (MOST_HOPS + 1) + "th in a row for " + Bridges.names(far)
                                + ", and packets cross " + MOST_HOPS + " at most",
                        "lead it there from a site that is nearer to where it comes from");
            }
        }
    }

    /** How many bridges lead a stream to each site that it reaches, at least. */
    private static Map<String, Integer> hops(Element topology, Element stream) {
        Map<String, Integer> hops = new HashMap<>();
        for (String site : Bridges.sitesOf(topology, stream)) {
            int count = hops.computeIfAbsent(site, origin -> 0);
            for (Element bridge : Bridges.outOf(topology, site, stream)) {
                bridge.value(Settings.BRIDGE_TO).ifPresent(to -> hops.putIfAbsent(to, count + 1));
            }
        }
        return hops;
    }
}

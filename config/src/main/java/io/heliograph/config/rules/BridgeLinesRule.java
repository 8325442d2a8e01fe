// SPDX-License-Identifier: Apache-2.0
package io.heliograph.config.rules;

import io.heliograph.config.document.Element;
import io.heliograph.config.document.Problems;
import io.heliograph.config.net.Places;
import io.heliograph.config.settings.Settings;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The lines that bridges give a stream in a site are 8 at most, are used in one way, and are joined so that each host that sends
 * there is heard.
 *
 * <p><b>Thread:</b> immutable.
 */
final class BridgeLinesRule implements Rule {
    @Override
    public void check(Element topology, Problems problems) {
        for (Element site : Find.sites(topology)) {
            Set<List<Element>> judged = new HashSet<>();
            for (Element stream : Find.streams(topology)) {
                List<Element> bridges = Bridges.into(topology, site, stream);
                if (!bridges.isEmpty() && judged.add(bridges)) {
                    judge(topology, site, stream, bridges, problems);
                }
            }
        }
    }

    private static void judge(
            Element topology, Element site, Element stream, List<Element> bridges, Problems problems) {
        Element last = bridges.get(bridges.size() - 1);
        String what = Find.title(stream, Settings.STREAM_NAME) + " in " + Find.title(site, Settings.SITE_NAME);
        List<Bridges.Way> ways = Bridges.ways(topology, site, stream);
        if (ways.size() > Places.LINES_PER_STREAM) {
            problems.add(
                    last.at(Settings.BRIDGE_BOND),
                    what + " has " + ways.size()
                            + " lines: one for each host that paths lead to and each NIC of the bond",
                    "lead paths to fewer hosts, or name a bond of fewer NICs: " + Places.LINES_PER_STREAM
                            + " lines at most");
        }
        Optional<String> policy = bridges.get(0).value(Settings.BRIDGE_LINES);
        for (Element bridge : bridges) {
            Optional<String> other = bridge.value(Settings.BRIDGE_LINES);
            if (policy.isPresent() && other.isPresent() && !policy.equals(other)) {
                problems.add(
                        bridge.at(Settings.BRIDGE_LINES),
                        Bridges.title(bridge) + " has lines=\"" + other.get() + "\" and "
                                + Bridges.title(bridges.get(0)) + " has lines=\"" + policy.get() + "\", and both lead "
                                + what.replace(" in ", " to "),
                        "write the same lines= at both");
            }
        }
        long ingresses = ways.stream().map(Bridges.Way::ingress).distinct().count();
        if (policy.equals(Optional.of("spread")) && ingresses > 1) {
            problems.add(
                    last.at(Settings.BRIDGE_LINES),
                    what + " is sent by " + ingresses + " hosts, and with lines=\"spread\" a subscriber joins one line,"
                            + " so it would hear one of them",
                    "write lines=\"redundant\", or lead all paths to one host");
        }
    }
}

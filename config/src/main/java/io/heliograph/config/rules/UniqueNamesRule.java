// SPDX-License-Identifier: Apache-2.0
package io.heliograph.config.rules;

import io.heliograph.config.document.Element;
import io.heliograph.config.document.Problems;
import io.heliograph.config.settings.Elements;
import io.heliograph.config.settings.Setting;
import io.heliograph.config.settings.Settings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Names that must tell things apart do: sites, hosts and streams in the file, NICs in a host, bonds in a site.
 *
 * <p><b>Thread:</b> immutable.
 */
final class UniqueNamesRule implements Rule {

    @Override
    public void check(Element topology, Problems problems) {
        List<Element> sites = Find.sites(topology);
        unique(topology, sites, Settings.SITE_NAME, problems);
        unique(
                topology,
                sites.stream().flatMap(site -> Find.hosts(site).stream()).toList(),
                Settings.HOST_NAME,
                problems);
        unique(topology, Find.streams(topology), Settings.STREAM_NAME, problems);
        for (Element site : sites) {
            unique(topology, Find.bonds(site), Settings.BOND_NAME, problems);
            for (Element host : Find.hosts(site)) {
                unique(topology, Find.nics(host), Settings.NIC_NAME, problems);
            }
        }
    }

    private static void unique(Element topology, List<Element> elements, Setting<String> setting, Problems problems) {
        Map<String, Element> first = new HashMap<>();
        for (Element element : elements) {
            element.value(setting).ifPresent(name -> {
                Element earlier = first.putIfAbsent(name, element);
                if (earlier != null) {
                    problems.add(
                            element.at(setting),
                            "a second " + element.name() + " is called '" + name + "'; the first is in line "
                                    + earlier.position().line(),
                            isOfTwoSites(topology, earlier, element)
                                    ? "a stream comes from one site: give one of them another name, or let a <bridge>"
                                            + " lead the first to the other site"
                                    : "give one of them another name");
                }
            });
        }
    }

    private static boolean isOfTwoSites(Element topology, Element one, Element other) {
        List<String> known = Find.names(Find.sites(topology), Settings.SITE_NAME);
        return one.name().equals(Elements.STREAM)
                && one.value(Settings.STREAM_SITE).filter(known::contains).isPresent()
                && other.value(Settings.STREAM_SITE).filter(known::contains).isPresent()
                && !one.value(Settings.STREAM_SITE).equals(other.value(Settings.STREAM_SITE));
    }
}

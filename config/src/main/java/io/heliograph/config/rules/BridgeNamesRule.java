// SPDX-License-Identifier: Apache-2.0
package io.heliograph.config.rules;

import io.heliograph.config.document.Element;
import io.heliograph.config.document.Problems;
import io.heliograph.config.document.Suggestion;
import io.heliograph.config.settings.Setting;
import io.heliograph.config.settings.Settings;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A bridge leads from one site to another one, to a bond of that, and its paths from hosts of the one to hosts of the other.
 *
 * <p><b>Thread:</b> immutable.
 */
final class BridgeNamesRule implements Rule {
    @Override
    public void check(Element topology, Problems problems) {
        for (Element bridge : Bridges.of(topology)) {
            Optional<Element> from = site(topology, bridge, Settings.BRIDGE_FROM, problems);
            Optional<Element> to = site(topology, bridge, Settings.BRIDGE_TO, problems);
            if (from.isPresent() && from.equals(to)) {
                problems.add(
                        bridge.at(Settings.BRIDGE_TO),
                        Bridges.title(bridge) + " leads nowhere else",
                        "name another site: inside of one its multicast does it");
                continue;
            }
            to.ifPresent(site -> bond(site, bridge, problems));
            for (Element path : Bridges.paths(bridge)) {
                from.ifPresent(site -> host(topology, site, path, Settings.PATH_FROM, "comes from", problems));
                to.ifPresent(site -> host(topology, site, path, Settings.PATH_TO, "leads to", problems));
            }
            once(bridge, problems);
        }
    }

    private static Optional<Element> site(
            Element topology, Element bridge, Setting<String> setting, Problems problems) {
        List<Element> sites = Find.sites(topology);
        Optional<String> name = bridge.value(setting);
        Optional<Element> site = name.flatMap(wanted -> Find.named(sites, Settings.SITE_NAME, wanted));
        if (name.isPresent() && site.isEmpty() && !sites.isEmpty() && Find.areNamed(sites, Settings.SITE_NAME)) {
            problems.add(
                    bridge.at(setting),
                    "there is no site '" + name.get() + "'",
                    Suggestion.of(name.get(), Find.names(sites, Settings.SITE_NAME)));
        }
        return site;
    }

    private static void bond(Element site, Element bridge, Problems problems) {
        List<String> known = Find.names(Find.bonds(site), Settings.BOND_NAME);
        if (Find.areNamed(Find.bonds(site), Settings.BOND_NAME)) {
            bridge.value(Settings.BRIDGE_BOND)
                    .filter(name -> !known.contains(name))
                    .ifPresent(name -> problems.add(
                            bridge.at(Settings.BRIDGE_BOND),
                            Find.title(site, Settings.SITE_NAME) + ", to which the bridge leads, has no bond '" + name
                                    + "'",
                            known.isEmpty()
                                    ? "add <bond name=\"" + name + "\" nics=\"...\"/> to the site"
                                    : Suggestion.of(name, known)));
        }
    }

    private static void host(
            Element topology,
            Element site,
            Element path,
            Setting<String> setting,
            String direction,
            Problems problems) {
        List<Element> hosts = Find.hosts(site);
        List<String> known = Find.names(hosts, Settings.HOST_NAME);
        Optional<String> name = path.value(setting);
        if (name.isEmpty() || known.isEmpty() || known.contains(name.get())) {
            return;
        }
        String where = Find.title(site, Settings.SITE_NAME);
        if (Bridges.host(topology, name.get()).isPresent()) {
            problems.add(
                    path.at(setting),
                    "host '" + name.get() + "' is not in " + where + ", which the bridge " + direction,
                    "name a host of it: " + String.join(", ", known));
        } else if (Find.areNamed(hosts, Settings.HOST_NAME)) {
            problems.add(
                    path.at(setting), where + " has no host '" + name.get() + "'", Suggestion.of(name.get(), known));
        }
    }

    private static void once(Element bridge, Problems problems) {
        Set<String> seen = new HashSet<>();
        for (Element path : Bridges.paths(bridge)) {
            String ends = path.value(Settings.PATH_FROM).orElse("") + " to "
                    + path.value(Settings.PATH_TO).orElse("");
            boolean isWhole = path.value(Settings.PATH_FROM).isPresent()
                    && path.value(Settings.PATH_TO).isPresent();
            if (isWhole && !seen.add(ends)) {
                problems.add(
                        path.position(),
                        "a second path leads from " + ends,
                        "leave one out: all link= addresses of a host belong to one path");
            }
        }
    }
}

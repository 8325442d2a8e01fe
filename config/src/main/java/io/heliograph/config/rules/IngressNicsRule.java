// SPDX-License-Identifier: Apache-2.0
package io.heliograph.config.rules;

import io.heliograph.config.document.Element;
import io.heliograph.config.document.Problems;
import io.heliograph.config.settings.Settings;
import java.util.List;
import java.util.Optional;

/**
 * A host that paths of a bridge lead to has every NIC of the bridge's bond: it sends on each.
 *
 * <p><b>Thread:</b> immutable.
 */
final class IngressNicsRule implements Rule {
    @Override
    public void check(Element topology, Problems problems) {
        for (Element bridge : Bridges.of(topology)) {
            Optional<Element> site = Bridges.destination(topology, bridge);
            for (Element path : Bridges.paths(bridge)) {
                site.ifPresent(there -> path.value(Settings.PATH_TO)
                        .flatMap(name -> Find.named(Find.hosts(there), Settings.HOST_NAME, name))
                        .ifPresent(host -> judge(there, bridge, path, host, problems)));
            }
        }
    }

    private static void judge(Element site, Element bridge, Element path, Element host, Problems problems) {
        List<String> has = Find.names(Find.nics(host), Settings.NIC_NAME);
        List<String> siteHas = Find.names(
                Find.hosts(site).stream()
                        .flatMap(any -> Find.nics(any).stream())
                        .toList(),
                Settings.NIC_NAME);
        for (String nic : Bridges.bondNics(site, bridge)) {
            if (siteHas.contains(nic) && !has.contains(nic)) {
                problems.add(
                        path.at(Settings.PATH_TO),
                        Find.title(host, Settings.HOST_NAME) + " sends what " + Bridges.title(bridge)
                                + " carries and has no NIC '" + nic + "' of its bond",
                        "add the NIC to the host, or choose another bond or host");
            }
        }
    }
}

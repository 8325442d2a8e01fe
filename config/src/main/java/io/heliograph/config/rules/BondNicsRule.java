// SPDX-License-Identifier: Apache-2.0
package io.heliograph.config.rules;

import io.heliograph.config.document.Element;
import io.heliograph.config.document.Problems;
import io.heliograph.config.document.Suggestion;
import io.heliograph.config.settings.Settings;
import java.util.List;

/**
 * A bond names NICs that some host of its site has.
 *
 * <p><b>Thread:</b> immutable.
 */
final class BondNicsRule implements Rule {
    @Override
    public void check(Element topology, Problems problems) {
        for (Element site : Find.sites(topology)) {
            List<Element> nics = Find.hosts(site).stream()
                    .flatMap(host -> Find.nics(host).stream())
                    .toList();
            if (!nics.isEmpty() && Find.areNamed(nics, Settings.NIC_NAME)) {
                Find.bonds(site).forEach(bond -> judge(site, bond, Find.names(nics, Settings.NIC_NAME), problems));
            }
        }
    }

    private static void judge(Element site, Element bond, List<String> known, Problems problems) {
        for (String nic : bond.value(Settings.BOND_NICS).orElse(List.of())) {
            if (!known.contains(nic)) {
                problems.add(
                        bond.at(Settings.BOND_NICS),
                        "no host of " + Find.title(site, Settings.SITE_NAME) + " has a NIC '" + nic + "'",
                        Suggestion.of(nic, known));
            }
        }
    }
}

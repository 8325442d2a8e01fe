// SPDX-License-Identifier: Apache-2.0
package io.heliograph.config.rules;

import io.heliograph.config.document.Element;
import io.heliograph.config.document.Problems;
import io.heliograph.config.net.Subnet;
import io.heliograph.config.settings.Settings;
import java.util.List;

/**
 * Ranges of two sites differ in the low 23 bits: Ethernet maps addresses that share them to one group.
 *
 * <p><b>Thread:</b> immutable.
 */
final class EthernetGroupsRule implements Rule {

    private static final int LOW_23_BITS = 0x7FFFFF;

    @Override
    public void check(Element topology, Problems problems) {
        List<Element> sites = Find.sites(topology);
        for (int i = 1; i < sites.size(); i++) {
            for (int j = 0; j < i; j++) {
                compare(sites.get(j), sites.get(i), problems);
            }
        }
    }

    private static void compare(Element earlier, Element later, Problems problems) {
        Ranges.usable(earlier)
                .ifPresent(one -> Ranges.usable(later)
                        .filter(other -> onEthernet(one).overlaps(onEthernet(other)))
                        .ifPresent(other -> problems.add(
                                later.at(Settings.SITE_MULTICAST),
                                other + " and " + one + " of " + Find.title(earlier, Settings.SITE_NAME)
                                        + " share Ethernet multicast addresses (their low 23 bits)",
                                "choose a range whose last three octets differ")));
    }

    private static Subnet onEthernet(Subnet range) {
        return new Subnet(range.address() & LOW_23_BITS, range.prefixLength());
    }
}

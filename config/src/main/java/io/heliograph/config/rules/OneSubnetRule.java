// SPDX-License-Identifier: Apache-2.0
package io.heliograph.config.rules;

import io.heliograph.config.document.Element;
import io.heliograph.config.document.Problems;
import io.heliograph.config.net.Subnet;
import io.heliograph.config.settings.Settings;
import java.util.List;

/**
 * Two NICs of a host are in two subnets: else the kernel answers and sends on one for both. Loopback is apart.
 *
 * <p><b>Thread:</b> immutable.
 */
final class OneSubnetRule implements Rule {

    @Override
    public void check(Element topology, Problems problems) {
        for (Element site : Find.sites(topology)) {
            for (Element host : Find.hosts(site)) {
                List<Element> nics = Find.nics(host).stream()
                        .filter(nic -> nic.value(Settings.NIC_ADDRESS)
                                .filter(address -> !address.isLoopback() && NicAddressRule.isUsable(address))
                                .isPresent())
                        .toList();
                for (int i = 1; i < nics.size(); i++) {
                    earlierInSubnet(host, nics.get(i), nics.subList(0, i), problems);
                }
            }
        }
    }

    private static void earlierInSubnet(Element host, Element nic, List<Element> earlier, Problems problems) {
        Subnet subnet = nic.value(Settings.NIC_ADDRESS).orElseThrow();
        for (Element other : earlier) {
            Subnet taken = other.value(Settings.NIC_ADDRESS).orElseThrow();
            boolean isSameAddress = subnet.address() == taken.address();
            if (subnet.overlaps(taken) && !isSameAddress) {
                problems.add(
                        nic.at(Settings.NIC_ADDRESS),
                        subnet + " of " + Find.title(host, Settings.HOST_NAME) + " is in one subnet with "
                                + Find.title(other, Settings.NIC_NAME) + ", " + taken,
                        "give each NIC of a host a subnet of its own");
            }
        }
    }
}

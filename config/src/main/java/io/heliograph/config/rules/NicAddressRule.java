// SPDX-License-Identifier: Apache-2.0
package io.heliograph.config.rules;

import io.heliograph.config.document.Element;
import io.heliograph.config.document.Problems;
import io.heliograph.config.net.Ipv4;
import io.heliograph.config.net.Subnet;
import io.heliograph.config.settings.Settings;
import java.util.HashMap;
import java.util.Map;

/**
 * A NIC's address is one that a machine can have, and no other NIC of the site has it.
 *
 * <p><b>Thread:</b> immutable.
 */
final class NicAddressRule implements Rule {

    private static final int LONGEST_WITH_BROADCAST = 30;

    @Override
    public void check(Element topology, Problems problems) {
        for (Element site : Find.sites(topology)) {
            Map<Integer, Element> owners = new HashMap<>();
            for (Element host : Find.hosts(site)) {
                for (Element nic : Find.nics(host)) {
                    nic.value(Settings.NIC_ADDRESS).ifPresent(address -> judge(nic, address, owners, host, problems));
                }
            }
        }
    }

    private static void judge(
            Element nic, Subnet address, Map<Integer, Element> owners, Element host, Problems problems) {
        String wrong = unusable(address);
        if (!wrong.isEmpty()) {
            problems.add(
                    nic.at(Settings.NIC_ADDRESS),
                    address + " is " + wrong,
                    "write the NIC's own address and its prefix length, as 'ip address' shows them");
            return;
        }
        Element owner = owners.putIfAbsent(address.address(), host);
        boolean isSharedLoopback = address.isLoopback() && owner != host;
        if (owner != null && !isSharedLoopback) {
            problems.add(
                    nic.at(Settings.NIC_ADDRESS),
                    Ipv4.format(address.address()) + " is taken by another NIC of "
                            + Find.title(owner, Settings.HOST_NAME),
                    "give each NIC its own address");
        }
    }

    /** Whether a machine can have the address at all. */
    static boolean isUsable(Subnet address) {
        return unusable(address).isEmpty();
    }

    private static String unusable(Subnet address) {
        if (address.isMulticast()) {
            return "a multicast group and no machine's address";
        }
        if (address.prefixLength() == 0 || address.address() == 0) {
            return "no single address";
        }
        if (address.prefixLength() <= LONGEST_WITH_BROADCAST && address.isAligned()) {
            return "the name of a subnet and no machine's address";
        }
        if (address.prefixLength() <= LONGEST_WITH_BROADCAST && address.address() == address.broadcast()) {
            return "the broadcast address of its subnet";
        }
        return "";
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.heliograph.config.rules;

import io.heliograph.config.document.Element;
import io.heliograph.config.document.Problems;
import io.heliograph.config.net.Port;
import io.heliograph.config.net.Subnet;
import io.heliograph.config.settings.Elements;
import io.heliograph.config.settings.Settings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * An engine accepts links where its host can: on an address of one of its NICs or on loopback, at a port that no other has.
 *
 * <p><b>Thread:</b> immutable.
 */
final class LinkRule implements Rule {

    @Override
    public void check(Element topology, Problems problems) {
        Map<Port, Element> owners = new HashMap<>();
        for (Element site : Find.sites(topology)) {
            for (Element host : Find.hosts(site)) {
                for (Element engine : host.children(Elements.ENGINE)) {
                    for (Port port : engine.value(Settings.ENGINE_LINK).orElse(List.of())) {
                        judge(host, engine, port, owners, problems);
                    }
                }
            }
        }
    }

    private static void judge(Element host, Element engine, Port port, Map<Port, Element> owners, Problems problems) {
        Element owner = owners.putIfAbsent(port, host);
        if (owner != null) {
            problems.add(
                    engine.at(Settings.ENGINE_LINK),
                    port + " is where " + Find.title(owner, Settings.HOST_NAME) + " accepts links already",
                    "give each link a port of its own");
        } else if (!port.isLoopback() && !hasNic(host, port)) {
            problems.add(
                    engine.at(Settings.ENGINE_LINK),
                    "no NIC of " + Find.title(host, Settings.HOST_NAME) + " has the address of " + port,
                    "write an address of this host's NICs");
        }
    }

    /** A NIC whose own address cannot be read may be the one. */
    private static boolean hasNic(Element host, Port port) {
        return Find.nics(host).stream()
                        .allMatch(nic -> nic.value(Settings.NIC_ADDRESS).isPresent())
                ? Find.nics(host).stream()
                        .flatMap(nic -> nic.value(Settings.NIC_ADDRESS).stream())
                        .mapToInt(Subnet::address)
                        .anyMatch(address -> address == port.address())
                : true;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.heliograph.config.rules;

import io.heliograph.config.document.Element;
import io.heliograph.config.document.Problems;
import io.heliograph.config.net.Subnet;
import io.heliograph.config.settings.Settings;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A line is by multicast or by unicast: NICs of one name have one mode, in a site without a range unicast, and those that are
 * unicast can reach each other at all.
 *
 * <p><b>Thread:</b> immutable.
 */
final class NicModeRule implements Rule {

    @Override
    public void check(Element topology, Problems problems) {
        for (Element site : Find.sites(topology)) {
            Map<String, Element> first = new HashMap<>();
            for (Element host : Find.hosts(site)) {
                for (Element nic : Find.nics(host)) {
                    withoutRange(site, nic, problems);
                    nic.value(Settings.NIC_NAME).ifPresent(name -> {
                        Element other = first.putIfAbsent(name, nic);
                        if (other != null) {
                            compare(site, name, other, nic, problems);
                        }
                    });
                }
            }
        }
    }

    /** How lines cross the NICs of a name in a site; empty when no host has one or its mode is wrong. */
    static Optional<String> mode(Element site, String nicName) {
        if (!site.has(Settings.SITE_MULTICAST)) {
            return Optional.of("unicast");
        }
        return Find.hosts(site).stream()
                .flatMap(host -> Find.named(Find.nics(host), Settings.NIC_NAME, nicName).stream())
                .findFirst()
                .flatMap(nic -> nic.value(Settings.NIC_MODE));
    }

    private static void withoutRange(Element site, Element nic, Problems problems) {
        boolean asksForMulticast =
                nic.has(Settings.NIC_MODE) && nic.value(Settings.NIC_MODE).equals(Optional.of("multicast"));
        if (asksForMulticast && !site.has(Settings.SITE_MULTICAST)) {
            problems.add(
                    nic.at(Settings.NIC_MODE),
                    Find.title(nic, Settings.NIC_NAME) + " asks for multicast, and "
                            + Find.title(site, Settings.SITE_NAME) + " has no multicast range",
                    "leave mode out, or give the site a range such as multicast=\"239.20.0.0/20\"");
        }
    }

    private static void compare(Element site, String name, Element one, Element other, Problems problems) {
        Optional<String> mode = other.value(Settings.NIC_MODE);
        Optional<String> before = one.value(Settings.NIC_MODE);
        boolean hasRange = site.has(Settings.SITE_MULTICAST);
        if (hasRange && mode.isPresent() && before.isPresent() && !mode.equals(before)) {
            problems.add(
                    other.at(Settings.NIC_MODE),
                    "nic " + name + " is " + mode.get() + " here and " + before.get() + " in line "
                            + one.position().line() + ": a line is one or the other on all hosts",
                    "give them one mode, or this one another name");
        } else if (!hasRange || mode.equals(Optional.of("unicast"))) {
            compareLoopback(name, one, other, problems);
        }
    }

    private static void compareLoopback(String name, Element one, Element other, Problems problems) {
        Optional<Boolean> here = other.value(Settings.NIC_ADDRESS).map(Subnet::isLoopback);
        Optional<Boolean> there = one.value(Settings.NIC_ADDRESS).map(Subnet::isLoopback);
        if (here.isPresent() && there.isPresent() && !here.equals(there)) {
            problems.add(
                    other.at(Settings.NIC_ADDRESS),
                    "nic " + name + " is " + (here.get() ? "loopback" : "no loopback") + " here and not so in line "
                            + one.position().line() + ": unicast doesn't get from one to the other",
                    "give both addresses of one network");
        }
    }
}

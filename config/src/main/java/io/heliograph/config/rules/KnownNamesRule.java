// SPDX-License-Identifier: Apache-2.0
package io.heliograph.config.rules;

import io.heliograph.config.document.Element;
import io.heliograph.config.document.Problems;
import io.heliograph.config.document.Suggestion;
import io.heliograph.config.settings.Settings;
import java.util.List;
import java.util.Optional;

/**
 * Every name that the file uses is one that it defines, in the right place.
 *
 * <p><b>Thread:</b> immutable.
 */
final class KnownNamesRule implements Rule {

    @Override
    public void check(Element topology, Problems problems) {
        for (Element site : Find.sites(topology)) {
            List<Element> nics = Find.hosts(site).stream()
                    .flatMap(host -> Find.nics(host).stream())
                    .toList();
            List<String> known = Find.names(nics, Settings.NIC_NAME);
            for (Element bond : Find.bonds(site)) {
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
        for (Element stream : Find.streams(topology)) {
            stream(topology, stream, problems);
        }
    }

    private static void stream(Element topology, Element stream, Problems problems) {
        Optional<String> siteName = stream.value(Settings.STREAM_SITE);
        Optional<Element> site = siteName.flatMap(name -> Find.named(Find.sites(topology), Settings.SITE_NAME, name));
        if (site.isPresent()) {
            bond(site.get(), stream, problems);
            publishers(topology, site.get(), stream, problems);
        } else if (siteName.isPresent()) {
            problems.add(
                    stream.at(Settings.STREAM_SITE),
                    "there is no site '" + siteName.get() + "'",
                    Suggestion.of(siteName.get(), Find.names(Find.sites(topology), Settings.SITE_NAME)));
        }
    }

    private static void bond(Element site, Element stream, Problems problems) {
        List<String> known = Find.names(Find.bonds(site), Settings.BOND_NAME);
        stream.value(Settings.STREAM_BOND)
                .filter(name -> !known.contains(name))
                .ifPresent(name -> problems.add(
                        stream.at(Settings.STREAM_BOND),
                        Find.title(site, Settings.SITE_NAME) + " has no bond '" + name + "'",
                        known.isEmpty()
                                ? "add <bond name=\"" + name + "\" nics=\"...\"/> to the site"
                                : Suggestion.of(name, known)));
    }

    private static void publishers(Element topology, Element site, Element stream, Problems problems) {
        List<String> known = Find.names(Find.hosts(site), Settings.HOST_NAME);
        for (String name : stream.value(Settings.STREAM_PUBLISHERS).orElse(List.of())) {
            if (!known.contains(name)) {
                Optional<Element> elsewhere = Find.sites(topology).stream()
                        .filter(other -> Find.named(Find.hosts(other), Settings.HOST_NAME, name)
                                .isPresent())
                        .findFirst();
                String where = Find.title(site, Settings.SITE_NAME);
                problems.add(
                        stream.at(Settings.STREAM_PUBLISHERS),
                        elsewhere
                                .map(other -> "host '" + name + "' is in " + Find.title(other, Settings.SITE_NAME)
                                        + ", and the stream comes from " + where)
                                .orElse(where + " has no host '" + name + "'"),
                        elsewhere.isPresent()
                                ? "name a host of the stream's site: " + String.join(", ", known)
                                : Suggestion.of(name, known));
            }
        }
    }
}

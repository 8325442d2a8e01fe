// SPDX-License-Identifier: Apache-2.0
package io.heliograph.config.rules;

import io.heliograph.config.document.Element;
import io.heliograph.config.document.Problems;
import io.heliograph.config.document.Suggestion;
import io.heliograph.config.settings.Settings;
import java.util.List;
import java.util.Optional;

/**
 * A stream names a site that there is, and hosts and a bond of that site.
 *
 * <p><b>Thread:</b> immutable.
 */
final class StreamNamesRule implements Rule {

    @Override
    public void check(Element topology, Problems problems) {
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
        } else if (siteName.isPresent() && areKnown(Find.sites(topology))) {
            problems.add(
                    stream.at(Settings.STREAM_SITE),
                    "there is no site '" + siteName.get() + "'",
                    Suggestion.of(siteName.get(), Find.names(Find.sites(topology), Settings.SITE_NAME)));
        }
    }

    /** Where there is no site, or one without a name, that has been said; this one may be meant. */
    private static boolean areKnown(List<Element> sites) {
        return !sites.isEmpty() && Find.areNamed(sites, Settings.SITE_NAME);
    }

    private static void bond(Element site, Element stream, Problems problems) {
        if (!Find.areNamed(Find.bonds(site), Settings.BOND_NAME)) {
            return;
        }
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
        boolean isComplete = !known.isEmpty() && Find.areNamed(Find.hosts(site), Settings.HOST_NAME);
        for (String name : stream.value(Settings.STREAM_PUBLISHERS).orElse(List.of())) {
            if (isComplete && !known.contains(name)) {
                unknownPublisher(topology, site, stream, name, problems);
            }
        }
    }

    private static void unknownPublisher(
            Element topology, Element site, Element stream, String name, Problems problems) {
        List<String> known = Find.names(Find.hosts(site), Settings.HOST_NAME);
        String where = Find.title(site, Settings.SITE_NAME);
        Optional<String> elsewhere = Find.sites(topology).stream()
                .filter(other ->
                        Find.named(Find.hosts(other), Settings.HOST_NAME, name).isPresent())
                .map(other -> Find.title(other, Settings.SITE_NAME))
                .findFirst();
        if (elsewhere.isPresent()) {
            problems.add(
                    stream.at(Settings.STREAM_PUBLISHERS),
                    "host '" + name + "' is in " + elsewhere.get() + ", and the stream comes from " + where,
                    "name a host of the stream's site: " + String.join(", ", known));
        } else {
            problems.add(
                    stream.at(Settings.STREAM_PUBLISHERS),
                    where + " has no host '" + name + "'",
                    Suggestion.of(name, known));
        }
    }
}

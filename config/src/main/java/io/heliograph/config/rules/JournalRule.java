// SPDX-License-Identifier: Apache-2.0
package io.heliograph.config.rules;

import io.heliograph.config.document.Element;
import io.heliograph.config.document.Problems;
import io.heliograph.config.settings.Elements;
import io.heliograph.config.settings.Setting;
import io.heliograph.config.settings.Settings;
import java.util.List;
import java.util.Optional;

/**
 * Who keeps a stream's journal is a host of a site that the stream reaches, hears it, and has a directory for it; what is said
 * of a journal is said of a stream that has one.
 *
 * <p><b>Thread:</b> immutable.
 */
final class JournalRule implements Rule {
    @Override
    public void check(Element topology, Problems problems) {
        for (Element site : Find.sites(topology)) {
            for (Element stream : Find.streamsOf(topology, site)) {
                List<String> keepers = stream.value(Settings.STREAM_JOURNAL).orElse(List.of());
                keepers.stream().distinct().forEach(keeper -> check(topology, stream, keeper, problems));
                if (!stream.has(Settings.STREAM_JOURNAL)) {
                    needsJournal(stream, Settings.STREAM_SYNC, problems);
                    needsJournal(stream, Settings.STREAM_RETAIN, problems);
                    needsJournal(stream, Settings.STREAM_JOURNAL_LAG, problems);
                }
                checkRequired(site, stream, keepers, problems);
            }
        }
    }

    private static void check(Element topology, Element stream, String keeper, Problems problems) {
        String title = Find.title(stream, Settings.STREAM_NAME);
        List<Element> sites = Bridges.sitesOf(topology, stream).stream()
                .flatMap(name -> Find.named(Find.sites(topology), Settings.SITE_NAME, name).stream())
                .toList();
        Optional<Element> site = sites.stream()
                .filter(reached -> Find.named(Find.hosts(reached), Settings.HOST_NAME, keeper)
                        .isPresent())
                .findFirst();
        if (site.isEmpty()) {
            boolean isWhole = Bridges.of(topology).stream()
                    .filter(bridge -> Bridges.carries(bridge, stream))
                    .allMatch(bridge -> Bridges.isBetweenSites(topology, bridge));
            if (isWhole) {
                unknown(sites, stream, keeper, problems);
            }
            return;
        }
        Element host =
                Find.named(Find.hosts(site.get()), Settings.HOST_NAME, keeper).orElseThrow();
        boolean hasDirectory =
                host.children(Elements.ENGINE).stream().anyMatch(engine -> engine.has(Settings.ENGINE_JOURNAL));
        if (!hasDirectory) {
            problems.add(
                    stream.at(Settings.STREAM_JOURNAL),
                    title + " has a journal on host " + keeper + ", whose engine has no directory for journals",
                    "write journal=\"DIRECTORY\" at that host's engine, or name another host");
        }
        List<String> nics = Find.names(Find.nics(host), Settings.NIC_NAME);
        List<String> wanted = Bridges.ways(topology, site.get(), stream).stream()
                .map(Bridges.Way::nic)
                .distinct()
                .toList();
        if (!wanted.isEmpty() && !nics.isEmpty() && wanted.stream().noneMatch(nics::contains)) {
            problems.add(
                    stream.at(Settings.STREAM_JOURNAL),
                    title + " has a journal on host " + keeper + ", which has no NIC of its bond and cannot hear it",
                    "give that host a NIC called " + String.join(" or ", wanted) + ", or name another host");
        }
    }

    private static void unknown(List<Element> sites, Element stream, String keeper, Problems problems) {
        List<Element> hosts =
                sites.stream().flatMap(site -> Find.hosts(site).stream()).toList();
        if (Find.areNamed(hosts, Settings.HOST_NAME)) {
            List<String> names = sites.stream()
                    .map(site -> Find.title(site, Settings.SITE_NAME))
                    .toList();
            problems.add(
                    stream.at(Settings.STREAM_JOURNAL),
                    Find.title(stream, Settings.STREAM_NAME) + " has a journal on " + keeper
                            + ", which is no host of its site"
                            + (names.size() > 1 ? ", nor of one that bridges lead it to" : ""),
                    "name hosts of " + String.join(", ", names) + ": "
                            + String.join(", ", Find.names(hosts, Settings.HOST_NAME)));
        }
    }

    /** Who has to wait for a journal needs one on its own host, and a driver that the journal reads from. */
    private static void checkRequired(Element site, Element stream, List<String> keepers, Problems problems) {
        String title = Find.title(stream, Settings.STREAM_NAME);
        boolean isRequired = stream.value(Settings.STREAM_JOURNAL_MODE).equals(Optional.of("required"));
        if (!isRequired) {
            if (stream.has(Settings.STREAM_JOURNAL_LAG) && stream.has(Settings.STREAM_JOURNAL)) {
                problems.add(
                        stream.at(Settings.STREAM_JOURNAL_LAG),
                        "journal-lag of " + title + ", whose publishers wait for no journal",
                        "write journal-mode=\"required\" too, or leave journal-lag out");
            }
            return;
        }
        for (String publisher : stream.value(Settings.STREAM_PUBLISHERS).orElse(List.of())) {
            if (!keepers.contains(publisher)) {
                problems.add(
                        stream.at(Settings.STREAM_JOURNAL_MODE),
                        title + " requires a journal, and its publisher " + publisher + " keeps none",
                        "write journal=\"" + publisher + "\" too: a publisher waits for the journal of its own host");
            }
            boolean isEmbedded = Find.named(Find.hosts(site), Settings.HOST_NAME, publisher).stream()
                    .flatMap(host -> host.children(Elements.ENGINE).stream())
                    .anyMatch(engine -> engine.value(Settings.ENGINE_DRIVER).equals(Optional.of("embedded")));
            if (isEmbedded) {
                problems.add(
                        stream.at(Settings.STREAM_JOURNAL_MODE),
                        title + " requires a journal, and programs on its publisher " + publisher
                                + " have media drivers of their own, which show nobody how far it is",
                        "write driver=\"process\" at that host's engine, or journal-mode=\"best-effort\"");
            }
        }
    }

    private static void needsJournal(Element stream, Setting<?> setting, Problems problems) {
        if (stream.has(setting)) {
            problems.add(
                    stream.at(setting),
                    setting.attribute() + " of " + Find.title(stream, Settings.STREAM_NAME) + ", which has no journal",
                    "write journal=\"HOST\" too, or leave " + setting.attribute() + " out");
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.heliograph.config.rules;

import io.heliograph.config.document.Element;
import io.heliograph.config.document.Problems;
import io.heliograph.config.net.Places;
import io.heliograph.config.net.Subnet;
import io.heliograph.config.settings.Settings;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Every line has a place of its own in its site's range.
 *
 * <p><b>Thread:</b> immutable.
 */
final class StreamPlacesRule implements Rule {

    @Override
    public void check(Element topology, Problems problems) {
        for (Element site : Find.sites(topology)) {
            Ranges.places(site).ifPresent(places -> judge(topology, site, places, problems));
        }
    }

    private static void judge(Element topology, Element site, Places places, Problems problems) {
        List<Element> streams = Find.owners(Bridges.streamsIn(topology, site));
        int lines = streams.stream()
                .mapToInt(stream ->
                        StreamIds.placesOf(places, topology, site, stream).size())
                .sum();
        if (lines > places.count()) {
            crowd(site, places, lines, problems);
            return;
        }
        Map<Integer, Element> taken = new HashMap<>();
        for (Element stream : streams) {
            List<Integer> own = StreamIds.placesOf(places, topology, site, stream);
            if (own.stream().distinct().count() < own.size()) {
                problems.add(
                        stream.at(Settings.STREAM_PARTITIONS),
                        Find.title(stream, Settings.STREAM_NAME) + " has " + own.size() + " lines in "
                                + StreamIds.partitionsOf(stream) + " partitions, and two of them fall into one of the "
                                + places.count() + " places of "
                                + (isHome(site, stream) ? "its site" : Find.title(site, Settings.SITE_NAME)),
                        "take a larger range, or fewer partitions");
                continue;
            }
            Optional<Element> other = StreamIds.placesOf(places, topology, site, stream).stream()
                    .map(taken::get)
                    .filter(owner -> owner != null && !sameId(owner, stream))
                    .findFirst();
            if (isBeyond(places, stream, own)) {
                problems.add(
                        stream.at(Settings.STREAM_GROUPS),
                        "groups names a place for line A that leaves " + Find.ownerTitle(stream)
                                + " no room: "
                                + (isHome(site, stream) ? "its site" : Find.title(site, Settings.SITE_NAME)) + " has "
                                + places.count() + " places, from 0 on",
                        free(topology, stream).orElse("take a larger range"));
            } else if (other.isPresent()) {
                collision(topology, site, stream, other.get(), problems);
            } else {
                StreamIds.placesOf(places, topology, site, stream).forEach(place -> taken.put(place, stream));
            }
        }
    }

    private static void crowd(Element site, Places places, int lines, Problems problems) {
        boolean hasRange = site.has(Settings.SITE_MULTICAST);
        String where = hasRange ? places.range().toString() : "a site without a multicast range";
        problems.add(
                site.at(Settings.SITE_MULTICAST),
                where + " has room for " + places.count() + " lines, and the streams of "
                        + Find.title(site, Settings.SITE_NAME) + " have " + lines,
                hasRange ? "take a range of /" + prefixFor(lines) + " or larger" : "make several sites of it");
    }

    private static void collision(Element topology, Element site, Element stream, Element other, Problems problems) {
        boolean isPlain = isHome(site, stream) && isHome(site, other);
        if (!isPlain && collideAtHome(topology, stream, other)) {
            return;
        }
        String what = Find.ownerTitle(stream) + " in the place of " + Find.ownerTitle(other) + id(other)
                + (isPlain ? "" : " in " + Find.title(site, Settings.SITE_NAME)) + ": "
                + (site.has(Settings.SITE_MULTICAST) ? "same groups, same port" : "same port");
        Optional<String> free = free(topology, stream);
        if (stream.has(Settings.STREAM_GROUPS)) {
            problems.add(stream.at(Settings.STREAM_GROUPS), "groups puts " + what, free.orElse("take a larger range"));
        } else if (stream.has(Settings.STREAM_CARRIER)) {
            problems.add(
                    stream.at(Settings.STREAM_CARRIER),
                    "its name puts " + what,
                    "give it another name"
                            + free.map(place -> ", or all its streams a place: " + place)
                                    .orElse(""));
        } else {
            int id = stream.value(Settings.STREAM_ID).orElseThrow();
            int freeId = StreamIds.free(topology, stream, id);
            problems.add(
                    stream.at(Settings.STREAM_ID),
                    "id " + id + " puts " + what,
                    freeId == StreamIds.NONE ? "take a larger range" : "choose another id; " + freeId + " is free");
        }
    }

    private static String id(Element stream) {
        return stream.has(Settings.STREAM_CARRIER)
                ? ""
                : stream.value(Settings.STREAM_ID).map(id -> " (id " + id + ")").orElse("");
    }

    private static Optional<String> free(Element topology, Element stream) {
        int place = StreamIds.freePlace(topology, stream);
        return place == StreamIds.NONE ? Optional.empty() : Optional.of("groups=\"" + place + "\" is free");
    }

    /** Then it was said there. */
    private static boolean collideAtHome(Element topology, Element stream, Element other) {
        Optional<Element> home = stream.value(Settings.STREAM_SITE)
                .filter(name -> other.value(Settings.STREAM_SITE).equals(Optional.of(name)))
                .flatMap(name -> Find.named(Find.sites(topology), Settings.SITE_NAME, name));
        Optional<Places> places = home.flatMap(Ranges::places);
        return places.isPresent()
                && !Collections.disjoint(
                        StreamIds.placesOf(places.get(), topology, home.get(), stream),
                        StreamIds.placesOf(places.get(), topology, home.get(), other));
    }

    private static boolean isHome(Element site, Element stream) {
        return stream.value(Settings.STREAM_SITE).equals(site.value(Settings.SITE_NAME));
    }

    private static boolean isBeyond(Places places, Element stream, List<Integer> own) {
        return stream.value(Settings.STREAM_GROUPS)
                .filter(first -> first >= places.count() || (own.contains(0) && first > 0))
                .isPresent();
    }

    /** Two streams with one id, or partitions, are another rule's business. */
    private static boolean sameId(Element one, Element other) {
        return !one.has(Settings.STREAM_CARRIER)
                && !other.has(Settings.STREAM_CARRIER)
                && !Collections.disjoint(StreamIds.idsOf(one), StreamIds.idsOf(other));
    }

    private static int prefixFor(int lines) {
        int prefix = Places.MAX_PREFIX_LENGTH;
        while (prefix > Places.MIN_PREFIX_LENGTH && new Places(new Subnet(0, prefix)).count() < lines) {
            prefix--;
        }
        return prefix;
    }
}

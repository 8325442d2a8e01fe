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
        List<Element> streams = Find.streamsOf(topology, site);
        int lines = streams.stream()
                .mapToInt(stream -> StreamIds.placesOf(places, site, stream).size())
                .sum();
        if (lines > places.count()) {
            crowd(site, places, lines, problems);
            return;
        }
        Map<Integer, Element> taken = new HashMap<>();
        for (Element stream : streams) {
            List<Integer> own = StreamIds.placesOf(places, site, stream);
            if (own.stream().distinct().count() < own.size()) {
                problems.add(
                        stream.at(Settings.STREAM_PARTITIONS),
                        Find.title(stream, Settings.STREAM_NAME) + " has " + own.size() + " lines in "
                                + StreamIds.partitionsOf(stream) + " partitions, and two of them fall into one of the "
                                + places.count() + " places of its site",
                        "take a larger range, or fewer partitions");
                continue;
            }
            Optional<Element> other = StreamIds.placesOf(places, site, stream).stream()
                    .map(taken::get)
                    .filter(owner -> owner != null && !sameId(owner, stream))
                    .findFirst();
            if (other.isPresent()) {
                collision(topology, stream, other.get(), site.has(Settings.SITE_MULTICAST), problems);
            } else {
                StreamIds.placesOf(places, site, stream).forEach(place -> taken.put(place, stream));
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

    private static void collision(
            Element topology, Element stream, Element other, boolean hasRange, Problems problems) {
        int id = stream.value(Settings.STREAM_ID).orElseThrow();
        int free = StreamIds.free(topology, stream, id);
        problems.add(
                stream.at(Settings.STREAM_ID),
                "id " + id + " puts " + Find.title(stream, Settings.STREAM_NAME) + " in the place of "
                        + Find.title(other, Settings.STREAM_NAME) + " (id "
                        + other.value(Settings.STREAM_ID).orElseThrow() + "): "
                        + (hasRange ? "same groups, same port" : "same port"),
                free == StreamIds.NONE ? "take a larger range" : "choose another id; " + free + " is free");
    }

    /** Two streams with one id, or partitions, are another rule's business. */
    private static boolean sameId(Element one, Element other) {
        return !Collections.disjoint(StreamIds.idsOf(one), StreamIds.idsOf(other));
    }

    private static int prefixFor(int lines) {
        int prefix = Places.MAX_PREFIX_LENGTH;
        while (prefix > Places.MIN_PREFIX_LENGTH && new Places(new Subnet(0, prefix)).count() < lines) {
            prefix--;
        }
        return prefix;
    }
}

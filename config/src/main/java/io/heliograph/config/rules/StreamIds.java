// SPDX-License-Identifier: Apache-2.0
package io.heliograph.config.rules;

import io.heliograph.config.document.Element;
import io.heliograph.config.net.Places;
import io.heliograph.config.settings.Settings;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Finds an id that a stream could have: one that no other stream has, and whose places nobody in its site has.
 *
 * <p><b>Thread:</b> immutable.
 */
final class StreamIds {
    /** No id is free within the search. */
    static final int NONE = -1;

    private static final int MOST_TRIED = 10_000;

    private StreamIds() {}

    /** The first free id above another, for as many partitions as the stream has; {@link #NONE} when there is none near. */
    static int free(Element topology, Element stream, int above) {
        Set<Integer> ids = new HashSet<>();
        int count = partitionsOf(stream);
        Find.streams(topology).forEach(other -> ids.addAll(count > 1 && other == stream ? List.of() : idsOf(other)));
        Optional<Element> site = stream.value(Settings.STREAM_SITE)
                .flatMap(name -> Find.named(Find.sites(topology), Settings.SITE_NAME, name));
        Optional<Places> places = site.flatMap(Ranges::places);
        Set<Integer> taken = new HashSet<>();
        int lines = 0;
        if (site.isPresent() && places.isPresent()) {
            lines = Find.bondNics(site.get(), stream).size();
            for (Element other : Find.streamsOf(topology, site.get())) {
                if (other != stream) {
                    taken.addAll(placesOf(places.get(), site.get(), other));
                }
            }
        }
        for (int i = 1; i <= MOST_TRIED && above <= Integer.MAX_VALUE - i - count; i++) {
            int id = above + i;
            if (areFree(places, id, count, lines, ids, taken)) {
                return id;
            }
        }
        return NONE;
    }

    /** The places that a stream's partitions take, or its carrier; none when its id or bond isn't right. */
    static List<Integer> placesOf(Places places, Element site, Element stream) {
        Optional<Integer> groups = stream.value(Settings.STREAM_GROUPS);
        if (groups.isPresent()) {
            return placesFrom(groups.get(), places, site, stream);
        }
        List<Integer> ids = stream.value(Settings.STREAM_CARRIER)
                .map(carrier -> List.of(Places.idOf(carrier)))
                .orElseGet(() -> idsOf(stream));
        int lines = linesOf(site, stream);
        return ids.stream()
                .flatMap(id -> IntStream.range(0, lines).mapToObj(line -> places.place(id, line)))
                .toList();
    }

    /** The places that a stream's partitions would take, or its carrier, with the first line in a given one. */
    static List<Integer> placesFrom(int first, Places places, Element site, Element stream) {
        int lines = linesOf(site, stream);
        return IntStream.range(0, partitionsOf(stream))
                .map(index -> first + Places.LINES_PER_STREAM * index)
                .boxed()
                .flatMap(from -> IntStream.range(0, lines).mapToObj(line -> places.behind(from, line)))
                .toList();
    }

    /** The first place that could be named for a stream, all its lines behind it; {@link #NONE} when there is none. */
    static int freePlace(Places places, Element topology, Element site, Element stream) {
        Set<Integer> taken = new HashSet<>();
        for (Element other : Find.owners(Find.streamsOf(topology, site))) {
            if (other != stream) {
                taken.addAll(placesOf(places, site, other));
            }
        }
        return IntStream.rangeClosed(0, places.count() - linesOf(site, stream))
                .filter(first -> Collections.disjoint(taken, placesFrom(first, places, site, stream)))
                .findFirst()
                .orElse(NONE);
    }

    private static int linesOf(Element site, Element stream) {
        return Math.min(Find.bondNics(site, stream).size(), Places.LINES_PER_STREAM);
    }

    /** The ids of a stream's partitions, from its own on; none when it isn't right. */
    static List<Integer> idsOf(Element stream) {
        int count = partitionsOf(stream);
        return stream.value(Settings.STREAM_ID)
                .map(id -> IntStream.range(0, count)
                        .filter(index -> id <= Integer.MAX_VALUE - index)
                        .mapToObj(index -> id + index)
                        .toList())
                .orElse(List.of());
    }

    static int partitionsOf(Element stream) {
        return stream.value(Settings.STREAM_PARTITIONS).orElse(1);
    }

    private static boolean isFree(Places places, int id, int lines, Set<Integer> taken) {
        for (int line = 0; line < lines; line++) {
            if (taken.contains(places.place(id, line))) {
                return false;
            }
        }
        return true;
    }

    /** Each id of a stream that would begin at the first, and its places. */
    private static boolean areFree(
            Optional<Places> places, int first, int count, int lines, Set<Integer> ids, Set<Integer> taken) {
        return IntStream.range(first, first + count)
                .allMatch(id -> !ids.contains(id) && (places.isEmpty() || isFree(places.get(), id, lines, taken)));
    }
}

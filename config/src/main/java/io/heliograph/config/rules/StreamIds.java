// SPDX-License-Identifier: Apache-2.0
package io.heliograph.config.rules;

import io.heliograph.config.document.Element;
import io.heliograph.config.net.Places;
import io.heliograph.config.settings.Settings;
import java.util.ArrayList;
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
        List<Room> rooms = rooms(topology, stream);
        for (int i = 1; i <= MOST_TRIED && above <= Integer.MAX_VALUE - i - count; i++) {
            int id = above + i;
            if (areFree(rooms, id, count, ids)) {
                return id;
            }
        }
        return NONE;
    }

    /** What is left in a site that a stream reaches: how many lines it has there, and the places that others have. */
    private record Room(Places places, int lines, Set<Integer> taken) {}

    private static List<Room> rooms(Element topology, Element stream) {
        List<Room> rooms = new ArrayList<>();
        for (String name : Bridges.sitesOf(topology, stream)) {
            Optional<Element> site = Find.named(Find.sites(topology), Settings.SITE_NAME, name);
            Optional<Places> places = site.flatMap(Ranges::places);
            if (site.isPresent() && places.isPresent()) {
                Set<Integer> taken = new HashSet<>();
                for (Element other : Find.owners(Bridges.streamsIn(topology, site.get()))) {
                    if (other != stream) {
                        taken.addAll(placesOf(places.get(), topology, site.get(), other));
                    }
                }
                rooms.add(new Room(places.get(), linesOf(topology, site.get(), stream), taken));
            }
        }
        return rooms;
    }

    /** The places that a stream's partitions take in a site, or its carrier; none when its id or bond isn't right. */
    static List<Integer> placesOf(Places places, Element topology, Element site, Element stream) {
        int lines = linesOf(topology, site, stream);
        Optional<Integer> groups = stream.value(Settings.STREAM_GROUPS);
        if (groups.isPresent()) {
            return placesFrom(groups.get(), places, lines, stream);
        }
        List<Integer> ids = stream.value(Settings.STREAM_CARRIER)
                .map(carrier -> List.of(Places.idOf(carrier)))
                .orElseGet(() -> idsOf(stream));
        return ids.stream()
                .flatMap(id -> IntStream.range(0, lines).mapToObj(line -> places.place(id, line)))
                .toList();
    }

    /** The places that a stream's partitions would take, or its carrier, with the first line in a given one. */
    private static List<Integer> placesFrom(int first, Places places, int lines, Element stream) {
        return IntStream.range(0, partitionsOf(stream))
                .map(index -> first + Places.LINES_PER_STREAM * index)
                .boxed()
                .flatMap(from -> IntStream.range(0, lines).mapToObj(line -> places.behind(from, line)))
                .toList();
    }

    /** The first place that could be named for a stream in all its sites, all lines behind it; {@link #NONE} when there is none. */
    static int freePlace(Element topology, Element stream) {
        List<Room> rooms = rooms(topology, stream);
        int most = rooms.stream()
                .mapToInt(room -> room.places().count() - room.lines())
                .min()
                .orElse(NONE);
        return IntStream.rangeClosed(0, most)
                .filter(first -> rooms.stream()
                        .allMatch(room -> Collections.disjoint(
                                room.taken(), placesFrom(first, room.places(), room.lines(), stream))))
                .findFirst()
                .orElse(NONE);
    }

    private static int linesOf(Element topology, Element site, Element stream) {
        return Math.min(Bridges.ways(topology, site, stream).size(), Places.LINES_PER_STREAM);
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

    private static boolean isFree(Room room, int id) {
        return IntStream.range(0, room.lines())
                .noneMatch(line -> room.taken().contains(room.places().place(id, line)));
    }

    /** Each id of a stream that would begin at the first, and its places. */
    private static boolean areFree(List<Room> rooms, int first, int count, Set<Integer> ids) {
        return IntStream.range(first, first + count)
                .allMatch(id -> !ids.contains(id) && rooms.stream().allMatch(room -> isFree(room, id)));
    }
}

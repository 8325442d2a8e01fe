// SPDX-License-Identifier: Apache-2.0
package io.heliograph.config.rules;

import io.heliograph.config.document.Element;
import io.heliograph.config.net.Places;
import io.heliograph.config.settings.Settings;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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

    /** The first free id above another; {@link #NONE} when there is none near. */
    static int free(Element topology, Element stream, int above) {
        Set<Integer> ids = new HashSet<>();
        Find.streams(topology).forEach(other -> other.value(Settings.STREAM_ID).ifPresent(ids::add));
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
        for (int i = 1; i <= MOST_TRIED && above <= Integer.MAX_VALUE - i; i++) {
            int id = above + i;
            if (!ids.contains(id) && (places.isEmpty() || isFree(places.get(), id, lines, taken))) {
                return id;
            }
        }
        return NONE;
    }

    /** The places that a stream takes; none when its id or bond isn't right. */
    static List<Integer> placesOf(Places places, Element site, Element stream) {
        int lines = Find.bondNics(site, stream).size();
        return stream.value(Settings.STREAM_ID)
                .map(id -> java.util.stream.IntStream.range(0, Math.min(lines, Places.LINES_PER_STREAM))
                        .mapToObj(line -> places.place(id, line))
                        .toList())
                .orElse(List.of());
    }

    private static boolean isFree(Places places, int id, int lines, Set<Integer> taken) {
        for (int line = 0; line < lines; line++) {
            if (taken.contains(places.place(id, line))) {
                return false;
            }
        }
        return true;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.heliograph.config.rules;

import io.heliograph.config.document.Element;
import io.heliograph.config.document.Problems;
import io.heliograph.config.settings.Settings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * No two streams have one id: packets carry it.
 *
 * <p><b>Thread:</b> immutable.
 */
final class UniqueStreamIdsRule implements Rule {

    @Override
    public void check(Element topology, Problems problems) {
        List<Element> streams = Find.streams(topology);
        Map<Integer, Element> first = new HashMap<>();
        for (Element stream : streams) {
            Optional<Integer> clash =
                    StreamIds.idsOf(stream).stream().filter(first::containsKey).findFirst();
            if (clash.isPresent()) {
                Element earlier = Objects.requireNonNull(first.get(clash.get()));
                int id = stream.value(Settings.STREAM_ID).orElseThrow();
                problems.add(
                        stream.at(Settings.STREAM_ID),
                        "id " + clash.get() + partition(stream, clash.get()) + " is taken by "
                                + Find.title(earlier, Settings.STREAM_NAME) + " in line "
                                + earlier.position().line() + partition(earlier, clash.get()),
                        "choose another for one of them" + suggestion(StreamIds.free(topology, stream, id)));
            }
            StreamIds.idsOf(stream).forEach(id -> first.putIfAbsent(id, stream));
        }
    }

    private static String partition(Element stream, int id) {
        int index = id - stream.value(Settings.STREAM_ID).orElseThrow();
        return StreamIds.partitionsOf(stream) == 1 ? "" : " (partition " + index + ")";
    }

    private static String suggestion(int free) {
        return free == StreamIds.NONE ? "" : "; " + free + " is free";
    }
}

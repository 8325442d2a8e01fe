// SPDX-License-Identifier: Apache-2.0
package io.heliograph.config.rules;

import io.heliograph.config.document.Element;
import io.heliograph.config.document.Problems;
import io.heliograph.config.settings.Settings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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
            stream.value(Settings.STREAM_ID).ifPresent(id -> {
                Element earlier = first.putIfAbsent(id, stream);
                if (earlier != null) {
                    problems.add(
                            stream.at(Settings.STREAM_ID),
                            "id " + id + " is taken by " + Find.title(earlier, Settings.STREAM_NAME) + " in line "
                                    + earlier.position().line(),
                            "choose another for one of them" + suggestion(StreamIds.free(topology, stream, id)));
                }
            });
        }
    }

    private static String suggestion(int free) {
        return free == StreamIds.NONE ? "" : "; " + free + " is free";
    }
}

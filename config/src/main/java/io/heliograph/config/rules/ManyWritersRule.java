// SPDX-License-Identifier: Apache-2.0
package io.heliograph.config.rules;

import io.heliograph.config.document.Element;
import io.heliograph.config.document.Problems;
import io.heliograph.config.settings.Settings;
import java.util.List;

/**
 * A stream of several writers has one publisher: the order in which its engine finds their messages exists on its host alone.
 *
 * <p><b>Thread:</b> immutable.
 */
final class ManyWritersRule implements Rule {

    @Override
    public void check(Element topology, Problems problems) {
        for (Element stream : Find.streams(topology)) {
            List<String> publishers = stream.value(Settings.STREAM_PUBLISHERS).orElse(List.of()).stream()
                    .distinct()
                    .toList();
            boolean hasMany =
                    stream.value(Settings.STREAM_WRITERS).filter("many"::equals).isPresent();
            if (hasMany && publishers.size() > 1) {
                problems.add(
                        stream.at(Settings.STREAM_PUBLISHERS),
                        Find.title(stream, Settings.STREAM_NAME) + " has many writers and " + publishers.size()
                                + " publishers: each host's engine would number its own writers' messages",
                        "name one publisher, or write writers=\"one\"");
            }
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.heliograph.config.rules;

import io.heliograph.config.document.Element;
import io.heliograph.config.document.Problems;
import io.heliograph.config.settings.Settings;

/**
 * Which line a subscriber joins is asked only where it joins one.
 *
 * <p><b>Thread:</b> immutable.
 */
final class JoinRule implements Rule {

    @Override
    public void check(Element topology, Problems problems) {
        for (Element stream : Find.streams(topology)) {
            stream.value(Settings.STREAM_LINES)
                    .filter(lines -> stream.has(Settings.STREAM_JOIN) && !lines.equals("spread"))
                    .ifPresent(lines -> problems.add(
                            stream.at(Settings.STREAM_JOIN),
                            "subscribers of " + Find.title(stream, Settings.STREAM_NAME) + " join every line: its lines"
                                    + " are " + lines,
                            "leave join out, or write lines=\"spread\""));
        }
    }
}

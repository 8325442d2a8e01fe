// SPDX-License-Identifier: Apache-2.0
package io.heliograph.config.rules;

import io.heliograph.config.document.Element;
import io.heliograph.config.document.Problems;
import io.heliograph.config.settings.Settings;
import java.util.Optional;

/**
 * Something brings lost packets back: a second line that carries the same, a line that asks again, or a journal. No gap
 * is filled from a journal in this version, so without NAK there has to be the second line.
 *
 * <p><b>Thread:</b> immutable.
 */
final class RepairRule implements Rule {

    @Override
    public void check(Element topology, Problems problems) {
        for (Element site : Find.sites(topology)) {
            for (Element stream : Find.streamsOf(topology, site)) {
                boolean isWithoutNak = stream.value(Settings.STREAM_REPAIR).equals(Optional.of("journal"));
                Optional<String> lines = stream.value(Settings.STREAM_LINES);
                boolean isOnOneLine =
                        lines.filter(policy -> !policy.equals("redundant")).isPresent()
                                || Find.bondNics(site, stream).size() == 1;
                if (isWithoutNak && isOnOneLine) {
                    problems.add(
                            stream.at(Settings.STREAM_REPAIR),
                            "nothing brings back what " + Find.title(stream, Settings.STREAM_NAME)
                                    + " loses: it comes on one line, without NAK, and has no journal",
                            "write repair=\"nak\", or lines=\"redundant\" on a bond of two NICs or more");
                }
            }
        }
    }
}

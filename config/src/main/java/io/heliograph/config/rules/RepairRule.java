// SPDX-License-Identifier: Apache-2.0
package io.heliograph.config.rules;

import io.heliograph.config.document.Element;
import io.heliograph.config.document.Problems;
import io.heliograph.config.settings.Elements;
import io.heliograph.config.settings.Settings;
import java.util.List;
import java.util.Optional;

/**
 * Something brings lost packets back: a second line that carries the same, a line that asks again, or a journal that every host
 * of the site can ask. A carrier's subscribers ask no journal in this version.
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
                String lacking = isWithoutNak && isOnOneLine ? lacking(site, stream) : "";
                if (!lacking.isEmpty()) {
                    problems.add(
                            stream.at(Settings.STREAM_REPAIR),
                            "nothing brings back what " + Find.title(stream, Settings.STREAM_NAME)
                                    + " loses: it comes on one line, without NAK, and " + lacking,
                            "write repair=\"nak\", or lines=\"redundant\" on a bond of two NICs or more, or"
                                    + " journal= with a host whose engine has a link=");
                }
            }
        }
    }

    /** Why no journal helps; empty where one does. */
    private static String lacking(Element site, Element stream) {
        List<String> keepers = stream.value(Settings.STREAM_JOURNAL).orElse(List.of());
        if (keepers.isEmpty()) {
            return "has no journal";
        }
        if (stream.has(Settings.STREAM_CARRIER)) {
            return "subscribers of a carrier ask no journal";
        }
        boolean isAskedBySome = false;
        boolean isOnEvery = true;
        for (Element host : Find.hosts(site)) {
            boolean isKeeper =
                    host.value(Settings.HOST_NAME).filter(keepers::contains).isPresent();
            isOnEvery &= isKeeper;
            isAskedBySome |= isKeeper
                    && host.children(Elements.ENGINE).stream().anyMatch(engine -> engine.has(Settings.ENGINE_LINK));
        }
        return isAskedBySome || isOnEvery ? "" : "no host that keeps its journal accepts links";
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.heliograph.config.rules;

import io.heliograph.config.document.Element;
import io.heliograph.config.document.Problems;
import io.heliograph.config.settings.Setting;
import io.heliograph.config.settings.Settings;
import java.util.List;
import java.util.Optional;

/**
 * Both ends of a path keep a journal of what the bridge carries: it is read at one of them, and the other goes on where its own
 * ends.
 *
 * <p><b>Thread:</b> immutable.
 */
final class BridgeJournalsRule implements Rule {
    @Override
    public void check(Element topology, Problems problems) {
        for (Element bridge : Bridges.of(topology)) {
            for (Element path : Bridges.paths(bridge)) {
                judge(topology, bridge, path, Settings.PATH_FROM, "reads", problems);
                judge(topology, bridge, path, Settings.PATH_TO, "goes on from", problems);
            }
        }
    }

    private static void judge(
            Element topology, Element bridge, Element path, Setting<String> setting, String verb, Problems problems) {
        Optional<String> host =
                path.value(setting).filter(name -> Bridges.host(topology, name).isPresent());
        List<Element> without = Bridges.carried(topology, bridge).stream()
                .filter(stream -> !stream.has(Settings.STREAM_JOURNAL)
                        || stream.value(Settings.STREAM_JOURNAL).isPresent())
                .filter(stream -> host.isPresent()
                        && !stream.value(Settings.STREAM_JOURNAL)
                                .orElse(List.of())
                                .contains(host.get()))
                .toList();
        if (!without.isEmpty()) {
            problems.add(
                    path.at(setting),
                    Bridges.title(bridge) + " " + verb + " the journal of host " + host.orElse("")
                            + ", which keeps none of " + Bridges.names(without),
                    "write " + host.orElse("") + " into journal= of the stream, or choose another host for the path");
        }
    }
}

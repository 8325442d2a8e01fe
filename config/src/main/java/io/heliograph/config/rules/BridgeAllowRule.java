// SPDX-License-Identifier: Apache-2.0
package io.heliograph.config.rules;

import io.heliograph.config.document.Element;
import io.heliograph.config.document.Problems;
import io.heliograph.config.settings.Elements;
import io.heliograph.config.settings.Patterns;
import io.heliograph.config.settings.Settings;
import java.util.List;

/**
 * Where the file says what nodes may do, each host that a bridge leads to may pull what that carries.
 *
 * <p><b>Thread:</b> immutable.
 */
final class BridgeAllowRule implements Rule {
    @Override
    public void check(Element topology, Problems problems) {
        List<Element> allows = topology.children(Elements.ALLOW);
        if (allows.isEmpty() || !allows.stream().allMatch(BridgeAllowRule::isReadable)) {
            return;
        }
        for (Element bridge : Bridges.of(topology)) {
            for (Element path : Bridges.paths(bridge)) {
                path.value(Settings.PATH_TO).ifPresent(host -> {
                    List<Element> refused = Bridges.carried(topology, bridge).stream()
                            .filter(stream -> allows.stream().noneMatch(allow -> allows(allow, host, stream)))
                            .toList();
                    if (!refused.isEmpty()) {
                        problems.add(
                                path.at(Settings.PATH_TO),
                                "host " + host + " is to pull " + Bridges.names(refused)
                                        + " over this path, and no <allow> lets it",
                                "add <allow node=\"" + host + "\" pull=\""
                                        + String.join(" ", Find.names(refused, Settings.STREAM_NAME)) + "\"/>");
                    }
                });
            }
        }
    }

    private static boolean isReadable(Element allow) {
        return allow.value(Settings.ALLOW_NODE).isPresent()
                && (!allow.has(Settings.ALLOW_PULL)
                        || allow.value(Settings.ALLOW_PULL).isPresent());
    }

    private static boolean allows(Element allow, String host, Element stream) {
        String name = stream.value(Settings.STREAM_NAME).orElse("");
        return Patterns.fits(allow.value(Settings.ALLOW_NODE).orElse(""), host)
                && allow.value(Settings.ALLOW_PULL).orElse(List.of()).stream()
                        .anyMatch(pattern -> Patterns.fits(pattern, name));
    }
}

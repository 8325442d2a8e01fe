// SPDX-License-Identifier: Apache-2.0
package io.heliograph.config.rules;

import io.heliograph.config.document.Element;
import io.heliograph.config.document.Problems;
import io.heliograph.config.net.Port;
import io.heliograph.config.settings.Elements;
import io.heliograph.config.settings.Setting;
import io.heliograph.config.settings.Settings;
import java.util.List;
import java.util.Optional;

/**
 * A path's two hosts accept links, and the one that connects can reach the other: a link on loopback is reached from its own
 * machine alone.
 *
 * <p><b>Thread:</b> immutable.
 */
final class BridgeLinksRule implements Rule {
    @Override
    public void check(Element topology, Problems problems) {
        for (Element bridge : Bridges.of(topology)) {
            for (Element path : Bridges.paths(bridge)) {
                Optional<Element> from = end(topology, path, Settings.PATH_FROM, problems);
                Optional<Element> to = end(topology, path, Settings.PATH_TO, problems);
                if (from.isPresent() && to.isPresent()) {
                    boolean isOpenedThere = path.value(Settings.PATH_OPENS).equals(Optional.of("from"));
                    reach(path, isOpenedThere ? from.get() : to.get(), isOpenedThere ? to.get() : from.get(), problems);
                }
            }
        }
    }

    private static Optional<Element> end(Element topology, Element path, Setting<String> setting, Problems problems) {
        Optional<Element> host = path.value(setting).flatMap(name -> Bridges.host(topology, name));
        boolean isLinked = host.stream()
                .flatMap(found -> found.children(Elements.ENGINE).stream())
                .anyMatch(engine -> engine.has(Settings.ENGINE_LINK));
        if (host.isPresent() && !isLinked) {
            problems.add(
                    path.at(setting),
                    "the engine of " + Find.title(host.get(), Settings.HOST_NAME) + " has no link",
                    "write link=\"ADDRESS:PORT\" at it, or choose another host for the path");
            return Optional.empty();
        }
        return host;
    }

    private static void reach(Element path, Element opener, Element listener, Problems problems) {
        List<Port> ports = listener.children(Elements.ENGINE).stream()
                .flatMap(engine -> engine.value(Settings.ENGINE_LINK).orElse(List.of()).stream())
                .toList();
        boolean isOnLoopback = !ports.isEmpty() && ports.stream().allMatch(Port::isLoopback);
        boolean isElsewhere = !Find.nics(opener).isEmpty()
                && Find.nics(opener).stream()
                        .allMatch(nic -> nic.value(Settings.NIC_ADDRESS)
                                .filter(address -> !address.isLoopback())
                                .isPresent());
        if (isOnLoopback && isElsewhere) {
            problems.add(
                    path.position(),
                    Find.title(opener, Settings.HOST_NAME) + " is to connect to "
                            + Find.title(listener, Settings.HOST_NAME) + ", which accepts links on loopback alone",
                    "write an address of that host's NICs in its link=");
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.heliograph.config.rules;

import io.heliograph.config.document.Element;
import io.heliograph.config.document.Problems;
import io.heliograph.config.settings.Settings;
import java.util.List;
import java.util.Optional;

/**
 * A stream with a line by unicast has one publisher: subscribers ask for packets at its address.
 *
 * <p><b>Thread:</b> immutable.
 */
final class UnicastPublisherRule implements Rule {

    @Override
    public void check(Element topology, Problems problems) {
        for (Element site : Find.sites(topology)) {
            for (Element stream : Find.streamsOf(topology, site)) {
                List<String> publishers = stream.value(Settings.STREAM_PUBLISHERS).orElse(List.of()).stream()
                        .distinct()
                        .toList();
                Optional<String> unicast = Find.bondNics(site, stream).stream()
                        .filter(nic -> NicModeRule.mode(site, nic).equals(Optional.of("unicast")))
                        .findFirst();
                if (publishers.size() > 1 && unicast.isPresent()) {
                    problems.add(
                            stream.at(Settings.STREAM_PUBLISHERS),
                            Find.title(stream, Settings.STREAM_NAME) + " has " + publishers.size()
                                    + " publishers, and NIC " + unicast.get()
                                    + " of its bond is unicast: subscribers ask one publisher for its packets",
                            "name one publisher, or a bond of multicast NICs");
                }
            }
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.heliograph.config.rules;

import io.heliograph.config.document.Element;
import io.heliograph.config.document.Problems;
import io.heliograph.config.settings.Settings;
import java.util.List;

/**
 * A host that publishes a stream has every NIC of the stream's bond.
 *
 * <p><b>Thread:</b> immutable.
 */
final class PublisherNicsRule implements Rule {

    @Override
    public void check(Element topology, Problems problems) {
        for (Element site : Find.sites(topology)) {
            for (Element stream : Find.streamsOf(topology, site)) {
                for (String name : stream.value(Settings.STREAM_PUBLISHERS).orElse(List.of())) {
                    Find.named(Find.hosts(site), Settings.HOST_NAME, name)
                            .ifPresent(host -> judge(site, stream, host, problems));
                }
            }
        }
    }

    private static void judge(Element site, Element stream, Element host, Problems problems) {
        List<String> has = Find.names(Find.nics(host), Settings.NIC_NAME);
        List<String> siteHas = Find.names(
                Find.hosts(site).stream()
                        .flatMap(any -> Find.nics(any).stream())
                        .toList(),
                Settings.NIC_NAME);
        for (String nic : Find.bondNics(site, stream)) {
            if (siteHas.contains(nic) && !has.contains(nic)) {
                problems.add(
                        stream.at(Settings.STREAM_PUBLISHERS),
                        Find.title(host, Settings.HOST_NAME) + " publishes "
                                + Find.title(stream, Settings.STREAM_NAME) + " and has no NIC '" + nic
                                + "' of its bond",
                        "add the NIC to the host, or choose another bond or host");
            }
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.heliograph.config.rules;

import io.heliograph.config.document.Element;
import io.heliograph.config.document.Problems;
import io.heliograph.config.settings.Rates;
import io.heliograph.config.settings.Settings;
import java.util.List;

/**
 * What the streams of a host are declared to need, each of its NICs can carry: all of it, for a NIC may be the last one left.
 *
 * <p><b>Thread:</b> immutable.
 */
final class DeclaredRatesRule implements Rule {

    @Override
    public void check(Element topology, Problems problems) {
        for (Element site : Find.sites(topology)) {
            List<Element> streams = Bridges.streamsIn(topology, site);
            for (Element host : Find.hosts(site)) {
                for (Element nic : Find.nics(host)) {
                    judge(topology, site, streams, host, nic, problems);
                }
            }
        }
    }

    private static void judge(
            Element topology, Element site, List<Element> streams, Element host, Element nic, Problems problems) {
        String hostName = host.value(Settings.HOST_NAME).orElse("");
        String nicName = nic.value(Settings.NIC_NAME).orElse("");
        double neededBps = streams.stream()
                .filter(stream -> Bridges.ways(topology, site, stream).stream()
                        .anyMatch(way -> way.nic().equals(nicName) && sends(way, stream, hostName)))
                .mapToDouble(stream -> stream.value(Settings.STREAM_RATE).orElse(0L))
                .sum();
        nic.value(Settings.NIC_RATE)
                .filter(carriedBps -> neededBps > carriedBps)
                .ifPresent(carriedBps -> problems.add(
                        nic.at(Settings.NIC_RATE),
                        "NIC " + nicName + " of " + hostName + " carries " + Rates.format(carriedBps)
                                + ", and the streams sent on it are declared at " + Rates.format((long) neededBps),
                        "move streams to another bond or host, or correct the rates"));
    }

    private static boolean sends(Bridges.Way way, Element stream, String host) {
        return way.ingress()
                .map(host::equals)
                .orElseGet(() -> stream.value(Settings.STREAM_PUBLISHERS)
                        .orElse(List.of())
                        .contains(host));
    }
}

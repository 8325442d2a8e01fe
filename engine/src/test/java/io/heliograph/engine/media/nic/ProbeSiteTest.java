// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.media.nic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.config.HostPlace;
import io.heliograph.config.TopologyReader;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where probes go on each kind of NIC. */
final class ProbeSiteTest {
    private static final String RANGE = "multicast=\"239.20.16.0/20\"";

    @Test
    void shouldGoToTheFirstAddressOfTheRangeByMulticastAndToEachPeerByUnicast() {
        HostPlace place = place(RANGE);
        ProbeSite site = ProbeSite.of("t", place).orElseThrow();

        ProbeRoute eth = site.route(place.host().nics().get(0), 0);
        ProbeRoute tunnel = site.route(place.host().nics().get(1), 1);

        assertTrue(eth.isMulticast());
        assertEquals("239.20.16.0:19999", text(eth.hears()));
        assertEquals(List.of("239.20.16.0:19999"), texts(eth));
        assertFalse(tunnel.isMulticast());
        assertEquals("10.9.0.1:19999", text(tunnel.hears()));
        assertEquals(List.of("10.9.0.2:19999", "10.9.0.3:19999"), texts(tunnel));
    }

    @Test
    void shouldGoToEachPeerOnEveryNicWhenSiteHasNoRange() {
        HostPlace place = place("");
        ProbeSite site = ProbeSite.of("t", place).orElseThrow();

        assertEquals(
                List.of("10.1.0.2:19999"), texts(site.route(place.host().nics().get(0), 0)));
    }

    private static HostPlace place(String range) {
        String mode = range.isEmpty() ? "" : "mode=\"unicast\"";
        return TopologyReader.read("t.xml", """
                <topology xmlns="urn:heliograph:topology:1" name="t">
                  <site name="s" %1$s>
                    <host name="h1"><nic name="eth" address="10.1.0.1/24"/><nic name="tun" address="10.9.0.1/24" %2$s/></host>
                    <host name="h2"><nic name="eth" address="10.1.0.2/24"/><nic name="tun" address="10.9.0.2/24" %2$s/></host>
                    <host name="h3"><nic name="tun" address="10.9.0.3/24" %2$s/></host>
                  </site>
                </topology>
                """.formatted(range, mode))
                .host("h1")
                .orElseThrow();
    }

    private static List<String> texts(ProbeRoute route) {
        return route.targets().stream().map(ProbeSiteTest::text).toList();
    }

    private static String text(InetSocketAddress address) {
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }
}

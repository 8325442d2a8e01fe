// SPDX-License-Identifier: Apache-2.0
package io.heliograph.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Lines without multicast: where they are, and what is refused of them. */
class UnicastTest {
    private static final String RANGE = " multicast=\"239.20.0.0/20\"";
    private static final String NIC_B = "<nic name=\"b\" address=\"10.1.2.1/24\"/>";
    private static final String TUNNEL = "<nic name=\"b\" address=\"10.1.2.1/24\" mode=\"unicast\"/>";
    private static final String ENGINE = "      <engine/>\n    </host>";
    private static final String SECOND_HOST = ENGINE + "<host name=\"ny2\">%s</host>";

    @Test
    void shouldBeUnicastThroughoutWhenSiteHasNoRange() {
        Topology topology = TopologyReader.read("t.xml", Mistakes.RIGHT.replace(RANGE, ""));

        // Place (8 * 1 + k) mod 8191.
        assertEquals(List.of("A a unicast 10.1.1.1:20008", "B b unicast 10.1.2.1:20009"), lines(topology));
        assertEquals(
                NicMode.UNICAST,
                topology.sites().get(0).hosts().get(0).nics().get(0).mode());
    }

    @Test
    void shouldBeUnicastOnTheTunnelAndMulticastBesideIt() {
        Topology topology = TopologyReader.read("t.xml", Mistakes.RIGHT.replace(NIC_B, TUNNEL));

        assertEquals(List.of("A a 239.20.0.17:20008", "B b unicast 10.1.2.1:20009"), lines(topology));
        List<Line> lines = Lines.of(topology, topology.streams().get(0));
        assertTrue(lines.get(0).isMulticast());
        assertFalse(lines.get(1).isMulticast());
        assertEquals(20_009, lines.get(1).port());
        assertThrows(IllegalStateException.class, () -> lines.get(1).group());
    }

    @Test
    void shouldAskThePublisherAndNoOtherHost() {
        String second = SECOND_HOST.formatted("<nic name=\"b\" address=\"10.1.2.2/24\" mode=\"unicast\"/>");
        Topology topology = TopologyReader.read(
                "t.xml", Mistakes.RIGHT.replace(NIC_B, TUNNEL).replace(ENGINE, second));

        assertEquals("B b unicast 10.1.2.1:20009", lines(topology).get(1));
    }

    @Test
    void shouldKeepPortsBelowThoseThatLinuxGivesToAnybodyWhenThereIsNoRange() {
        String last = Mistakes.RIGHT.replace(RANGE, "").replace("id=\"1\"", "id=\"8190\"");

        // (8 * 8190 + 1) mod 8191 = 8184; the highest place is 8190.
        assertEquals(
                "B b unicast 10.1.2.1:28184",
                lines(TopologyReader.read("t.xml", last)).get(1));
    }

    @Test
    void shouldRefuseTwoStreamsOnOnePort() {
        String stream = "<stream name=\"itch\" id=\"1\" site=\"ny\" publishers=\"ny1\" bond=\"ab\"/>";
        String second = stream.replace("itch", "deep").replace("id=\"1\"", "id=\"8192\"");

        assertEquals(
                List.of("11:23: id 8192 puts stream deep in the place of stream itch (id 1): same port;"
                        + " choose another id; 8193 is free"),
                Mistakes.in(Mistakes.RIGHT.replace(RANGE, "").replace(stream, stream + "\n  " + second)));
    }

    @Test
    void shouldRefuseMulticastWhereThereIsNoRange() {
        String asks = "<nic name=\"b\" address=\"10.1.2.1/24\" mode=\"multicast\"/>";

        assertEquals(
                List.of("5:43: nic b asks for multicast, and site ny has no multicast range;"
                        + " leave mode out, or give the site a range such as multicast=\"239.20.0.0/20\""),
                Mistakes.in(Mistakes.RIGHT.replace(RANGE, "").replace(NIC_B, asks)));
    }

    @Test
    void shouldRefuseOneNicByMulticastHereAndByUnicastThere() {
        String second = SECOND_HOST.formatted("<nic name=\"b\" address=\"10.1.2.2/24\"/>");

        assertEquals(
                List.of("7:29: nic b is multicast here and unicast in line 5: a line is one or the other on all hosts;"
                        + " give them one mode, or this one another name"),
                Mistakes.in(Mistakes.RIGHT.replace(NIC_B, TUNNEL).replace(ENGINE, second)));
    }

    @Test
    void shouldRefuseUnicastFromLoopbackToAnotherMachine() {
        String second = SECOND_HOST.formatted("<nic name=\"b\" address=\"127.0.0.1/8\" mode=\"unicast\"/>");

        assertEquals(
                List.of("7:43: nic b is loopback here and not so in line 5: unicast doesn't get from one to the other;"
                        + " give both addresses of one network"),
                Mistakes.in(Mistakes.RIGHT.replace(NIC_B, TUNNEL).replace(ENGINE, second)));
    }

    @Test
    void shouldTakeTunnelsWithASubnetForEachHost() {
        String second = SECOND_HOST.formatted("<nic name=\"b\" address=\"10.9.0.2/32\" mode=\"unicast\"/>");

        assertEquals(
                List.of(),
                Mistakes.in(Mistakes.RIGHT
                        .replace(NIC_B, TUNNEL.replace("10.1.2.1/24", "10.9.0.1/32"))
                        .replace(ENGINE, second)));
    }

    @Test
    void shouldRefuseTwoPublishersOfALineByUnicast() {
        String second =
                SECOND_HOST.formatted("<nic name=\"a\" address=\"10.1.1.2/24\"/>" + TUNNEL.replace("2.1/", "2.2/"));

        assertEquals(
                List.of("10:40: stream itch has 2 publishers, and NIC b of its bond is unicast: subscribers ask one"
                        + " publisher for its packets; name one publisher, or a bond of multicast NICs"),
                Mistakes.in(Mistakes.RIGHT
                        .replace(NIC_B, TUNNEL)
                        .replace(ENGINE, second)
                        .replace("publishers=\"ny1\"", "publishers=\"ny1 ny2\"")));
    }

    private static List<String> lines(Topology topology) {
        return Lines.of(topology, topology.streams().get(0)).stream()
                .map(line ->
                        line.name() + " " + line.nic() + " " + line.address().text())
                .toList();
    }
}

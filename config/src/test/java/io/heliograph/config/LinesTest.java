// SPDX-License-Identifier: Apache-2.0
package io.heliograph.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.config.net.Places;
import io.heliograph.config.net.Subnet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinesTest {
    private static final Topology TOPOLOGY =
            TopologyReader.read("t.xml", Mistakes.RIGHT.replace("id=\"1\"", "id=\"1001\""));

    @Test
    void shouldGiveEachLineItsPlace() {
        // Place (8 * 1001 + 0) mod 2047 = 1867: 239.20.0.0 + 2 * 1867 + 1 = 239.20.14.151, port 20000 + 1867.
        List<Line> lines = Lines.of(TOPOLOGY, TOPOLOGY.streams().get(0));

        assertEquals(
                List.of("0 A a 239.20.14.151 239.20.14.152 21867", "1 B b 239.20.14.153 239.20.14.154 21868"),
                lines.stream().map(LinesTest::text).toList());
    }

    @ParameterizedTest
    @CsvSource({"16", "20", "29", "30"})
    void shouldStayInsideRangeAtEveryPlace(int prefixLength) {
        Subnet range = new Subnet(0xEF140000, prefixLength);
        Places places = new Places(range);

        for (int place = 0; place < places.count(); place++) {
            assertEquals(1, places.dataGroup(place) & 1);
            assertTrue(range.overlaps(new Subnet(places.controlGroup(place), 32)));
            assertTrue(places.port(place) < 65_536);
        }
    }

    @Test
    void shouldNotOverflowWhenIdIsLargest() {
        Places places = new Places(new Subnet(0xEF140000, 20));

        assertEquals((int) ((8L * Integer.MAX_VALUE + 7) % 2047), places.place(Integer.MAX_VALUE, 7));
    }

    @ParameterizedTest
    @CsvSource({"1500, 1408", "9000, 8192", "65535, 8192", "576, 480"})
    void shouldLeaveRoomForHeadersWhenLineTakesItsMtu(int nicMtu, int lineMtu) {
        Topology topology =
                TopologyReader.read("t.xml", Mistakes.RIGHT.replace("/24\"", "/24\" mtu=\"" + nicMtu + "\""));

        assertEquals(lineMtu, Lines.mtu(topology, topology.streams().get(0)));
    }

    @Test
    void shouldTakeSmallestMtuOfAllHosts() {
        String xml = Mistakes.RIGHT
                .replace("10.1.1.1/24\"", "10.1.1.1/24\" mtu=\"9000\"")
                .replace("10.1.2.1/24\"", "10.1.2.1/24\" mtu=\"9000\"");
        String other = xml.replace("<bond", "<host name=\"ny2\"><nic name=\"a\" address=\"10.1.1.2/24\"/></host><bond");

        assertEquals(
                8192,
                Lines.mtu(TopologyReader.read("t.xml", xml), TOPOLOGY.streams().get(0)));
        assertEquals(
                1408,
                Lines.mtu(
                        TopologyReader.read("t.xml", other), TOPOLOGY.streams().get(0)));
    }

    @Test
    void shouldRefuseStreamOfAnotherTopology() {
        Topology empty = new Topology("empty", List.of(), List.of());

        assertThrows(
                IllegalArgumentException.class,
                () -> Lines.of(empty, TOPOLOGY.streams().get(0)));
    }

    private static String text(Line line) {
        return line.index() + " " + line.name() + " " + line.nic() + " "
                + line.group().getHostAddress() + " " + line.control().getHostAddress() + " " + line.port();
    }
}

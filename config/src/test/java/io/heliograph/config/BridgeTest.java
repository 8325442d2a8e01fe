// SPDX-License-Identifier: Apache-2.0
package io.heliograph.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What the file says of bridges, and where they lead streams. */
class BridgeTest {
    private static final Topology TOPOLOGY = TopologyReader.read("t.xml", Mistakes.BRIDGED);
    private static final Stream ITCH = TOPOLOGY.stream("itch").orElseThrow();

    @Test
    void shouldReadABridgeWithItsDefaults() {
        assertEquals(
                List.of(new Bridge(
                        "ny",
                        "ldn",
                        List.of("it*"),
                        "ab",
                        LinePolicy.REDUNDANT,
                        Select.FAILOVER,
                        Lag.KEEP,
                        0,
                        0,
                        Compress.AUTO,
                        Bridge.NEVER_BUSY,
                        Bridge.NEVER_BUSY / 2,
                        List.of(
                                new BridgePath("ny1", "ldn1", 1, Opens.TO, 0),
                                new BridgePath("ny2", "ldn1", BridgePath.BY_DISTANCE, Opens.TO, 0)))),
                TOPOLOGY.bridges());
    }

    @Test
    void shouldReadAllThatCanBeSaidOfABridge() {
        Topology topology = read(
                "streams=\"it*\" bond=\"ab\"",
                "streams=\"itch it*\" bond=\"ab\" lines=\"pin\" select=\"hedge\" lag=\"skip\" lag-bound=\"250 ms\""
                        + " rate=\"100 Mbit/s\" compress=\"off\" hwm=\"5000\" lwm=\"100\"",
                "<path from=\"ny2\" to=\"ldn1\"/>",
                "<path from=\"ny2\" to=\"ldn1\" opens=\"from\" priority=\"16\" buffer=\"10 MB\"/>");
        Bridge bridge = topology.bridges().get(0);

        assertEquals(List.of("itch", "it*"), bridge.streams());
        assertEquals(LinePolicy.PIN, bridge.lines());
        assertEquals(Select.HEDGE, bridge.select());
        assertEquals(Lag.SKIP, bridge.lag());
        assertEquals(250_000_000, bridge.lagBoundNs());
        assertEquals(100_000_000, bridge.rateBps());
        assertEquals(Compress.OFF, bridge.compress());
        assertEquals(5_000, bridge.highMark());
        assertEquals(100, bridge.lowMark());
        assertEquals(
                new BridgePath("ny2", "ldn1", 16, Opens.FROM, 10_000_000),
                bridge.paths().get(1));
    }

    @Test
    void shouldSkipBeyondASecondWhereNoBoundIsNamed() {
        Topology topology = read("streams=\"it*\"", "streams=\"it*\" lag=\"skip\"");

        assertEquals(1_000_000_000, topology.bridges().get(0).lagBoundNs());
    }

    @Test
    void shouldTakeHalfOfTheHighMarkWhereNoLowOneIsNamed() {
        Bridge bridge = read("streams=\"it*\"", "streams=\"it*\" hwm=\"5000\"")
                .bridges()
                .get(0);

        assertEquals(2_500, bridge.lowMark());
    }

    @Test
    void shouldKnowThePathsOfEitherEnd() {
        Bridge bridge = TOPOLOGY.bridges().get(0);

        assertEquals(List.of("ldn1"), bridge.ingresses());
        assertEquals(List.of("ny1", "ny2"), bridge.egresses());
        assertEquals(bridge.paths(), bridge.pathsTo("ldn1"));
        assertEquals(bridge.paths().subList(1, 2), bridge.pathsFrom("ny2"));
        assertEquals(List.of(), bridge.pathsTo("ny1"));
        assertEquals(
                List.of(1, BridgePath.REMOTE),
                bridge.paths().stream().map(BridgePath::level).toList());
    }

    @Test
    void shouldSayWhoConnects() {
        BridgePath inward = new BridgePath("ny1", "ldn1", 1, Opens.TO, 0);
        BridgePath outward = new BridgePath("ny1", "ldn1", 1, Opens.FROM, 0);

        assertEquals("ldn1 to ny1", inward.opener() + " to " + inward.listener());
        assertEquals("ny1 to ldn1", outward.opener() + " to " + outward.listener());
    }

    @Test
    void shouldCarryTheStreamsOfItsPatterns() {
        Topology topology = read(
                "<stream ",
                "<stream name=\"other\" id=\"50\" site=\"ny\" publishers=\"ny1\" bond=\"one\"/><stream partitions=\"2\" ");

        assertEquals(
                List.of("other [ny]", "itch/0 [ny, ldn]", "itch/1 [ny, ldn]"),
                topology.streams().stream()
                        .map(stream -> stream.name() + " " + topology.sitesOf(stream))
                        .toList());
        assertEquals(
                List.of("itch/0", "itch/1"),
                topology.streamsIn("ldn").stream().map(Stream::name).toList());
        assertEquals(3, topology.streamsIn("ny").size());
    }

    @Test
    void shouldGiveLinesInEachSiteItsOwnSenders() {
        // Place (8 * 1 + k) mod 2047 = 8 and 9, in the range of each site.
        assertEquals(List.of("A a 239.20.0.17:20008 [ny1]"), texts(TOPOLOGY, "ny"));
        assertEquals(List.of("A a 239.20.16.17:20008 [ldn1]", "B b 239.20.16.19:20009 [ldn1]"), texts(TOPOLOGY, "ldn"));
        assertEquals(Lines.of(TOPOLOGY, ITCH), Lines.of(TOPOLOGY, ITCH, "ny"));
        assertThrows(IllegalArgumentException.class, () -> Lines.of(TOPOLOGY, ITCH, "fra"));
    }

    @Test
    void shouldCountOnWithASecondIngress() {
        Topology topology = TopologyReader.read("t.xml", twoIngresses(Mistakes.BRIDGED));

        assertEquals(
                List.of(
                        "A a 239.20.16.17:20008 [ldn1]",
                        "B b 239.20.16.19:20009 [ldn1]",
                        "C a 239.20.16.21:20010 [ldn2]",
                        "D b 239.20.16.23:20011 [ldn2]"),
                texts(topology, "ldn"));
    }

    @Test
    void shouldGiveAnIngressOfTwoBridgesOneLineOnEachNic() {
        Topology topology = TopologyReader.read("t.xml", triangle());

        assertEquals(
                List.of("ny", "ldn", "fra"),
                topology.sitesOf(topology.stream("itch").orElseThrow()));
        assertEquals(List.of("A a 239.20.16.17:20008 [ldn1]", "B b 239.20.16.19:20009 [ldn1]"), texts(topology, "ldn"));
        assertEquals(
                List.of("ny", "fra"),
                topology.bridgesInto("ldn", topology.stream("itch").orElseThrow()).stream()
                        .map(Bridge::from)
                        .toList());
    }

    @Test
    void shouldNameTheUnicastAddressOfTheIngress() {
        Topology topology = TopologyReader.read(
                "t.xml", twoIngresses(Mistakes.BRIDGED).replace(" multicast=\"239.20.16.0/20\"", ""));

        assertEquals(
                List.of(
                        "unicast 10.2.1.1:20008",
                        "unicast 10.2.2.1:20009",
                        "unicast 10.2.1.2:20010",
                        "unicast 10.2.2.2:20011"),
                Lines.of(topology, topology.stream("itch").orElseThrow(), "ldn").stream()
                        .map(line -> line.address().text())
                        .toList());
    }

    @Test
    void shouldTakePolicyAndMtuOfTheSite() {
        Topology topology =
                read("bond=\"ab\"", "bond=\"ab\" lines=\"pin\"", "10.2.2.2/24\"", "10.2.2.2/24\" mtu=\"1000\"");
        Stream itch = topology.stream("itch").orElseThrow();

        assertEquals(LinePolicy.REDUNDANT, Lines.policy(topology, itch, "ny"));
        assertEquals(LinePolicy.PIN, Lines.policy(topology, itch, "ldn"));
        assertEquals(1408, Lines.mtu(topology, itch, "ny"));
        assertEquals(896, Lines.mtu(topology, itch, "ldn"));
        assertThrows(IllegalArgumentException.class, () -> Lines.policy(topology, itch, "fra"));
    }

    /** A third site, which gets the stream from ldn and leads it back there: whoever has it already drops it. */
    static String triangle() {
        return Mistakes.BRIDGED
                .replace("journal=\"ny1 ny2 ldn1\"", "journal=\"ny1 ny2 ldn1 fra1\"")
                .replace(
                        "<stream",
                        "<site name=\"fra\"><host name=\"fra1\"><nic name=\"x\" address=\"10.3.1.1/24\"/><engine"
                                + " link=\"10.3.1.1:7400\" journal=\"/j/fra1\"/></host><bond name=\"x\" nics=\"x\"/></site><stream")
                .replace(
                        "</topology>",
                        "<bridge from=\"ldn\" to=\"fra\" streams=\"itch\" bond=\"x\"><path from=\"ldn1\" to=\"fra1\"/></bridge>"
                                + "<bridge from=\"fra\" to=\"ldn\" streams=\"itch\" bond=\"ab\"><path from=\"fra1\" to=\"ldn1\"/></bridge>"
                                + "</topology>");
    }

    /** The second path leads to another host. */
    static String twoIngresses(String xml) {
        return xml.replace("<path from=\"ny2\" to=\"ldn1\"/>", "<path from=\"ny2\" to=\"ldn2\"/>")
                .replace("journal=\"ny1 ny2 ldn1\"", "journal=\"ny1 ny2 ldn1 ldn2\"")
                .replace(
                        "address=\"10.2.1.2/24\"/>",
                        "address=\"10.2.1.2/24\"/><engine link=\"10.2.1.2:7400\" journal=\"/j/ldn2\"/>");
    }

    private static Topology read(String... changes) {
        String xml = Mistakes.BRIDGED;
        for (int i = 0; i < changes.length; i += 2) {
            xml = xml.replace(changes[i], changes[i + 1]);
        }
        return TopologyReader.read("t.xml", xml);
    }

    private static List<String> texts(Topology topology, String site) {
        return Lines.of(topology, topology.stream("itch").orElseThrow(), site).stream()
                .map(line ->
                        line.name() + " " + line.nic() + " " + line.address().text() + " " + line.senders())
                .toList();
    }
}

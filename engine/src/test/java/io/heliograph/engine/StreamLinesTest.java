// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.config.Line;
import io.heliograph.config.LinePolicy;
import io.heliograph.config.Stream;
import io.heliograph.config.Topology;
import io.heliograph.config.TopologyReader;
import io.heliograph.engine.media.LineChannel;
import io.heliograph.engine.media.population.LineSlots;
import io.heliograph.engine.testkit.BridgedSites;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lines of a stream as hosts of its own site and of another one have them. */
final class StreamLinesTest {
    @TempDir
    private Path folder;

    @Test
    void shouldBeThoseOfTheHostsSite() {
        Topology topology = BridgedSites.one(folder, "lines=\"redundant\"", "lines=\"pin\"");

        StreamLines home = lines(topology, "ny2");
        StreamLines far = lines(topology, "ldn3");

        assertEquals("A a ny1, B b ny1", words(home.here()));
        assertEquals("A c ldn1, B d ldn1", words(far.here()));
        assertEquals(LinePolicy.REDUNDANT, home.policy());
        assertEquals(LinePolicy.PIN, far.policy());
        // What is joined is all either way; what is sent on is the first of the pinned ones.
        assertEquals(0b11, home.choice().sends(0b11));
        assertEquals(0b01, far.choice().sends(0b11));
    }

    @Test
    void shouldTakeTheMtuOfTheSite() {
        String xml = """
            <topology xmlns="urn:heliograph:topology:1" name="t">
              <site name="ny"><host name="ny1"><nic name="a" mtu="9000" address="10.1.1.1/24"/>
                <engine link="10.1.1.1:7400" journal="/j"/></host><bond name="a" nics="a"/></site>
              <site name="ldn"><host name="ldn1"><nic name="c" address="10.2.1.1/24"/>
                <engine link="10.2.1.1:7400" journal="/j"/></host><bond name="c" nics="c"/></site>
              <stream name="itch" id="7" site="ny" publishers="ny1" bond="a" journal="ny1 ldn1" journal-mode="required"
                  journal-lag="32 MB"/>
              <bridge from="ny" to="ldn" streams="itch" bond="c"><path from="ny1" to="ldn1"/></bridge>
            </topology>
            """;
        Topology topology = TopologyReader.read("t.xml", xml);

        assertEquals(8192, lines(topology, "ny1").settings().mtu());
        assertEquals(1408, lines(topology, "ldn1").settings().mtu());
        // Nobody waits there for a journal.
        assertEquals(1 << 27, lines(topology, "ny1").settings().termLength());
        assertEquals(1 << 20, lines(topology, "ldn1").settings().termLength());
    }

    @Test
    void shouldBelieveTheSenderOfEachLineAlone() {
        Topology topology = BridgedSites.two(folder, "", "");
        StreamLines far = lines(topology, "ldn3");

        assertEquals("A c ldn1, B d ldn1, C c ldn2, D d ldn2", words(far.here()));
        assertEquals(
                List.of("[/127.0.1.3]", "[/127.0.2.3]", "[/127.0.1.4]", "[/127.0.2.4]"),
                far.here().stream()
                        .map(line -> channel(far, line).sources().toString())
                        .toList());
        // With NAK the last one of all.
        assertEquals(
                List.of(false, false, false, true),
                far.here().stream().map(line -> channel(far, line).isReliable()).toList());
    }

    @Test
    void shouldSendAndSpyOnTheHostsOwnLinesOnly() {
        Topology topology = BridgedSites.two(folder, "", "lines=\"hash\"");

        assertEquals(0b0011, lines(topology, "ldn1").sentHereOnly());
        assertEquals(0b1100, lines(topology, "ldn2").sentHereOnly());
        assertEquals(0, lines(topology, "ldn3").sentHereOnly());
        assertEquals(0b11, lines(topology, "ny1").sentHereOnly());
        assertEquals(0, lines(topology, "ny2").sentHereOnly());
        StreamLines own = lines(topology, "ldn2").sent();
        assertEquals("C c ldn2, D d ldn2", words(own.here()));
        // Each ingress chooses among its own ones, and all by the same hash.
        assertEquals(
                lines(topology, "ldn1").sent().choiceHere().sends(0b11),
                own.choiceHere().sends(0b11));
        assertEquals(1, Long.bitCount(own.choiceHere().sends(0b11)));
        assertTrue(assertThrows(
                        HeliographException.class, () -> lines(topology, "ldn3").sent())
                .getMessage()
                .contains("host ldn3 sends nothing of stream itch in site ldn"));
    }

    @Test
    void shouldSayWhereTheStreamIsWhereItDoesNotCome() {
        String xml = """
            <topology xmlns="urn:heliograph:topology:1" name="t">
              <site name="ny"><host name="ny1"><nic name="a" address="10.1.1.1/24"/></host><bond name="a" nics="a"/></site>
              <site name="ldn"><host name="ldn1"><nic name="a" address="10.2.1.1/24"/></host></site>
              <stream name="itch" id="7" site="ny" publishers="ny1" bond="a"/>
            </topology>
            """;
        Topology topology = TopologyReader.read("t.xml", xml);

        assertEquals(
                "stream itch does not come to site ldn, where host ldn1 is: it is in ny; let a <bridge> lead it there",
                assertThrows(HeliographException.class, () -> lines(topology, "ldn1"))
                        .getMessage());
    }

    @Test
    void shouldAskTheSitesJournalsFirstAndThenThoseOfTheStreamsOwnSite() {
        Topology topology = BridgedSites.one(folder, "", "");
        Stream itch = topology.stream("itch").orElseThrow();

        JournalPlaces far = places(topology, "ldn3", itch);
        assertEquals(List.of("ldn1", "ldn2"), far.site());
        assertEquals(List.of("ny1", "ny2"), far.origin());
        JournalPlaces ingress = JournalPlaces.of(
                topology, topology.host("ldn1").orElseThrow(), itch, SubscriptionOptions.DEFAULT.keepingJournal());
        assertEquals(List.of("ldn2"), ingress.site());
        assertEquals(List.of("ny1", "ny2"), ingress.origin());
        JournalPlaces home = places(topology, "ny2", itch);
        assertEquals(folder.resolve("ny2"), home.own());
        assertEquals(List.of("ny1"), home.site());
        assertEquals(List.of("ldn1", "ldn2"), home.origin());
    }

    @Test
    void shouldAskThoseOfTheStreamsOwnSiteBeforeThoseOfOthers() {
        String xml = """
            <topology xmlns="urn:heliograph:topology:1" name="t">
              <site name="ny">
                <host name="ny1"><nic name="a" address="10.1.1.1/24"/><engine link="10.1.1.1:7400" journal="/j"/></host>
                <host name="ny2"><nic name="a" address="10.1.1.2/24"/><engine link="10.1.1.2:7400" journal="/j"/></host>
                <bond name="a" nics="a"/></site>
              <site name="ldn"><host name="ldn1"><nic name="a" address="10.2.1.1/24"/>
                <engine link="10.2.1.1:7400" journal="/j"/></host><bond name="a" nics="a"/></site>
              <site name="fra"><host name="fra1"><nic name="a" address="10.3.1.1/24"/>
                <engine link="10.3.1.1:7400" journal="/j"/></host><bond name="a" nics="a"/></site>
              <stream name="itch" id="7" site="ny" publishers="ny1" bond="a" journal="ldn1 ny2 fra1 ny1"/>
              <bridge from="ny" to="ldn" streams="itch" bond="a"><path from="ny1" to="ldn1"/></bridge>
              <bridge from="ldn" to="fra" streams="itch" bond="a"><path from="ldn1" to="fra1"/></bridge>
            </topology>
            """;
        Topology topology = TopologyReader.read("t.xml", xml);

        JournalPlaces far = places(topology, "fra1", topology.stream("itch").orElseThrow());
        assertEquals(List.of(), far.site());
        assertEquals(List.of("ny1", "ny2", "ldn1"), far.origin());
    }

    @Test
    void shouldCountTheSubscribersOfLinesWhereTheirSiteSpreadsThem() {
        Topology topology = BridgedSites.one(folder, "lines=\"spread\" join=\"least-populated\"", "lines=\"spread\"");
        Topology elsewhere = BridgedSites.one(folder, "lines=\"spread\" join=\"least-populated\"", "lines=\"pin\"");

        assertEquals(2, LineSlots.of(topology, "ny").count());
        assertEquals(2, LineSlots.of(topology, "ldn").count());
        assertEquals(0, LineSlots.of(elsewhere, "ldn").count());
        assertTrue(lines(topology, "ldn3").isJoinedByPopulation());
    }

    private static JournalPlaces places(Topology topology, String host, Stream stream) {
        return JournalPlaces.of(topology, topology.host(host).orElseThrow(), stream, SubscriptionOptions.DEFAULT);
    }

    private static LineChannel channel(StreamLines lines, Line line) {
        return lines.channelIn(line, lines.settings(), SubscriptionOptions.Nak.DESIGN);
    }

    private static StreamLines lines(Topology topology, String host) {
        return StreamLines.of(
                topology,
                topology.host(host).orElseThrow(),
                topology.stream("itch").orElseThrow());
    }

    private static String words(List<Line> lines) {
        return String.join(
                ", ",
                lines.stream()
                        .map(line -> line.name() + " " + line.nic() + " " + String.join(" ", line.senders()))
                        .toList());
    }
}

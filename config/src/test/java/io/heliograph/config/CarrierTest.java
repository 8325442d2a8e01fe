// SPDX-License-Identifier: Apache-2.0
package io.heliograph.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.heliograph.config.net.Places;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Streams that share a carrier's lines: where those are, and what is refused of them. */
class CarrierTest {
    private static final String STREAM = "<stream name=\"itch\" id=\"1\" site=\"ny\" publishers=\"ny1\" bond=\"ab\"/>";
    private static final String CARRIED = STREAM.replace("/>", " carrier=\"small\"/>");

    @Test
    void shouldPutAllStreamsOfACarrierOnItsLines() {
        Topology topology = two(CARRIED, second(CARRIED));

        List<Line> lines = Lines.of(topology, topology.streams().get(0));

        // CRC-32C of "small" is 0x7EDDF949: (8 * 2128476489 + line) mod 2047 = 31 + line.
        assertEquals(2128476489, Places.idOf("small"));
        assertEquals(List.of(20031, 20032), lines.stream().map(Line::port).toList());
        assertEquals(lines, Lines.of(topology, topology.streams().get(1)));
        assertEquals(
                List.of(2128476489, 2128476489),
                topology.streams().stream().map(Stream::linesId).toList());
    }

    @Test
    void shouldCountACarriersLinesOnce() {
        Topology topology = two(CARRIED, second(CARRIED));

        assertEquals(List.of(topology.streams().get(0)), Lines.owners(topology.streams()));
        assertEquals(topology.streams(), topology.carried("small"));
        assertEquals(topology.streams(), topology.sharing(topology.streams().get(1)));
        assertEquals("carrier small", topology.streams().get(1).linesOwner());
        assertEquals(List.of(), topology.carried("large"));
    }

    @Test
    void shouldLeaveAStreamWithoutCarrierItsOwnLines() {
        Topology topology = two(STREAM, second(CARRIED));
        Stream stream = topology.streams().get(0);

        assertNull(stream.carrier());
        assertEquals(1, stream.linesId());
        assertEquals(List.of(stream), topology.sharing(stream));
        assertEquals("stream itch", stream.linesOwner());
        assertEquals(topology.streams(), Lines.owners(topology.streams()));
        assertNotEquals(
                Lines.of(topology, stream),
                Lines.of(topology, topology.streams().get(1)));
    }

    @Test
    void shouldMoveNothingWhenAStreamIsAdded() {
        Topology before = two(CARRIED, second(CARRIED).replace("id=\"2\"", "id=\"9\""));
        Topology after = two(second(CARRIED), CARRIED);

        assertEquals(
                Lines.of(before, before.streams().get(0)),
                Lines.of(after, after.streams().get(0)));
    }

    @Test
    void shouldTakeThePlaceThatIsNamed() {
        Topology named =
                two(STREAM.replace("/>", " groups=\"100\"/>"), second(CARRIED.replace("/>", " groups=\"7\"/>")));

        assertEquals(List.of(20100, 20101), ports(named, 0));
        assertEquals(List.of(20007, 20008), ports(named, 1));
    }

    @Test
    void shouldGivePartitionsPlacesBehindTheOneThatIsNamed() {
        Topology named = two(STREAM.replace("/>", " groups=\"100\" partitions=\"2\"/>"), "");

        assertEquals(List.of(20100, 20101), ports(named, 0));
        assertEquals(List.of(20108, 20109), ports(named, 1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "flow=\"min\";  flow=\"min\" and stream itch has flow=\"max\"; flow",
                "lines=\"pin\";  lines=\"pin\" and stream itch has lines=\"redundant\"; lines",
                "repair=\"journal\";  repair=\"journal\" and stream itch has repair=\"nak\"; repair",
                "resend=\"3 s\";  resend=\"3 s\" and stream itch has resend=\"2 s\"; resend",
                "budget=\"2 s\";  budget=\"2 s\" and stream itch has budget=\"1 s\"; budget",
                "reorder=\"99 ms\";  reorder=\"99 ms\" and stream itch has reorder=\"250 ms\"; reorder",
                "groups=\"3\";  groups=\"3\" and stream itch has no groups; groups"
            })
    void shouldRefuseStreamsThatDifferInWhatConcernsTheirLines(String attribute, String differ, String what) {
        assertEquals(
                List.of("11:81: stream deep has " + differ.strip()
                        + ", and both are on carrier small: streams of one move" + " together; write the same " + what
                        + ", or another carrier"),
                Mistakes.after(
                                STREAM,
                                CARRIED + "\n  "
                                        + second(STREAM).replace("/>", " " + attribute + " carrier=\"small\"/>"))
                        .stream()
                        .map(line -> line.replaceFirst("11:[0-9]+", "11:81"))
                        .toList());
    }

    @Test
    void shouldAllowStreamsOfACarrierTheirOwnSealsAndRates() {
        Topology topology = two(CARRIED, second(CARRIED).replace("/>", " seals=\"off\" rate=\"1 Mbit/s\"/>"));

        assertEquals(2, topology.carried("small").size());
    }

    @Test
    void shouldRefusePartitionsAndManyWritersOnACarrier() {
        assertEquals(
                List.of(
                        "10:67: stream itch has 2 partitions and a carrier: one is for what is too big for a stream, the"
                                + " other for what is too small for lines of its own; leave one of them out",
                        "10:67: stream itch has many writers and a carrier: the engine publishes it, and one program"
                                + " publishes all that a host publishes of a carrier; leave the carrier out, or write"
                                + " writers=\"one\""),
                Mistakes.after(STREAM, CARRIED.replace("/>", " partitions=\"2\" writers=\"many\"/>")).stream()
                        .filter(line -> line.contains("carrier:"))
                        .toList());
    }

    @Test
    void shouldRefuseJoinsByPopulationOnACarrier() {
        String joined = CARRIED.replace("/>", " lines=\"spread\" join=\"least-populated\"/>");

        assertEquals(
                List.of("stream itch has join=\"least-populated\" and a carrier: subscribers are counted by stream, and"
                        + " those of a carrier by nobody; write join=\"random\" or join=\"mac-xor\", or leave the carrier"
                        + " out"),
                Mistakes.after(STREAM, joined).stream()
                        .map(line -> line.substring(line.indexOf(' ') + 1))
                        .toList());
    }

    @Test
    void shouldRefuseACarrierInThePlaceOfAStreamAndNameAFreeOne() {
        String inItsPlace = STREAM.replace("/>", " groups=\"31\"/>");

        assertEquals(
                List.of(
                        "11:67: its name puts carrier small in the place of stream itch (id 1): same groups, same port; give"
                                + " it another name, or all its streams a place: groups=\"0\" is free"),
                Mistakes.after(STREAM, inItsPlace + "\n  " + second(CARRIED)));
    }

    @Test
    void shouldRefuseANamedPlaceThatIsTaken() {
        assertEquals(
                List.of("11:67: groups puts stream deep in the place of stream itch (id 1): same groups, same port;"
                        + " groups=\"0\" is free"),
                Mistakes.after(STREAM, STREAM + "\n  " + second(STREAM).replace("/>", " groups=\"9\"/>")));
    }

    @Test
    void shouldRefuseAPlaceBeyondTheLast() {
        assertEquals(
                List.of(
                        "10:67: groups names a place for line A that leaves stream itch no room: its site has 2047 places,"
                                + " from 0 on; groups=\"0\" is free"),
                Mistakes.after(STREAM, STREAM.replace("/>", " groups=\"2046\"/>")));
    }

    private static List<Integer> ports(Topology topology, int stream) {
        return Lines.of(topology, topology.streams().get(stream)).stream()
                .map(Line::port)
                .toList();
    }

    private static Topology two(String first, String second) {
        return TopologyReader.read("t.xml", Mistakes.RIGHT.replace(STREAM, first + "\n  " + second));
    }

    private static String second(String stream) {
        return stream.replace("itch", "deep").replace("id=\"1\"", "id=\"2\"");
    }
}

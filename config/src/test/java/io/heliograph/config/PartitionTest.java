// SPDX-License-Identifier: Apache-2.0
package io.heliograph.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** A feed in several streams: their names, ids and lines, and what is refused of them. */
class PartitionTest {
    private static final String STREAM = "<stream name=\"itch\" id=\"1\" site=\"ny\" publishers=\"ny1\" bond=\"ab\"/>";
    private static final String FOUR = STREAM.replace("/>", " partitions=\"4\" rate=\"1 Gbit/s\"/>");

    @Test
    void shouldBeAsManyStreamsWithConsecutiveIdsAndLinesOfTheirOwn() {
        Topology topology = TopologyReader.read("t.xml", Mistakes.RIGHT.replace(STREAM, FOUR));

        assertEquals(
                List.of("itch/0 1 250000000", "itch/1 2 250000000", "itch/2 3 250000000", "itch/3 4 250000000"),
                topology.streams().stream()
                        .map(stream -> stream.name() + " " + stream.id() + " " + stream.rateBps())
                        .toList());
        assertEquals(
                List.of("239.20.0.17:20008", "239.20.0.33:20016", "239.20.0.49:20024", "239.20.0.65:20032"),
                topology.streams().stream()
                        .map(stream ->
                                Lines.of(topology, stream).get(0).address().text())
                        .toList());
    }

    @Test
    void shouldFindAllPartitionsByTheFeedAndOneByItsName() {
        Topology topology = TopologyReader.read("t.xml", Mistakes.RIGHT.replace(STREAM, FOUR));

        assertEquals(topology.streams(), topology.partitions("itch"));
        assertEquals(List.of(topology.streams().get(2)), topology.partitions("itch/2"));
        assertEquals(List.of(), topology.partitions("itch/4"));
        assertEquals("itch", topology.streams().get(2).feed());
    }

    @Test
    void shouldBeOneStreamUnderItsOwnNameWhenItIsNotSplit() {
        Topology topology = TopologyReader.read("t.xml", Mistakes.RIGHT);

        assertEquals(topology.streams(), topology.partitions("itch"));
        assertEquals("itch", topology.streams().get(0).name());
    }

    @Test
    void shouldRefuseAnIdThatAPartitionHas() {
        String second = STREAM.replace("itch", "deep").replace("id=\"1\"", "id=\"3\"");

        assertEquals(
                List.of("11:23: id 3 is taken by stream itch in line 10 (partition 2); choose another for one of them;"
                        + " 5 is free"),
                Mistakes.after(STREAM, FOUR + "\n  " + second));
    }

    @Test
    void shouldRefuseAPartitionThatHasAnIdAndNameRoomForAll() {
        String first = STREAM.replace("itch", "deep").replace("id=\"1\"", "id=\"6\"");
        String second = FOUR.replace("id=\"1\"", "id=\"4\"");

        // 5, 6, 7, 8 won't do either: 6 is deep's.
        assertEquals(
                List.of("11:23: id 6 (partition 2) is taken by stream deep in line 10; choose another for one of them;"
                        + " 7 is free"),
                Mistakes.after(STREAM, first + "\n  " + second));
    }

    @Test
    void shouldRefuseAPartitionInThePlaceOfAnotherStream() {
        String second = STREAM.replace("itch", "deep").replace("id=\"1\"", "id=\"2050\"");

        // (8 * 2050) mod 2047 = 24 = 8 * 3: the place of itch/2.
        assertEquals(
                List.of("11:23: id 2050 puts stream deep in the place of stream itch (id 1): same groups, same port;"
                        + " choose another id; 2052 is free"),
                Mistakes.after(STREAM, FOUR + "\n  " + second));
    }

    @Test
    void shouldRefusePartitionsThatFallIntoEachOthersPlaces() {
        // 7 places: 8 id mod 7 is id mod 7, so line B of one is line A of the next.
        assertEquals(
                List.of("10:67: stream itch has 6 lines in 3 partitions, and two of them fall into one of the 7 places"
                        + " of its site; take a larger range, or fewer partitions"),
                Mistakes.in(Mistakes.RIGHT
                        .replace("239.20.0.0/20", "239.20.0.0/28")
                        .replace(STREAM, FOUR.replace("\"4\"", "\"3\""))));
    }

    @Test
    void shouldRefuseManyWritersOfPartitions() {
        assertEquals(
                List.of(
                        "10:67: stream itch has many writers and 4 partitions: what writers put into its ring has no key;"
                                + " write writers=\"one\", or a stream for each part"),
                Mistakes.after(STREAM, FOUR.replace("/>", " writers=\"many\"/>")));
    }

    @Test
    void shouldRefuseIdsBeyondTheLast() {
        assertEquals(
                List.of("10:76: stream itch has 4 partitions, and ids end at 2147483647; begin at a lower id"),
                Mistakes.after(STREAM, FOUR.replace("id=\"1\"", "id=\"2147483645\"")));
    }
}

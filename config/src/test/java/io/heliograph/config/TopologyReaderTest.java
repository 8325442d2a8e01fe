// SPDX-License-Identifier: Apache-2.0
package io.heliograph.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopologyReaderTest {
    @TempDir
    private Path folder;

    @Test
    void shouldReadEverySettingWhenAllAreWritten() {
        Topology topology = TopologyReader.read("t.xml", """
                <topology xmlns="urn:heliograph:topology:1" name="all">
                  <stream name="s" id="7" site="x" publishers="h2" bond="ba" lines="spread" join="mac-xor"
                          flow="min" repair="nak" budget="2 s" reorder="21.5 ms" resend="500 ms" seals="off" writers="many"
                          rate="1 Gbit/s"/>
                  <site name="x" multicast="239.1.0.0/24">
                    <bond name="ba" nics="b a"/>
                    <host name="h1">
                      <engine driver="/dev/shm/aeron" profile="low-latency"/>
                      <nic name="a" address="10.1.1.1/24" mtu="9000" mode="multicast" rate="10 Gbit/s"/>
                      <nic name="b" address="10.1.2.1/24"/>
                    </host>
                    <host name="h2">
                      <nic name="a" address="10.1.1.2/24"/>
                      <nic name="b" address="10.1.2.2/24"/>
                    </host>
                  </site>
                </topology>
                """);

        Stream stream = topology.stream("s").orElseThrow();
        assertEquals(
                new Stream(
                        "s",
                        7,
                        "x",
                        List.of("h2"),
                        "ba",
                        LinePolicy.SPREAD,
                        LineJoin.MAC_XOR,
                        Flow.MIN,
                        Repair.NAK,
                        2_000_000_000L,
                        21_500_000L,
                        500_000_000L,
                        false,
                        Writers.MANY,
                        1_000_000_000L),
                stream);
        HostPlace place = topology.host("h1").orElseThrow();
        assertEquals(
                new Engine(DriverMode.EXTERNAL, "/dev/shm/aeron", Profile.LOW_LATENCY),
                place.host().engine());
        Nic nic = place.host().nic("a").orElseThrow();
        assertEquals(
                "10.1.1.1/24 9000 MULTICAST 10000000000",
                nic.address() + " " + nic.mtu() + " " + nic.mode() + " " + nic.rateBps());
        assertEquals(new Bond("ba", List.of("b", "a")), place.site().bond("ba").orElseThrow());
        assertEquals("239.1.0.0/24", String.valueOf(place.site().multicast()));
    }

    @Test
    void shouldTakeDefaultsWhenLittleIsWritten() {
        Topology topology = TopologyReader.read("t.xml", Mistakes.RIGHT.replace("<engine/>", ""));

        assertEquals(
                new Stream(
                        "itch",
                        1,
                        "ny",
                        List.of("ny1"),
                        "ab",
                        LinePolicy.REDUNDANT,
                        LineJoin.RANDOM,
                        Flow.MAX,
                        Repair.NAK,
                        1_000_000_000L,
                        250_000_000L,
                        2_000_000_000L,
                        true,
                        Writers.ONE,
                        0),
                topology.streams().get(0));
        HostPlace place = topology.host("ny1").orElseThrow();
        assertEquals(Engine.DEFAULT, place.host().engine());
        assertEquals(1500, place.host().nics().get(0).mtu());
        assertEquals(Optional.empty(), topology.host("nobody"));
        assertEquals(Optional.empty(), topology.site("nowhere"));
        assertEquals(Optional.empty(), topology.stream("nothing"));
    }

    @ParameterizedTest
    @CsvSource({"process, PROCESS", "engine, ENGINE", "embedded, EMBEDDED", "/tmp/x, EXTERNAL"})
    void shouldReadDriverMode(String driver, DriverMode mode) {
        Topology topology = TopologyReader.read(
                "t.xml", Mistakes.RIGHT.replace("<engine/>", "<engine driver=\"" + driver + "\"/>"));

        assertEquals(mode, topology.host("ny1").orElseThrow().host().engine().driver());
    }

    @Test
    void shouldSayItInEnglishWhenTheMachineSpeaksGerman() {
        Locale machine = Locale.getDefault();
        Locale.setDefault(Locale.GERMANY);
        try {
            assertEquals(
                    List.of("12:1: the file ends inside an element; close what is open, </topology> last"),
                    Mistakes.after("</topology>", ""));
            assertEquals(
                    List.of("1:36: a DOCTYPE is refused: it could pull in other files and addresses;"
                            + " remove it; the schema ships with this program"),
                    Mistakes.in("<!-- ein Kommentar --><!DOCTYPE a>" + Mistakes.RIGHT).stream()
                            .map(line -> line.replaceFirst("^1:[0-9]+", "1:36"))
                            .toList());
        } finally {
            Locale.setDefault(machine);
        }
    }

    @Test
    void shouldIgnoreByteOrderMarkAndSchemaLocation() {
        String xml = Mistakes.RIGHT.replace(
                " name=\"t\"",
                " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\""
                        + " xsi:schemaLocation=\"urn:heliograph:topology:1 http://no.such.host/t.xsd\" name=\"t\"");

        assertEquals(List.of(), Mistakes.in("\uFEFF" + xml));
    }

    @Test
    void shouldTakePrefixedElements() {
        String xml = Mistakes.RIGHT.replace("xmlns=", "xmlns:h=").replaceAll("<(/?)([a-z])", "<$1h:$2");

        assertEquals(List.of(), Mistakes.in(xml));
    }

    @Test
    void shouldSayWhatIsWrongWithTheFileItself() throws IOException {
        Path empty = Files.createFile(folder.resolve("empty.xml"));
        Path blank = Files.writeString(folder.resolve("blank.xml"), " \n ");
        Path latin =
                Files.write(folder.resolve("latin.xml"), "<t n=\"\u00FC\"/>".getBytes(StandardCharsets.ISO_8859_1));
        Path large = Files.write(folder.resolve("large.xml"), new byte[TopologyReader.MAX_LENGTH + 1]);

        assertEquals(said(empty, "the file is empty; write a <topology> into it"), refusal(empty));
        assertEquals(said(blank, "the file is empty; write a <topology> into it"), refusal(blank));
        assertEquals(
                said(latin, "the file is not UTF-8 text; save it as UTF-8, or name a topology file"), refusal(latin));
        assertEquals(said(large, "the file is larger than 4 MiB; name a topology file"), refusal(large));
        assertEquals(said(folder, "this is a directory; name the topology file in it"), refusal(folder));
        Path missing = folder.resolve("missing.xml");
        assertEquals(said(missing, "there is no such file; check the path"), refusal(missing));
    }

    @Test
    void shouldStandDeepNesting() {
        int depth = 50_000;
        String xml = Mistakes.RIGHT.replace("<engine/>", "<x>".repeat(depth) + "</x>".repeat(depth));

        assertEquals(
                List.of("6:151: not well-formed XML: elements are nested deeper than 50;"
                        + " mend the XML here or just before"),
                Mistakes.in(xml));
    }

    @Test
    void shouldKeepEachProblemOnOneLine() {
        List<String> said = Mistakes.after("name=\"itch\"", "name=\"a&#10;b\"");

        assertEquals(1, said.size());
        assertTrue(said.get(0).startsWith("10:11: name=\"a b\" is no valid name"), said.get(0));
    }

    private static String said(Path file, String words) {
        return file + ":1:1: " + words;
    }

    private static String refusal(Path file) {
        return assertThrows(TopologyException.class, () -> TopologyReader.read(file))
                .getMessage();
    }
}

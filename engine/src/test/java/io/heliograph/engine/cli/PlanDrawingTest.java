// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.config.Bridge;
import io.heliograph.config.Line;
import io.heliograph.config.Lines;
import io.heliograph.config.Stream;
import io.heliograph.config.Topology;
import io.heliograph.config.TopologyReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** The drawing is XML whatever the names are, shows everything once, and no card lies on another. */
class PlanDrawingTest {
    private static final Path SAMPLES = Path.of(System.getProperty("heliograph.root", ".."), "config/samples");

    @TempDir
    private Path folder;

    @Test
    void shouldShowEveryHostStreamAndLineOfEverySample() throws Exception {
        for (Path sample : samples()) {
            Topology topology = TopologyReader.read(sample);

            List<String> texts = texts(document(PlanDrawing.of(topology)));

            topology.sites()
                    .forEach(site -> site.hosts().forEach(host -> {
                        assertTrue(texts.contains(host.name()), sample + " lacks host " + host.name());
                        host.nics()
                                .forEach(nic -> assertTrue(
                                        texts.contains(nic.address().toString()), sample + " lacks NIC " + nic.name()));
                    }));
            for (Stream stream : topology.streams()) {
                assertTrue(texts.contains(stream.name()), sample + " lacks stream " + stream.name());
                for (String site : topology.sitesOf(stream)) {
                    for (Line line : Lines.of(topology, stream, site)) {
                        String place = line.address().text();
                        assertEquals(1, texts.stream().filter(place::equals).count(), place);
                    }
                }
            }
            for (Bridge bridge : topology.bridges()) {
                assertTrue(
                        texts.contains("bridge " + bridge.from() + " to " + bridge.to()), sample + " lacks a bridge");
                bridge.paths()
                        .forEach(path ->
                                assertTrue(texts.contains("priority " + path.level()), sample + " lacks " + path));
            }
        }
    }

    @Test
    void shouldKeepCardsApartAndInsideWhenThereAreManyOfThem() throws Exception {
        assertEquals(2 + 3 + 8, apart(document(PlanDrawing.of(TopologyReader.read("many.xml", many())))));
    }

    @Test
    void shouldKeepCardsOfBridgesApart() throws Exception {
        Topology topology = TopologyReader.read(SAMPLES.resolve("two-sites.xml"));

        // One and two hosts on either side of the stream in ny, one and two in ldn, two on each path.
        assertEquals(1 + 1 + 2 + 1 + 1 + 2 + 2 * 2, apart(document(PlanDrawing.of(topology))));
    }

    /** How many cards there are; none lies on another. */
    private static int apart(Document drawing) {
        int width = Integer.parseInt(drawing.getDocumentElement().getAttribute("width"));
        int height = Integer.parseInt(drawing.getDocumentElement().getAttribute("height"));
        List<int[]> cards = cards(drawing);
        for (int i = 0; i < cards.size(); i++) {
            int[] card = cards.get(i);
            assertTrue(card[0] >= 0 && card[1] >= 0 && card[2] <= width && card[3] <= height, "card " + i);
            for (int j = 0; j < i; j++) {
                int[] other = cards.get(j);
                boolean isApart =
                        card[0] >= other[2] || other[0] >= card[2] || card[1] >= other[3] || other[1] >= card[3];
                assertTrue(isApart, "card " + i + " lies on card " + j);
            }
        }
        return cards.size();
    }

    @Test
    void shouldEscapeWhateverXmlCannotHold() throws Exception {
        String nasty = "<a href=\"x\">&'\u0001\uFFFE\uD800";

        Document drawing = document(
                new SvgCanvas().text("name", 1, 2, nasty).begin(nasty).end().document(nasty, 10, 10));

        assertTrue(
                texts(drawing).contains("<a href=\"x\">&'\uFFFD\uFFFD\uFFFD"),
                texts(drawing).toString());
    }

    @Test
    void shouldDrawASiteThatSendsNothing() throws Exception {
        String quiet = "<topology xmlns=\"urn:heliograph:topology:1\" name=\"q\"><site name=\"ny\">"
                + "<host name=\"h\"><nic name=\"a\" address=\"10.1.1.1/24\"/></host></site></topology>";

        assertTrue(texts(document(PlanDrawing.of(TopologyReader.read("q.xml", quiet))))
                .contains("h"));
    }

    @Test
    void shouldWriteTheDrawingBesideTheTextWhenAskedFor() throws IOException {
        Path drawing = folder.resolve("plan.svg");
        StringWriter out = new StringWriter();

        assertEquals(0, run(out, new StringWriter(), drawing));

        assertTrue(out.toString().startsWith("topology loopback\n"));
        assertTrue(Files.readString(drawing).startsWith("<svg xmlns=\"http://www.w3.org/2000/svg\""));
    }

    @Test
    void shouldFailInOneLineWhenTheDrawingCannotBeWritten() {
        StringWriter err = new StringWriter();

        assertEquals(1, run(new StringWriter(), err, folder.resolve("no/such/plan.svg")));

        assertEquals(1, err.toString().lines().count(), err.toString());
        assertFalse(err.toString().contains("\tat "), err.toString());
    }

    private static int run(StringWriter out, StringWriter err, Path drawing) {
        return Main.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute("plan", SAMPLES.resolve("loopback.xml").toString(), "--svg", drawing.toString());
    }

    private static List<Path> samples() throws IOException {
        try (java.util.stream.Stream<Path> files = Files.list(SAMPLES)) {
            return files.sorted().toList();
        }
    }

    /** Three hosts, of which two publish, and eight streams on two or three NICs. */
    private static String many() {
        StringBuilder xml = new StringBuilder("<topology xmlns=\"urn:heliograph:topology:1\" name=\"many\">"
                + "<site name=\"ny\" multicast=\"239.20.0.0/20\">");
        for (int host = 1; host <= 3; host++) {
            xml.append("<host name=\"md").append(host).append("\">");
            for (int nic = 0; nic < 3; nic++) {
                xml.append("<nic name=\"eth")
                        .append(nic)
                        .append("\" address=\"10.10.")
                        .append(nic)
                        .append(".1");
                xml.append(host).append("/24\"/>");
            }
            xml.append("</host>");
        }
        xml.append("<bond name=\"two\" nics=\"eth0 eth1\"/><bond name=\"three\" nics=\"eth0 eth1 eth2\"/></site>");
        for (int stream = 1; stream <= 8; stream++) {
            xml.append("<stream name=\"feed.").append(stream).append("\" id=\"").append(1000 + stream);
            xml.append("\" site=\"ny\" publishers=\"").append(stream % 2 == 0 ? "md1 md2" : "md2");
            xml.append("\" bond=\"").append(stream % 3 == 0 ? "three" : "two").append("\" lines=\"");
            xml.append(stream % 4 == 0 ? "pin" : "redundant").append("\"/>");
        }
        return xml.append("</topology>").toString();
    }

    private static Document document(String svg) throws Exception {
        return DocumentBuilderFactory.newDefaultInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(svg)));
    }

    private static List<String> texts(Document drawing) {
        NodeList nodes = drawing.getElementsByTagName("text");
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            texts.add(nodes.item(i).getTextContent());
        }
        return texts;
    }

    /** Left, top, right and bottom of each. */
    private static List<int[]> cards(Document drawing) {
        NodeList nodes = drawing.getElementsByTagName("rect");
        List<int[]> cards = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            Element box = (Element) nodes.item(i);
            if (box.getAttribute("class").equals("card")) {
                int x = number(box, "x");
                int y = number(box, "y");
                cards.add(new int[] {x, y, x + number(box, "width"), y + number(box, "height")});
            }
        }
        return cards;
    }

    private static int number(Element box, String attribute) {
        return Integer.parseInt(box.getAttribute(attribute));
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.heliograph.config.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The catalogue, the schema, the reference in the README and the code that reads settings say the same. */
class CatalogueTest {
    private static final Path CONFIG = Path.of(System.getProperty("heliograph.root", ".."), "config");
    private static final String BEGIN = "<!-- reference: written from the catalogue of settings, checked by a test -->";
    private static final String END = "<!-- end of reference -->";

    @Test
    void shouldHoldTheAttributesOfTheSchema() throws Exception {
        Map<String, String> schema = new TreeMap<>();
        NodeList attributes = schema().getElementsByTagName("xs:attribute");
        for (int i = 0; i < attributes.getLength(); i++) {
            Element attribute = (Element) attributes.item(i);
            Element owner = (Element) attribute.getParentNode();
            String name = owner.hasAttribute("name") ? owner.getAttribute("name") : "topology";
            schema.put(
                    name + "." + attribute.getAttribute("name"),
                    attribute.getAttribute("use") + attribute.getAttribute("default"));
        }

        Map<String, String> catalogue = new TreeMap<>();
        for (Setting<?> setting : Settings.all()) {
            String fallback = setting.fallback() == null ? "" : setting.fallback();
            catalogue.put(setting.toString(), setting.isRequired() ? "required" : fallback);
        }

        assertEquals(catalogue, schema);
    }

    @Test
    void shouldHoldTheElementsOfTheSchema() throws Exception {
        TreeSet<String> schema = new TreeSet<>();
        NodeList elements = schema().getElementsByTagName("xs:element");
        for (int i = 0; i < elements.getLength(); i++) {
            schema.add(((Element) elements.item(i)).getAttribute("name"));
        }

        TreeSet<String> catalogue = new TreeSet<>();
        Elements.all().forEach(type -> catalogue.add(type.name()));

        assertEquals(catalogue, schema);
    }

    @Test
    void shouldBeReadByTheReaderWhole() throws IOException {
        String builder = Files.readString(CONFIG.resolve("src/main/java/io/heliograph/config/TopologyBuilder.java"));

        for (Setting<?> setting : Settings.all()) {
            String constant = setting.toString()
                    .toUpperCase(java.util.Locale.ROOT)
                    .replace('.', '_')
                    .replace('-', '_');
            assertTrue(builder.contains("Settings." + constant), setting + " is unread");
        }
    }

    @Test
    void shouldOfferTheWordsOfTheModel() {
        assertEquals(
                words(io.heliograph.config.LinePolicy.values()),
                Settings.STREAM_LINES.type().form());
        assertEquals(
                words(io.heliograph.config.LineJoin.values()),
                Settings.STREAM_JOIN.type().form());
        assertEquals(
                words(io.heliograph.config.Flow.values()),
                Settings.STREAM_FLOW.type().form());
        assertEquals(
                words(io.heliograph.config.Repair.values()),
                Settings.STREAM_REPAIR.type().form());
        assertEquals(
                words(io.heliograph.config.Writers.values()),
                Settings.STREAM_WRITERS.type().form());
        assertEquals(
                words(io.heliograph.config.NicMode.values()),
                Settings.NIC_MODE.type().form());
        assertEquals(
                words(io.heliograph.config.LinkSecurity.values()),
                Settings.TOPOLOGY_SECURITY.type().form());
        assertEquals(
                words(io.heliograph.config.Profile.values()),
                Settings.ENGINE_PROFILE.type().form());
    }

    @Test
    void shouldOfferTheWordsOfBridges() {
        assertEquals(
                words(io.heliograph.config.LinePolicy.values()),
                Settings.BRIDGE_LINES.type().form());
        assertEquals(
                words(io.heliograph.config.Select.values()),
                Settings.BRIDGE_SELECT.type().form());
        assertEquals(
                words(io.heliograph.config.Lag.values()),
                Settings.BRIDGE_LAG.type().form());
        assertEquals(
                words(io.heliograph.config.Compress.values()),
                Settings.BRIDGE_COMPRESS.type().form());
        assertEquals(
                words(io.heliograph.config.Opens.values()),
                Settings.PATH_OPENS.type().form());
    }

    @Test
    void shouldBeTheReferenceInTheReadme() throws IOException {
        String readme = Files.readString(CONFIG.resolve("README.md"));
        int from = readme.indexOf(BEGIN);
        int to = readme.indexOf(END);
        assertTrue(from >= 0 && to > from, "the README has no reference");

        String written = readme.substring(from + BEGIN.length(), to).strip();

        assertEquals(reference(), written, "put this between the marks of config/README.md:\n" + reference());
    }

    private static String reference() {
        StringBuilder text = new StringBuilder();
        for (ElementType type : Elements.all()) {
            text.append("**`<").append(type.name()).append(">`** ").append(type.sentence());
            if (!type.children().isEmpty()) {
                text.append(" Holds: ")
                        .append(String.join(", ", type.children()))
                        .append('.');
            }
            text.append("\n\n| attribute | default | takes | what for |\n| --- | --- | --- | --- |\n");
            for (Setting<?> setting : Settings.of(type.name())) {
                String fallback = setting.fallback() == null ? "none" : "`" + setting.fallback() + "`";
                text.append("| `").append(setting.attribute()).append("` | ");
                text.append(setting.isRequired() ? "required" : fallback).append(" | ");
                text.append(setting.type().form())
                        .append(" | ")
                        .append(setting.sentence())
                        .append(" |\n");
            }
            text.append('\n');
        }
        return text.toString().strip();
    }

    private static String words(Enum<?>[] values) {
        List<String> words = Arrays.stream(values)
                .map(value -> value.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'))
                .toList();
        return String.join(" or ", words);
    }

    private static Document schema() throws Exception {
        Path file = CONFIG.resolve("src/main/resources/io/heliograph/config/topology-1.xsd");
        return DocumentBuilderFactory.newDefaultInstance().newDocumentBuilder().parse(file.toFile());
    }
}

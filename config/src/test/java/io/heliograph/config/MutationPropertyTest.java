// SPDX-License-Identifier: Apache-2.0
package io.heliograph.config;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.config.document.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever becomes of a file, the reader ends with a topology whose lines can be computed or with a list of problems in
 * plain words, each inside the file; and whatever the schema refuses, the catalogue has refused before it.
 */
class MutationPropertyTest {
    private static final Path ROOT = Path.of(System.getProperty("heliograph.root", ".."));
    private static final int MUTATIONS = Boolean.getBoolean("heliograph.full") ? 1_000 : 500;
    private static final List<String> PIECES = List.of(
            "<",
            ">",
            "/",
            "\"",
            "'",
            "=",
            "&",
            ";",
            " ",
            "\n",
            "<!--",
            "-->",
            "<![CDATA[",
            "]]>",
            "<?",
            "?>",
            "<!DOCTYPE a>",
            "&#0;",
            "&#10;",
            "&lt;",
            "\u0000",
            "\uD83D",
            "\u00E9",
            "xmlns=\"\"",
            "xmlns:x=\"urn:x\"",
            "x:",
            "<site/>",
            "<host/>",
            "<nic/>",
            "<engine/>",
            "<bond/>",
            "<stream/>",
            "<bridge/>",
            "<path/>",
            "name=\"a\"",
            "id=\"0\"",
            "journal=\"x\"",
            "-1",
            "0",
            "99999999999999999999",
            "1e9",
            "255.255.255.255/32",
            "224.0.0.0/4",
            "239.0.0.0/30",
            "1 ns",
            "24 h",
            "ab",
            "a b a",
            "*",
            "ny",
            "ldn1");

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void shouldEndInTopologyOrProblemsWhenFileIsMutated(long seed) throws IOException {
        Random random = new Random(seed);
        String sample = Files.readString(ROOT.resolve("config/samples/one-site.xml"));

        for (int i = 0; i < MUTATIONS; i++) {
            String xml = sample;
            for (int change = random.nextInt(4); change >= 0; change--) {
                xml = mutated(xml, random);
            }
            judge(xml, "seed " + seed + ", mutation " + i + ":\n" + xml);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12})
    void shouldEndInTopologyOrProblemsWhenAttributesAreMutated(long seed) {
        mutateAttributes(Mistakes.RIGHT, 1, new Random(seed), "seed " + seed);
    }

    /** One attribute of the bridge's takes another's value: mostly a file that is whole in its form, and led astray. */
    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23})
    void shouldEndInTopologyOrProblemsWhenBridgesAreMutated(long seed) {
        Random random = new Random(seed);
        mutateAttributes(Mistakes.BRIDGED, 1 + random.nextInt(2), random, "seed " + seed);

        for (int i = 0; i < MUTATIONS; i++) {
            String[] parts = Mistakes.BRIDGED.split("\"", -1);
            for (int change = random.nextInt(3); change >= 0; change--) {
                parts[value(parts, random)] = parts[value(parts, random)];
            }
            String xml = String.join("\"", parts);
            judge(xml, "seed " + seed + ", swap " + i + ":\n" + xml);
        }
    }

    /** The place of a value of an attribute, the namespace's apart. */
    private static int value(String[] parts, Random random) {
        return 3 + 2 * random.nextInt((parts.length - 3) / 2);
    }

    private static void mutateAttributes(String right, int changes, Random random, String story) {
        for (int i = 0; i < MUTATIONS; i++) {
            String[] parts = right.split("\"", -1);
            for (int change = 0; change < changes; change++) {
                parts[value(parts, random)] = value(random);
            }
            String xml = String.join("\"", parts);
            judge(xml, story + ", mutation " + i + ":\n" + xml);
        }
    }

    private static void judge(String xml, String story) {
        try {
            Topology topology = TopologyReader.read("t.xml", xml);
            for (Stream stream : topology.streams()) {
                for (String site : topology.sitesOf(stream)) {
                    List<Line> lines = Lines.of(topology, stream, site);
                    assertTrue(!lines.isEmpty() && lines.size() <= 8, story);
                    assertTrue(Lines.mtu(topology, stream, site) > 0, story);
                    assertTrue(Lines.policy(topology, stream, site) != null, story);
                    lines.forEach(line -> assertFalse(line.senders().isEmpty(), story));
                }
            }
        } catch (TopologyException refused) {
            assertFalse(refused.problems().isEmpty(), story);
            long lines = xml.lines().count() + 1;
            for (Problem problem : refused.problems()) {
                assertFalse(problem.what().startsWith("the schema refuses"), problem + "\n" + story);
                assertTrue(
                        problem.line() >= 1 && problem.line() <= lines && problem.column() >= 1,
                        problem + "\n" + story);
            }
        }
    }

    private static String mutated(String xml, Random random) {
        int from = random.nextInt(xml.length() + 1);
        int to = Math.min(xml.length(), from + random.nextInt(12));
        String piece = PIECES.get(random.nextInt(PIECES.size()));
        return switch (random.nextInt(6)) {
            case 0 -> xml.substring(0, from);
            case 1 -> xml.substring(0, from) + xml.substring(to);
            case 2 -> xml.substring(0, from) + piece + xml.substring(from);
            case 3 -> xml.substring(0, from) + piece + xml.substring(to);
            case 4 -> xml.substring(0, to) + xml.substring(from, to) + xml.substring(to);
            default -> xml.substring(0, from) + (char) random.nextInt(128) + xml.substring(to);
        };
    }

    private static String value(Random random) {
        StringBuilder value = new StringBuilder();
        for (int i = random.nextInt(5); i >= 0; i--) {
            String piece = PIECES.get(random.nextInt(PIECES.size()));
            value.append(piece.matches("[a-z0-9./ -]*") ? piece : (char) ('.' + random.nextInt(13)));
        }
        return value.toString();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.link;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.heliograph.config.Topology;
import io.heliograph.config.TopologyReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Socket buffers as a topology asks for them. */
final class LinkBuffersTest {
    private static final Path SAMPLE =
            Path.of(System.getProperty("heliograph.root", ".."), "config/samples/two-sites.xml");

    @Test
    void shouldLeaveThemToTheSystemWhereNothingIsSaid() throws IOException {
        Topology topology = topology("", "");

        assertEquals(
                LinkBuffers.NONE.listening(), LinkBuffers.of(topology, "ny1").listening());
        assertEquals(0, LinkBuffers.of(topology, "ldn1").to("ny1"));
        assertEquals(0, LinkBuffers.of(topology, "ldn1").to("nobody"));
    }

    @Test
    void shouldGiveBothEndsWhatThePathSays() throws IOException {
        Topology topology = topology("buffer=\"10 MB\"", "buffer=\"2 MB\" opens=\"from\"");

        assertEquals(new LinkBuffers(10_000_000, Map.of()), LinkBuffers.of(topology, "ny1"));
        assertEquals(new LinkBuffers(0, Map.of("ldn1", 2_000_000)), LinkBuffers.of(topology, "ny2"));
        assertEquals(new LinkBuffers(2_000_000, Map.of("ny1", 10_000_000)), LinkBuffers.of(topology, "ldn1"));
        assertEquals(LinkBuffers.NONE, LinkBuffers.of(topology, "ldn2"));
    }

    private static Topology topology(String first, String second) throws IOException {
        String xml = Files.readString(SAMPLE)
                .replace("priority=\"1\"", "priority=\"1\" " + first)
                .replace("priority=\"2\"", "priority=\"2\" " + second);
        return TopologyReader.read("two-sites.xml", xml);
    }
}

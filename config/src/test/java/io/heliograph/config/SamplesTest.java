// SPDX-License-Identifier: Apache-2.0
package io.heliograph.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every sample loads, so that whoever copies one begins with a right file. */
class SamplesTest {
    private static final Path SAMPLES = Path.of(System.getProperty("heliograph.root", ".."), "config/samples");

    static List<Path> samples() throws IOException {
        try (java.util.stream.Stream<Path> files = Files.list(SAMPLES)) {
            return files.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void shouldLoadEverySample(Path sample) {
        Topology topology = TopologyReader.read(sample);

        assertFalse(topology.streams().isEmpty());
        topology.streams()
                .forEach(stream -> assertTrue(Lines.of(topology, stream).size() >= 2));
    }

    @Test
    void shouldHoldWhatTheReadmePromisesOfLoopback() {
        Topology topology = TopologyReader.read(SAMPLES.resolve("loopback.xml"));

        HostPlace place = topology.host("host1").orElseThrow();
        Stream itch = topology.stream("itch").orElseThrow();
        assertEquals("local", place.site().name());
        assertEquals(
                List.of("a 127.0.0.1/8", "b 127.0.0.2/8"),
                place.host().nics().stream()
                        .map(nic -> nic.name() + " " + nic.address())
                        .toList());
        assertEquals(Flow.MIN, itch.flow());
        assertEquals(LinePolicy.REDUNDANT, itch.lines());
        assertEquals(1001, itch.id());
    }
}

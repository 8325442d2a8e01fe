// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.base;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class CounterDescriptorTest {
    @Test
    void shouldStandInTheReadmeAsTheyAre() throws IOException {
        Path readme = Path.of(System.getProperty("heliograph.root", ".."), "engine", "README.md");
        List<String> expected = CounterDescriptor.all().stream()
                .map(counter -> "| " + counter.typeId() + " | " + counter.label() + " | " + counter.unit() + " | "
                        + counter.sentence() + " |")
                .toList();

        List<String> rows = Files.readAllLines(readme).stream()
                .filter(line -> line.matches("\\| 2\\d{3} \\|.*"))
                .toList();

        assertEquals(String.join("\n", expected), String.join("\n", rows));
    }

    @Test
    void shouldTellCountersApartByTheirTypeIds() {
        int[] ids = CounterDescriptor.all().stream()
                .mapToInt(CounterDescriptor::typeId)
                .toArray();

        assertEquals(ids.length, IntStream.of(ids).distinct().count());
        assertTrue(IntStream.of(ids).allMatch(id -> id >= 2000), "Aeron's own are below");
    }

    @Test
    void shouldNameStreamAndLineWhenLabelled() {
        assertEquals(
                "heliograph: publication line skipped, stream itch, line B",
                PublicationDescriptor.PUBLICATION_LINE_SKIPPED.labelOf("itch", "B"));
    }
}

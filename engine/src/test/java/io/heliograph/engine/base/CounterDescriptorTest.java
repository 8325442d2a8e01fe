// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.base;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CounterDescriptorTest {
    @Test
    void shouldStandInTheReadmeAsTheyAre() throws IOException {
        Path readme = Path.of(System.getProperty("heliograph.root", ".."), "engine", "README.md");
        List<String> expected = Arrays.stream(CounterDescriptor.values())
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
        int[] ids = Arrays.stream(CounterDescriptor.values())
                .mapToInt(CounterDescriptor::typeId)
                .toArray();

        assertEquals(ids.length, Arrays.stream(ids).distinct().count());
        assertTrue(Arrays.stream(ids).allMatch(id -> id >= 2000), "Aeron's own are below");
    }

    @Test
    void shouldNameStreamAndLineWhenLabelled() {
        assertEquals(
                "heliograph: publication line skipped, stream itch, line B",
                CounterDescriptor.PUBLICATION_LINE_SKIPPED.labelOf("itch", "B"));
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.heliograph.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.heliograph.config.document.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Wrong files, each beside the text file that lists what has to be said about it. */
class ErrorFilesGoldenTest {
    private static final Path ERRORS = Path.of(
            System.getProperty("heliograph.root", ".."), "config/src/test/resources/io/heliograph/config/errors");

    static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(ERRORS)) {
            return files.filter(file -> file.toString().endsWith(".xml"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void shouldSayAllMistakesWhenFileIsWrong(Path file) throws IOException {
        Path golden = Path.of(file.toString().replaceFirst("xml$", "txt"));

        TopologyException refused = assertThrows(TopologyException.class, () -> TopologyReader.read(file));

        List<String> said = refused.problems().stream()
                .map(Problem::toString)
                .map(line -> line.substring(ERRORS.toString().length() + 1))
                .toList();
        assertEquals(String.join("\n", Files.readAllLines(golden)), String.join("\n", said));
        assertFalse(refused.getMessage().contains("cvc-"));
    }
}

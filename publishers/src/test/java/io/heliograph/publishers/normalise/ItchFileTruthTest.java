// SPDX-License-Identifier: Apache-2.0
package io.heliograph.publishers.normalise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.heliograph.engine.schema.SchemaWalker;
import io.heliograph.engine.schema.sbe.OrderAddDecoder;
import io.heliograph.publishers.binaryfile.BinaryFileReader;
import io.heliograph.publishers.itch50.ItchType;
import io.heliograph.publishers.replay.TradingDay;
import java.nio.file.Files;
import java.nio.file.Path;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real files against figures that were counted by others: see the captures' README. */
class ItchFileTruthTest {
    @ParameterizedTest
    @CsvSource({
        "aapl-20200130-first6000.itch50, 183700, 6000, A=2894 D=2507 E=419 H=1 L=52 P=123 R=1 X=2 Y=1",
        "directory-first1000.itch50, 40874, 1000, H=3 R=993 S=1 Y=3"
    })
    void shouldCountByTypeAsTheTruthSays(String name, long octets, long messages, String byType) {
        Path file = Path.of(System.getProperty("heliograph.captures", "../shared/data"), "nasdaq-itch50", name);
        assumeTrue(Files.exists(file), () -> "skipped: no capture " + file + "; set -Dheliograph.captures");
        ItchNormaliser normaliser =
                new ItchNormaliser(TradingDay.parse("2020-01-30").midnightEpochNs());
        SchemaWalker walker = new SchemaWalker();
        UnsafeBuffer body = new UnsafeBuffer(new byte[512]);
        long adds = 0;
        long read = 0;

        try (BinaryFileReader reader = BinaryFileReader.open(file)) {
            while (reader.next()) {
                read++;
                int length = normaliser.normalise(reader.buffer(), reader.offset(), reader.length(), body, 0);
                assertTrue(walker.wrap(body, 0, length) > 0, "message " + read);
                while (walker.next()) {
                    adds += walker.templateId() == OrderAddDecoder.TEMPLATE_ID ? 1 : 0;
                }
            }
            assertEquals(octets, reader.position());
        }

        StringBuilder counted = new StringBuilder();
        for (int letter = 'A'; letter <= 'z'; letter++) {
            if (ItchType.length(letter) > 0 && normaliser.decoder().count(letter) > 0) {
                counted.append(' ')
                        .append((char) letter)
                        .append('=')
                        .append(normaliser.decoder().count(letter));
            }
        }
        assertEquals(byType, counted.toString().trim());
        assertEquals(messages, read);
        assertEquals(normaliser.decoder().count('A') + normaliser.decoder().count('F'), adds);
        assertEquals(
                0,
                normaliser.decoder().unknownTypeCount() + normaliser.decoder().wrongLengthCount());
        assertEquals(0, walker.malformedCount() + walker.unknownTemplateCount());
    }
}

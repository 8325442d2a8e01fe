// SPDX-License-Identifier: Apache-2.0
package io.heliograph.publishers.normalise;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Octets in, octets out, for every message type and the ways in which a message can be wrong. */
class ItchNormaliserGoldenTest {
    private static final long MIDNIGHT_EPOCH_NS = 1_580_360_400_000_000_000L;
    private static final int OFFSET = 5;

    static Stream<String> cases() throws IOException {
        try (InputStream in = ItchNormaliserGoldenTest.class.getResourceAsStream("itch50-to-schema.txt")) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return text.lines().filter(line -> !line.startsWith("#"));
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void shouldMakeTheBodyOfTheGoldenFile(String line) {
        String[] parts = line.split("\\|", -1);
        byte[] message = HexFormat.of().parseHex(parts[1].trim());
        ItchNormaliser normaliser = new ItchNormaliser(MIDNIGHT_EPOCH_NS);
        ExpandableArrayBuffer body = new ExpandableArrayBuffer(512);

        int predicted = ItchNormaliser.bodyLength(new UnsafeBuffer(message), 0, message.length);
        int length = normaliser.normalise(new UnsafeBuffer(message), 0, message.length, body, OFFSET);

        byte[] octets = new byte[length];
        body.getBytes(OFFSET, octets);
        assertEquals(parts[2].trim(), HexFormat.of().formatHex(octets));
        assertEquals(length, predicted, "body length told ahead");
    }
}

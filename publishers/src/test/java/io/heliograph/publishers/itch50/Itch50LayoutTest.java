// SPDX-License-Identifier: Apache-2.0
package io.heliograph.publishers.itch50;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each field of each view reads the octets that the specification's table gives it, and no others. */
class Itch50LayoutTest {
    private static final int OFFSET = 3;

    static Stream<String> layouts() throws IOException {
        try (InputStream in = Itch50LayoutTest.class.getResourceAsStream("itch50-layout.txt")) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return text.lines().filter(line -> !line.startsWith("#"));
        }
    }

    @ParameterizedTest
    @MethodSource("layouts")
    void shouldReadEachFieldWhereTheSpecificationPutsIt(String layout) throws ReflectiveOperationException {
        String[] words = layout.split(" ", -1);
        int length = Integer.parseInt(words[2]);
        Itch50Decoder decoder = new Itch50Decoder();
        byte[] octets = new byte[OFFSET + length];
        new Random(length).nextBytes(octets);
        octets[OFFSET] = (byte) words[1].charAt(0);

        int type = decoder.wrap(new UnsafeBuffer(octets), OFFSET, length);
        Object view = Itch50Decoder.class.getMethod(words[0]).invoke(decoder);

        assertEquals(words[1].charAt(0), type);
        List<String> fields = new ArrayList<>();
        int covered = 1;
        for (int i = 3; i < words.length; i++) {
            String[] field = words[i].split(":", -1);
            int at = Integer.parseInt(field[1]);
            int size = Integer.parseInt(field[2]);
            assertEquals(covered, at, field[0]);
            covered += size;
            Method accessor = view.getClass().getMethod(field[0]);
            long actual = ((Number) accessor.invoke(view)).longValue();
            assertEquals(expected(octets, OFFSET + at, size, accessor.getReturnType()), actual, field[0]);
            fields.add(field[0]);
        }
        assertEquals(length, covered, "octets that fields cover");
        assertEquals(new HashSet<>(fields), accessors(view.getClass()));
    }

    @Test
    void shouldKnowTheTypesOfTheSpecificationAndNoOthers() throws IOException {
        StringBuilder types = new StringBuilder();
        for (String layout : layouts().toList()) {
            String[] words = layout.split(" ", -1);
            assertEquals(Integer.parseInt(words[2]), ItchType.length(words[1].charAt(0)), words[0]);
            types.append(words[1]);
        }

        assertEquals("SRHYLVWKJhAFECXDUPQBINO", types.toString());
        for (int letter = 0; letter < 256; letter++) {
            assertEquals(types.indexOf(String.valueOf((char) letter)) >= 0, ItchType.length(letter) > 0);
        }
    }

    private static Set<String> accessors(Class<?> view) {
        Set<String> names = new HashSet<>();
        for (Method method : view.getMethods()) {
            if (method.getDeclaringClass() != Object.class && method.getParameterCount() == 0) {
                names.add(method.getName());
            }
        }
        return names;
    }

    private static long expected(byte[] octets, int at, int size, Class<?> type) {
        long value = 0;
        for (int i = 0; i < size; i++) {
            value = value << 8 | (octets[at + i] & 0xFF);
        }
        if (type == byte.class) {
            return (byte) value;
        }
        return type == int.class && size == 4 ? (int) value : value;
    }
}

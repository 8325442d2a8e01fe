// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.engine.schema.sbe.MessageHeaderDecoder;
import io.heliograph.engine.schema.sbe.MessageHeaderEncoder;
import io.heliograph.engine.schema.sbe.OrderAddDecoder;
import io.heliograph.engine.schema.sbe.OrderAddEncoder;
import io.heliograph.engine.schema.sbe.Side;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.sbe.MessageDecoderFlyweight;
import org.junit.jupiter.api.Test;

/** What was once on the wire stays as it was: fields keep their places, versions only add. */
class SchemaDisciplineTest {
    private static final int HEADER = MessageHeaderDecoder.ENCODED_LENGTH;

    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[128]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final SchemaWalker walker = new SchemaWalker();

    @Test
    void shouldKeepEveryFieldOfVersionOneWhereItWas() throws Exception {
        List<String> golden;
        try (var in = SchemaDisciplineTest.class.getResourceAsStream("market-data-layout.txt")) {
            golden = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
        }

        List<String> now = new ArrayList<>();
        for (Class<?> decoder : decoders()) {
            now.addAll(fields(decoder));
        }

        for (String field : golden) {
            assertTrue(now.contains(field), "gone or moved: " + field);
        }
        for (String field : now) {
            assertTrue(golden.contains(field) || !field.endsWith("since=0"), "new without sinceVersion: " + field);
        }
    }

    @Test
    void shouldKnowTheBlockLengthsOfTheNewestVersion() throws Exception {
        assertEquals(SchemaVersions.NEWEST, MessageHeaderDecoder.SCHEMA_VERSION, "a column per version");
        int known = 0;
        for (Class<?> decoder : decoders()) {
            int templateId = decoder.getField("TEMPLATE_ID").getShort(null);
            int blockLength = decoder.getField("BLOCK_LENGTH").getShort(null);
            assertEquals(
                    blockLength,
                    SchemaVersions.minimumBlockLength(templateId, SchemaVersions.NEWEST),
                    decoder.getSimpleName());
            assertTrue(SchemaVersions.isKnown(templateId));
            known++;
        }
        for (int templateId = 0; templateId < 256; templateId++) {
            known -= SchemaVersions.isKnown(templateId) ? 1 : 0;
        }
        assertEquals(0, known, "templates that are known and have no decoder");
    }

    @Test
    void shouldBeginEveryBlockWithTheInstrument() throws Exception {
        for (Class<?> decoder : decoders()) {
            assertEquals(0, decoder.getMethod("instrumentEncodingOffset").invoke(null), decoder.getSimpleName());
            assertEquals(4, decoder.getMethod("instrumentEncodingLength").invoke(null), decoder.getSimpleName());
        }
    }

    @Test
    void shouldTakeThirtySevenOctetsForAnOrder() {
        int length = order();

        assertEquals(37, length);
        assertEquals(
                "21040101" + "0d000000" + "15cd5b0700000000" + "1d10555e00000000" + "807be29f4a000000" + "2c010000"
                        + "42",
                HexFormat.of().formatHex(buffer.byteArray(), 0, length));
    }

    @Test
    void shouldReadALaterVersionWhenItsBlockIsLonger() {
        int length = order();
        int added = 7;
        buffer.setMemory(length, added, (byte) 0x5E);
        header.wrap(buffer, 0)
                .blockLength((short) (OrderAddDecoder.BLOCK_LENGTH + added))
                .version((short) 2);
        buffer.putBytes(length + added, buffer, 0, length + added);

        assertEquals(2, walker.wrap(buffer, 0, 2 * (length + added)));
        for (int i = 0; i < 2; i++) {
            assertTrue(walker.next());
            OrderAddDecoder add = new OrderAddDecoder()
                    .wrap(walker.buffer(), walker.blockOffset(), walker.blockLength(), walker.version());
            assertEquals(0x5E55101DL, add.orderId());
            assertEquals(Side.BUY, add.side());
            assertEquals(length + added, walker.encodedLength());
        }
        assertFalse(walker.next());
    }

    @Test
    void shouldRefuseALaterVersionWhoseBlockIsShorter() {
        int length = order();
        header.wrap(buffer, 0)
                .blockLength((short) (OrderAddDecoder.BLOCK_LENGTH - 1))
                .version((short) 2);

        assertEquals(SchemaWalker.MALFORMED, walker.wrap(buffer, 0, length));
        assertEquals(SchemaWalker.MALFORMED, walker.wrap(buffer, 0, length - 1));
        assertFalse(walker.next());
    }

    private int order() {
        return HEADER
                + new OrderAddEncoder()
                        .wrapAndApplyHeader(buffer, 0, header)
                        .instrument(13)
                        .time(123_456_789)
                        .orderId(0x5E55101DL)
                        .price(320_510_000_000L)
                        .size(300)
                        .side(Side.BUY)
                        .encodedLength();
    }

    private static List<String> fields(Class<?> decoder) throws Exception {
        List<String> fields = new ArrayList<>();
        for (Method method : decoder.getMethods()) {
            if (method.getName().endsWith("EncodingOffset")) {
                String field = method.getName().substring(0, method.getName().length() - "EncodingOffset".length());
                fields.add(String.format(
                        "%s.%s id=%s offset=%s length=%s since=%s",
                        decoder.getSimpleName().replace("Decoder", ""),
                        field,
                        decoder.getMethod(field + "Id").invoke(null),
                        method.invoke(null),
                        decoder.getMethod(field + "EncodingLength").invoke(null),
                        decoder.getMethod(field + "SinceVersion").invoke(null)));
            }
        }
        return fields;
    }

    /** The generated message decoders, found where they were compiled to. */
    private static List<Class<?>> decoders() throws Exception {
        Path folder = Path.of(OrderAddDecoder.class
                        .getResource("OrderAddDecoder.class")
                        .toURI())
                .getParent();
        TreeSet<String> names = new TreeSet<>();
        try (Stream<Path> files = Files.list(folder)) {
            files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith("Decoder.class"))
                    .forEach(name -> names.add(name.replace(".class", "")));
        }
        List<Class<?>> decoders = new ArrayList<>();
        for (String name : names) {
            Class<?> type = Class.forName(OrderAddDecoder.class.getPackageName() + "." + name);
            if (MessageDecoderFlyweight.class.isAssignableFrom(type)) {
                decoders.add(type);
            }
        }
        return decoders;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.engine.schema.sbe.InstrumentDefinitionDecoder;
import io.heliograph.engine.schema.sbe.InstrumentDefinitionEncoder;
import io.heliograph.engine.schema.sbe.MessageHeaderEncoder;
import io.heliograph.engine.schema.sbe.OrderAddDecoder;
import io.heliograph.engine.schema.sbe.OrderAddEncoder;
import io.heliograph.engine.schema.sbe.OrderAttributionDecoder;
import io.heliograph.engine.schema.sbe.OrderAttributionEncoder;
import io.heliograph.engine.schema.sbe.OrderDeleteEncoder;
import io.heliograph.engine.schema.sbe.VenueMessageDecoder;
import io.heliograph.engine.schema.sbe.VenueMessageEncoder;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class SchemaWalkerTest {
    private static final int OFFSET = 9;
    private static final int HEADER = MessageHeaderEncoder.ENCODED_LENGTH;

    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[512]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final SchemaWalker walker = new SchemaWalker();

    @Test
    void shouldYieldNothingWhenTheBodyIsEmpty() {
        assertEquals(0, walker.wrap(buffer, OFFSET, 0));
        assertFalse(walker.next());
    }

    @Test
    void shouldYieldAddAndAttributionWhenABodyHoldsBoth() {
        int length = add(OFFSET);
        length += attribution(OFFSET + length);

        assertEquals(2, walker.wrap(buffer, OFFSET, length));
        assertTrue(walker.next());
        assertEquals(OrderAddDecoder.TEMPLATE_ID, walker.templateId());
        OrderAddDecoder add = new OrderAddDecoder()
                .wrap(walker.buffer(), walker.blockOffset(), walker.blockLength(), walker.version());
        assertEquals(0x5E55101DL, add.orderId());
        assertEquals(HEADER + OrderAddDecoder.BLOCK_LENGTH, walker.encodedLength());
        assertTrue(walker.next());
        assertEquals(OrderAttributionDecoder.TEMPLATE_ID, walker.templateId());
        assertFalse(walker.next());
        assertFalse(walker.next());
    }

    @Test
    void shouldStepOverVariableDataWhenAMessageHasSome() {
        int length = definition(OFFSET, "AAPL");
        length += venue(OFFSET + length, 300);
        length += add(OFFSET + length);

        assertEquals(3, walker.wrap(buffer, OFFSET, length));
        assertTrue(walker.next());
        assertEquals(InstrumentDefinitionDecoder.TEMPLATE_ID, walker.templateId());
        InstrumentDefinitionDecoder definition = new InstrumentDefinitionDecoder()
                .wrap(walker.buffer(), walker.blockOffset(), walker.blockLength(), walker.version());
        assertEquals("AAPL", definition.symbol());
        assertTrue(walker.next());
        assertEquals(VenueMessageDecoder.TEMPLATE_ID, walker.templateId());
        assertEquals(HEADER + VenueMessageDecoder.BLOCK_LENGTH + 2 + 300, walker.encodedLength());
        assertTrue(walker.next());
        assertEquals(OrderAddDecoder.TEMPLATE_ID, walker.templateId());
        assertFalse(walker.next());
    }

    @Test
    void shouldRefuseTheWholeBodyWhenItIsCutAnywhere() {
        int length = add(OFFSET);
        int first = length;
        length += venue(OFFSET + length, 20);

        for (int cut = 1; cut < length; cut++) {
            int expected = cut == first ? 1 : SchemaWalker.MALFORMED;
            assertEquals(expected, walker.wrap(buffer, OFFSET, cut), "cut at " + cut);
            assertEquals(cut == first, walker.next());
        }
        assertEquals(length - 2, walker.malformedCount());
    }

    @Test
    void shouldRefuseABlockThatIsShorterThanItsVersionMakesIt() {
        int length = add(OFFSET);
        header.wrap(buffer, OFFSET).blockLength((short) (OrderAddDecoder.BLOCK_LENGTH - 1));

        assertEquals(SchemaWalker.MALFORMED, walker.wrap(buffer, OFFSET, length - 1));
    }

    @Test
    void shouldRefuseAnotherSchemaAndVersionZero() {
        int length = add(OFFSET);
        header.wrap(buffer, OFFSET).schemaId((short) 2);
        assertEquals(SchemaWalker.MALFORMED, walker.wrap(buffer, OFFSET, length));

        header.schemaId((short) 1).version((short) 0);
        assertEquals(SchemaWalker.MALFORMED, walker.wrap(buffer, OFFSET, length));
    }

    @Test
    void shouldSkipAndCountATemplateThatIsNotKnown() {
        int length = add(OFFSET);
        header.wrap(buffer, OFFSET + length)
                .blockLength((short) 17)
                .templateId((short) 200)
                .schemaId((short) 1)
                .version((short) 9);
        length += HEADER + 17;
        length += add(OFFSET + length);

        assertEquals(3, walker.wrap(buffer, OFFSET, length));
        assertTrue(walker.next());
        assertTrue(walker.next());
        assertEquals(OrderAddDecoder.TEMPLATE_ID, walker.templateId());
        assertFalse(walker.next());
        assertEquals(1, walker.unknownTemplateCount());
    }

    @Test
    void shouldNameTheInstrumentOfABody() {
        int length = add(OFFSET);

        assertEquals(13, InstrumentKey.of(buffer, OFFSET, length));
        assertEquals(InstrumentKey.NONE, InstrumentKey.of(buffer, OFFSET, HEADER + 3));
        new OrderDeleteEncoder().wrapAndApplyHeader(buffer, OFFSET, header).instrument(4_294_967_295L);
        assertEquals(4_294_967_295L, InstrumentKey.of(buffer, OFFSET, 24));
    }

    private int add(int offset) {
        return HEADER
                + new OrderAddEncoder()
                        .wrapAndApplyHeader(buffer, offset, header)
                        .instrument(13)
                        .orderId(0x5E55101DL)
                        .encodedLength();
    }

    private int attribution(int offset) {
        return HEADER
                + new OrderAttributionEncoder()
                        .wrapAndApplyHeader(buffer, offset, header)
                        .participant("GSCO")
                        .encodedLength();
    }

    private int definition(int offset, String symbol) {
        return HEADER
                + new InstrumentDefinitionEncoder()
                        .wrapAndApplyHeader(buffer, offset, header)
                        .symbol(symbol)
                        .encodedLength();
    }

    private int venue(int offset, int bodyLength) {
        return HEADER
                + new VenueMessageEncoder()
                        .wrapAndApplyHeader(buffer, offset, header)
                        .putBody(new byte[bodyLength], 0, bodyLength)
                        .encodedLength();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HexFormat;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

final class SubscribersFlyweightLayoutTest {
    /** HLES, version, reserved, count, topology, 10.10.1.11, 1000, 2^31 - 1, then 1001 line 1: 3; 1002 line 0: 65,535. */
    private static final String STATEMENT = "484C4553" + "01" + "00" + "0200" + "0D0C0B0A" + "0B010A0A" + "E8030000"
            + "FFFFFF7F" + "E9030000" + "0100" + "0300" + "EA030000" + "0000" + "FFFF";

    private static final int SENDER = 0x0A0A010B;
    private static final int LENGTH = 40;

    @Test
    void shouldWriteEveryFieldWhereTheDrawingPutsIt() {
        UnsafeBuffer buffer = new UnsafeBuffer(new byte[LENGTH + 3]);
        buffer.setMemory(0, LENGTH + 3, (byte) 0xAA);

        SubscribersFlyweight.init(buffer, 3, 0x0A0B0C0D, SENDER, 1000, Integer.MAX_VALUE);
        SubscribersFlyweight.add(buffer, 3, 1001, 1, 3);
        SubscribersFlyweight.add(buffer, 3, 1002, 0, 70_000);

        assertEquals("AAAAAA" + STATEMENT, HexFormat.of().withUpperCase().formatHex(buffer.byteArray()));
    }

    @Test
    void shouldReadEveryFieldWhereTheDrawingPutsIt() {
        UnsafeBuffer buffer = new UnsafeBuffer(HexFormat.of().parseHex("AAAAAA" + STATEMENT));

        assertTrue(SubscribersFlyweight.isMeant(buffer, 3, LENGTH));
        assertEquals(SubscribersFlyweight.OK, SubscribersFlyweight.check(buffer, 3, LENGTH));
        assertEquals(0x0A0B0C0D, SubscribersFlyweight.topology(buffer, 3));
        assertEquals(SENDER, SubscribersFlyweight.sender(buffer, 3));
        assertEquals(1000, SubscribersFlyweight.first(buffer, 3));
        assertEquals(Integer.MAX_VALUE, SubscribersFlyweight.last(buffer, 3));
        assertEquals(2, SubscribersFlyweight.count(buffer, 3));
        assertEquals(1001, SubscribersFlyweight.stream(buffer, 3, 0));
        assertEquals(1, SubscribersFlyweight.line(buffer, 3, 0));
        assertEquals(3, SubscribersFlyweight.subscribers(buffer, 3, 0));
        assertEquals(1002, SubscribersFlyweight.stream(buffer, 3, 1));
        assertEquals(0, SubscribersFlyweight.line(buffer, 3, 1));
        assertEquals(65_535, SubscribersFlyweight.subscribers(buffer, 3, 1));
    }

    @Test
    void shouldBeDroppedByAReaderThatKnowsProbesOnly() {
        UnsafeBuffer buffer = new UnsafeBuffer(HexFormat.of().parseHex(STATEMENT));

        assertEquals(ProbeFlyweight.NOT_A_PROBE, ProbeFlyweight.check(buffer, 0, LENGTH));
        assertFalse(SubscribersFlyweight.isMeant(buffer, 0, SubscribersFlyweight.HEADER_LENGTH - 1));
    }

    @Test
    void shouldHaveTheHeaderOfAProbe() {
        assertEquals(ProbeFlyweight.TOPOLOGY_OFFSET, SubscribersFlyweight.TOPOLOGY_OFFSET);
        assertEquals(ProbeFlyweight.SENDER_OFFSET, SubscribersFlyweight.SENDER_OFFSET);
        assertEquals(ProbeFlyweight.HEADER_LENGTH, SubscribersFlyweight.HEADER_LENGTH);
        assertEquals(0, SubscribersFlyweight.MAGIC_OFFSET);
        assertEquals(4, SubscribersFlyweight.VERSION_OFFSET);
        assertEquals(5, SubscribersFlyweight.RESERVED_OFFSET);
        assertEquals(6, SubscribersFlyweight.COUNT_OFFSET);
        assertEquals(16, SubscribersFlyweight.FIRST_OFFSET);
        assertEquals(20, SubscribersFlyweight.LAST_OFFSET);
        assertEquals(1_224, SubscribersFlyweight.MAX_LENGTH);
        assertTrue(SubscribersFlyweight.MAX_LENGTH <= 2 * ProbeFlyweight.MAX_LENGTH, "the buffer of who receives both");
    }
}

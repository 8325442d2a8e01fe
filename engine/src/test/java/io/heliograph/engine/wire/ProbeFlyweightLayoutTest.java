// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HexFormat;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

final class ProbeFlyweightLayoutTest {
    /** HLEP, version, reserved, count, topology, 10.10.1.11, 10.10.1.0, 255.255.255.255, 10.10.1.12, 240.0.0.1. */
    private static final String PROBE = "484C4550" + "01" + "00" + "0200" + "0D0C0B0A" + "0B010A0A" + "00010A0A"
            + "FFFFFFFF" + "0C010A0A" + "010000F0";

    private static final int OWN = 0x0A0A010B;
    private static final int HEARD = 0x0A0A010C;
    private static final int HIGH = 0xF0000001;

    @Test
    void shouldWriteEveryFieldWhereTheDrawingPutsIt() {
        UnsafeBuffer buffer = new UnsafeBuffer(new byte[35]);
        buffer.setMemory(0, 35, (byte) 0xAA);

        ProbeFlyweight.init(buffer, 3, 0x0A0B0C0D, OWN, 0x0A0A0100, -1);
        ProbeFlyweight.add(buffer, 3, HEARD);
        ProbeFlyweight.add(buffer, 3, HIGH);

        assertEquals("AAAAAA" + PROBE, HexFormat.of().withUpperCase().formatHex(buffer.byteArray()));
    }

    @Test
    void shouldReadEveryFieldWhereTheDrawingPutsIt() {
        UnsafeBuffer buffer = new UnsafeBuffer(HexFormat.of().parseHex("AAAAAA" + PROBE));

        assertEquals(ProbeFlyweight.OK, ProbeFlyweight.check(buffer, 3, 32));
        assertEquals(0x0A0B0C0D, ProbeFlyweight.topology(buffer, 3));
        assertEquals(OWN, ProbeFlyweight.sender(buffer, 3));
        assertEquals(2, ProbeFlyweight.count(buffer, 3));
        assertTrue(ProbeFlyweight.names(buffer, 3, HEARD));
        assertTrue(ProbeFlyweight.names(buffer, 3, HIGH));
        assertFalse(ProbeFlyweight.names(buffer, 3, OWN));
        assertTrue(ProbeFlyweight.covers(buffer, 3, OWN));
        assertTrue(ProbeFlyweight.covers(buffer, 3, -1));
        assertFalse(ProbeFlyweight.covers(buffer, 3, 0x0A0A00FF));
    }

    @Test
    void shouldHaveTheOffsetsOfTheDrawing() {
        assertEquals(0, ProbeFlyweight.MAGIC_OFFSET);
        assertEquals(4, ProbeFlyweight.VERSION_OFFSET);
        assertEquals(5, ProbeFlyweight.RESERVED_OFFSET);
        assertEquals(6, ProbeFlyweight.COUNT_OFFSET);
        assertEquals(8, ProbeFlyweight.TOPOLOGY_OFFSET);
        assertEquals(12, ProbeFlyweight.SENDER_OFFSET);
        assertEquals(16, ProbeFlyweight.FIRST_OFFSET);
        assertEquals(20, ProbeFlyweight.LAST_OFFSET);
        assertEquals(24, ProbeFlyweight.HEADER_LENGTH);
        assertEquals(1_224, ProbeFlyweight.MAX_LENGTH);
    }
}

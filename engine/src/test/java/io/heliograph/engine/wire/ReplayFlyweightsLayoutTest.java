// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HexFormat;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

final class ReplayFlyweightsLayoutTest {
    private static final int STREAM = 1001;
    private static final long EPOCH = 0xFEDCBA98L;

    /** Version 1, in its epoch, 0, stream 1001, epoch, 65,536 octets, from 0x0102030405060708, count 35. */
    private static final String REQUEST =
            "01" + "00" + "0000" + "E9030000" + "98BADCFE" + "00000100" + "0807060504030201" + "2300000000000000";

    /** Version 1, END, wait 7 ms, stream, epochs, 5 to 8, one packet, CRC, length 32 and the packet. */
    private static final String PAGE = "01" + "02" + "0700" + "E9030000" + "98BADCFE" + "99BADCFE" + "0500000000000000"
            + "0800000000000000" + "01000000" + "0D0C0B0A" + "20000000" + "00".repeat(32);

    private static final int PAGE_LENGTH = 76;

    @Test
    void shouldWriteARequestWhereTheDrawingPutsIt() {
        UnsafeBuffer buffer = filled(3 + ReplayRequestFlyweight.LENGTH);

        ReplayRequestFlyweight.encode(buffer, 3, STREAM, EPOCH, 0x0102030405060708L, 35, 65_536);

        assertEquals("AAAAAA" + REQUEST, HexFormat.of().withUpperCase().formatHex(buffer.byteArray()));
        ReplayRequestFlyweight.place(buffer, 3, ReplayRequestFlyweight.AT_TIME);
        assertEquals(2, buffer.getByte(4));
    }

    @Test
    void shouldReadARequestWhereTheDrawingPutsIt() {
        UnsafeBuffer buffer = new UnsafeBuffer(HexFormat.of().parseHex("AAAAAA" + REQUEST));

        assertEquals(ReplayRequestFlyweight.OK, ReplayRequestFlyweight.check(buffer, 3, ReplayRequestFlyweight.LENGTH));
        assertEquals(ReplayRequestFlyweight.IN_EPOCH, ReplayRequestFlyweight.place(buffer, 3));
        assertEquals(STREAM, ReplayRequestFlyweight.stream(buffer, 3));
        assertEquals(EPOCH, ReplayRequestFlyweight.epoch(buffer, 3));
        assertEquals(65_536, ReplayRequestFlyweight.octets(buffer, 3));
        assertEquals(0x0102030405060708L, ReplayRequestFlyweight.from(buffer, 3));
        assertEquals(35, ReplayRequestFlyweight.count(buffer, 3));
    }

    @Test
    void shouldWriteAPageWhereTheDrawingPutsIt() {
        UnsafeBuffer buffer = filled(3 + PAGE_LENGTH);
        buffer.setMemory(3 + 44, 32, (byte) 0);

        ReplayPageFlyweight.encode(buffer, 3, ReplayPageFlyweight.END, STREAM, 1);
        ReplayPageFlyweight.places(buffer, 3, EPOCH, 5, EPOCH + 1, 8);
        ReplayPageFlyweight.waitMs(buffer, 3, 7);
        ReplayPageFlyweight.crc(buffer, 3, 0x0A0B0C0D);
        ReplayPageFlyweight.packetLength(buffer, 3 + ReplayPageFlyweight.PACKETS_OFFSET, 32);

        assertEquals("AAAAAA" + PAGE, HexFormat.of().withUpperCase().formatHex(buffer.byteArray()));
    }

    @Test
    void shouldReadAPageWhereTheDrawingPutsIt() {
        UnsafeBuffer buffer = new UnsafeBuffer(HexFormat.of().parseHex("AAAAAA" + PAGE));

        assertEquals(ReplayPageFlyweight.OK, ReplayPageFlyweight.check(buffer, 3, PAGE_LENGTH));
        assertEquals(ReplayPageFlyweight.END, ReplayPageFlyweight.status(buffer, 3));
        assertEquals(7, ReplayPageFlyweight.waitMs(buffer, 3));
        assertEquals(STREAM, ReplayPageFlyweight.stream(buffer, 3));
        assertEquals(EPOCH, ReplayPageFlyweight.epoch(buffer, 3));
        assertEquals(EPOCH + 1, ReplayPageFlyweight.nextEpoch(buffer, 3));
        assertEquals(5, ReplayPageFlyweight.first(buffer, 3));
        assertEquals(8, ReplayPageFlyweight.next(buffer, 3));
        assertEquals(1, ReplayPageFlyweight.count(buffer, 3));
        assertEquals(0x0A0B0C0D, ReplayPageFlyweight.crc(buffer, 3));
        assertEquals(32, ReplayPageFlyweight.packetLength(buffer, 3 + ReplayPageFlyweight.PACKETS_OFFSET));
    }

    private static UnsafeBuffer filled(int length) {
        UnsafeBuffer buffer = new UnsafeBuffer(new byte[length]);
        buffer.setMemory(0, length, (byte) 0xAA);
        return buffer;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HexFormat;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

final class PacketFlyweightLayoutTest {
    /** Sequence, sent, stream, epoch, source, count, flags, hops, version, kind: little-endian. */
    private static final String HEADER = "0807060504030201" + "1817161514131211" + "E9030000" + "FEFFFFFF" + "0CEE"
            + "03F0" + "03" + "07" + "01" + "00";

    private static final String INIT = "0000000000000000" + "0000000000000000" + "E9030000" + "FEFFFFFF" + "0CEE"
            + "0000" + "00" + "00" + "01" + "00";

    @Test
    void shouldReadEveryFieldOfTheHeaderWhereTheDesignPutsIt() {
        UnsafeBuffer packet = at(3, HEADER);

        assertEquals(0x0102030405060708L, PacketFlyweight.sequence(packet, 3));
        assertEquals(0x1112131415161718L, PacketFlyweight.sentEpochNs(packet, 3));
        assertEquals(1001, PacketFlyweight.stream(packet, 3));
        assertEquals(0xFFFF_FFFEL, PacketFlyweight.epoch(packet, 3));
        assertEquals(0xEE0C, PacketFlyweight.source(packet, 3));
        assertEquals(0xF003, PacketFlyweight.count(packet, 3));
        assertEquals(
                PacketFlyweight.FLAG_POSSIBLE_DUPLICATE | PacketFlyweight.FLAG_REPLAYED,
                PacketFlyweight.flags(packet, 3));
        assertEquals(7, PacketFlyweight.hops(packet, 3));
        assertEquals(1, PacketFlyweight.version(packet, 3));
        assertEquals(PacketKind.DATA, PacketFlyweight.kind(packet, 3));
        assertEquals(
                PacketFlyweight.VERSION_AND_DATA,
                PacketFlyweight.sourceToKind(packet, 3) >>> PacketFlyweight.VERSION_AND_KIND_SHIFT);
    }

    @Test
    void shouldWriteEveryFieldOfTheHeaderWhereTheDesignPutsIt() {
        UnsafeBuffer packet = new UnsafeBuffer(new byte[35]);
        packet.setMemory(0, 35, (byte) 0xAA);

        PacketFlyweight.init(packet, 3, 1001, 0xFFFF_FFFEL, 0xEE0C);
        assertEquals("AAAAAA" + INIT, hex(packet));
        PacketFlyweight.sequence(packet, 3, 0x0102030405060708L);
        PacketFlyweight.sentEpochNs(packet, 3, 0x1112131415161718L);
        PacketFlyweight.count(packet, 3, 0xF003);
        PacketFlyweight.flags(packet, 3, 3);
        packet.putByte(3 + PacketFlyweight.HOPS_OFFSET, (byte) 7);

        assertEquals("AAAAAA" + HEADER, hex(packet));
    }

    @Test
    void shouldHaveTheOffsetsOfTheDrawing() {
        int[] offsets = {
            PacketFlyweight.SEQUENCE_OFFSET,
            PacketFlyweight.SENT_OFFSET,
            PacketFlyweight.STREAM_OFFSET,
            PacketFlyweight.EPOCH_OFFSET,
            PacketFlyweight.SOURCE_OFFSET,
            PacketFlyweight.COUNT_OFFSET,
            PacketFlyweight.FLAGS_OFFSET,
            PacketFlyweight.HOPS_OFFSET,
            PacketFlyweight.VERSION_OFFSET,
            PacketFlyweight.KIND_OFFSET,
            PacketFlyweight.HEADER_LENGTH,
            PacketFlyweight.LENGTH_PREFIX,
            ControlFlyweight.HEARTBEAT_ENTRY_LENGTH,
            ControlFlyweight.GAP_LENGTH,
            ControlFlyweight.SEAL_LENGTH,
            PacketFlyweight.MAX_MESSAGE_LENGTH,
            PacketFlyweight.MAX_PACKET_LENGTH
        };

        assertArrayEquals(new int[] {0, 8, 16, 20, 24, 26, 28, 29, 30, 31, 32, 2, 16, 40, 52, 65_535, 65_569}, offsets);
    }

    @Test
    void shouldHaveTheKindsOfTheDesign() {
        assertEquals(0, PacketKind.DATA);
        assertEquals(1, PacketKind.HEARTBEAT);
        assertEquals(2, PacketKind.GAP);
        assertEquals(3, PacketKind.SEAL);
        assertEquals(4, PacketKind.END_OF_EPOCH);
    }

    @Test
    void shouldPrefixAMessageWithItsLengthUnsigned() {
        UnsafeBuffer octets = new UnsafeBuffer(new byte[4]);

        PacketFlyweight.messageLength(octets, 1, 0xFEDC);

        assertEquals("00DCFE00", hex(octets));
        assertEquals(0xFEDC, PacketFlyweight.messageLength(octets, 1));
    }

    @Test
    void shouldPutTheLastOfAGapBehindTheHeader() {
        UnsafeBuffer packet = new UnsafeBuffer(new byte[ControlFlyweight.GAP_LENGTH]);

        PacketFlyweight.kind(packet, 0, PacketKind.GAP);
        ControlFlyweight.gapLast(packet, 0, 0x2122232425262728L);

        assertEquals("00".repeat(31) + "02" + "2827262524232221", hex(packet));
        assertEquals(0x2122232425262728L, ControlFlyweight.gapLast(packet, 0));
    }

    @Test
    void shouldPutRangeAndCrcOfASealBehindTheHeader() {
        UnsafeBuffer packet = new UnsafeBuffer(new byte[ControlFlyweight.SEAL_LENGTH]);

        PacketFlyweight.kind(packet, 0, PacketKind.SEAL);
        ControlFlyweight.seal(packet, 0, 0x3132333435363738L, 0x4142434445464748L, 0xC1C2C3C4);

        assertEquals("00".repeat(31) + "03" + "3837363534333231" + "4847464544434241" + "C4C3C2C1", hex(packet));
        assertEquals(0x3132333435363738L, ControlFlyweight.sealFirst(packet, 0));
        assertEquals(0x4142434445464748L, ControlFlyweight.sealLast(packet, 0));
        assertEquals(0xC1C2C3C4, ControlFlyweight.sealCrc(packet, 0));
    }

    @Test
    void shouldReadAHeartbeatEntry() {
        UnsafeBuffer entry = at(5, "EA030000" + "FFFFFFFF" + "5857565554535251");

        assertEquals(1002, ControlFlyweight.heartbeatStream(entry, 5));
        assertEquals(0xFFFF_FFFFL, ControlFlyweight.heartbeatEpoch(entry, 5));
        assertEquals(0x5152535455565758L, ControlFlyweight.heartbeatNext(entry, 5));
    }

    private static UnsafeBuffer at(int offset, String hex) {
        byte[] octets = HexFormat.of().parseHex(hex);
        UnsafeBuffer buffer = new UnsafeBuffer(new byte[offset + octets.length]);
        buffer.putBytes(offset, octets);
        return buffer;
    }

    private static String hex(UnsafeBuffer buffer) {
        return HexFormat.of().withUpperCase().formatHex(buffer.byteArray());
    }
}

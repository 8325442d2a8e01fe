// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.engine.testkit.Packets;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PacketFramingTest {
    private static final int STREAM = 1001;
    private static final int EPOCH = 7;

    private UnsafeBuffer packet = new UnsafeBuffer(Packets.data(STREAM, EPOCH, 5, 7));

    @Test
    void shouldRunWithTheBuffersOwnChecksOn() {
        assertTrue(DirectBuffer.SHOULD_BOUNDS_CHECK, "without them no test sees an access that is out of bounds");
    }

    @Test
    void shouldKnowOneMessageThatFillsItsPacket() {
        UnsafeBuffer packet = new UnsafeBuffer(new byte[40]);
        PacketFlyweight.messageLength(packet, PacketFlyweight.HEADER_LENGTH, 6);

        assertTrue(PacketFraming.isOneMessage(packet, 0, 40));
        assertFalse(PacketFraming.isOneMessage(packet, 0, 39));
        assertFalse(PacketFraming.isOneMessage(packet, 0, 33));
        assertFalse(PacketFraming.isOneMessage(packet, 0, 32));
    }

    @Test
    void shouldTakeEveryKindThatIsWhole() {
        assertEquals(PacketFraming.OK, check(Packets.data(STREAM, EPOCH, 1, 1)));
        assertEquals(PacketFraming.OK, check(Packets.data(STREAM, EPOCH, 5, 30)));
        assertEquals(PacketFraming.OK, check(Packets.heartbeat(STREAM, EPOCH, 1)));
        assertEquals(PacketFraming.OK, check(Packets.heartbeatFor(STREAM, 1002, EPOCH, 1)));
        assertEquals(PacketFraming.OK, check(Packets.gap(STREAM, EPOCH, 5, 5)));
        assertEquals(PacketFraming.OK, check(Packets.seal(STREAM, EPOCH, 1, 3)));
        assertEquals(PacketFraming.OK, check(Packets.end(STREAM, EPOCH, 0)));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 31})
    void shouldRefuseWhatIsShorterThanAHeader(int length) {
        assertEquals(PacketFraming.TOO_SHORT, PacketFraming.check(packet, 0, length));
    }

    @Test
    void shouldRefuseAnUnknownVersionBeforeItLooksAtAnythingElse() {
        packet.putByte(PacketFlyweight.VERSION_OFFSET, (byte) 2);
        packet.putByte(PacketFlyweight.KIND_OFFSET, (byte) 99);

        assertEquals(PacketFraming.UNKNOWN_VERSION, check());
    }

    @Test
    void shouldRefuseAnUnknownKindWhateverItsSequenceMeans() {
        packet.putByte(PacketFlyweight.KIND_OFFSET, (byte) 5);
        assertEquals(PacketFraming.UNKNOWN_KIND, check());

        packet.putLong(PacketFlyweight.SEQUENCE_OFFSET, 0);
        assertEquals(PacketFraming.UNKNOWN_KIND, check());
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE, Long.MAX_VALUE, PacketFraming.MAX_SEQUENCE + 1})
    void shouldRefuseASequenceOutOfRange(long sequence) {
        packet.putLong(PacketFlyweight.SEQUENCE_OFFSET, sequence);

        assertEquals(PacketFraming.BAD_SEQUENCE, check());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 4, 0xFFFF})
    void shouldRefuseADataPacketWithAWrongCount(int count) {
        // The fourth message would begin where the packet ends.
        packet.putShort(PacketFlyweight.COUNT_OFFSET, (short) count);

        assertEquals(PacketFraming.BAD_COUNT, check());
    }

    @Test
    void shouldRefuseALengthThatRunsPastTheEnd() {
        packet.putShort(PacketFlyweight.HEADER_LENGTH, (short) 0xFFFF);
        assertEquals(PacketFraming.BAD_COUNT, check());

        byte[] one = Packets.data(STREAM, EPOCH, 1, 1);
        assertEquals(PacketFraming.LENGTH_PAST_END, PacketFraming.check(new UnsafeBuffer(one), 0, one.length - 1));
    }

    @Test
    void shouldRefuseOctetsBehindTheLastMessage() {
        packet.putShort(PacketFlyweight.COUNT_OFFSET, (short) 2);

        assertEquals(PacketFraming.TRAILING_OCTETS, check());
    }

    @Test
    void shouldRefuseAGapThatRunsBackwardsOrIsCutShort() {
        assertEquals(PacketFraming.BAD_SEQUENCE, check(Packets.gap(STREAM, EPOCH, 5, 4)));
        assertEquals(PacketFraming.BAD_SEQUENCE, check(Packets.gap(STREAM, EPOCH, 5, Long.MAX_VALUE)));
        byte[] whole = Packets.gap(STREAM, EPOCH, 5, 6);
        assertEquals(PacketFraming.LENGTH_PAST_END, PacketFraming.check(new UnsafeBuffer(whole), 0, 39));
    }

    @Test
    void shouldRefuseASealWhoseRangeDoesNotEndBeforeItsSequence() {
        UnsafeBuffer seal = new UnsafeBuffer(Packets.seal(STREAM, EPOCH, 1, 3));
        seal.putLong(PacketFlyweight.SEQUENCE_OFFSET, 5);
        assertEquals(PacketFraming.BAD_SEQUENCE, PacketFraming.check(seal, 0, seal.capacity()));
        assertEquals(PacketFraming.BAD_SEQUENCE, check(Packets.seal(STREAM, EPOCH, 0, 3, 0)));
        assertEquals(PacketFraming.BAD_SEQUENCE, check(Packets.seal(STREAM, EPOCH, 5, 4, 0)));
    }

    @Test
    void shouldRefuseACountWhereTheKindHasNone() {
        for (byte[] octets : new byte[][] {
            Packets.gap(STREAM, EPOCH, 5, 6), Packets.seal(STREAM, EPOCH, 1, 3), Packets.end(STREAM, EPOCH, 9)
        }) {
            UnsafeBuffer counted = new UnsafeBuffer(octets);
            counted.putShort(PacketFlyweight.COUNT_OFFSET, (short) 1);
            assertEquals(PacketFraming.BAD_COUNT, PacketFraming.check(counted, 0, counted.capacity()));
        }
    }

    @Test
    void shouldRefuseAHeartbeatWhoseEntriesAreNotAllThere() {
        UnsafeBuffer heartbeat = new UnsafeBuffer(Packets.heartbeatFor(STREAM, 1002, EPOCH, 1));

        assertEquals(PacketFraming.LENGTH_PAST_END, PacketFraming.check(heartbeat, 0, 47));
        heartbeat.putShort(PacketFlyweight.COUNT_OFFSET, (short) 0);
        assertEquals(PacketFraming.TRAILING_OCTETS, PacketFraming.check(heartbeat, 0, 48));
    }

    private int check() {
        return PacketFraming.check(packet, 0, packet.capacity());
    }

    private static int check(byte[] octets) {
        return PacketFraming.check(new UnsafeBuffer(octets), 0, octets.length);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

import static io.heliograph.engine.stream.ArbiterFixture.A;
import static io.heliograph.engine.stream.ArbiterFixture.B;
import static io.heliograph.engine.stream.ArbiterFixture.BUDGET_NS;
import static io.heliograph.engine.stream.ArbiterFixture.REORDER_NS;
import static io.heliograph.engine.stream.ArbiterFixture.STREAM;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.heliograph.engine.testkit.Packets;
import io.heliograph.engine.wire.PacketFlyweight;
import org.junit.jupiter.api.Test;

/** Packets that are foreign, malformed or not to be believed; and the quality that all of it leads to. */
final class ArbiterInputTest {
    private final ArbiterFixture on = new ArbiterFixture();

    @Test
    void shouldRefuseAForeignStream() {
        on.data(A, 1, 3);

        assertEquals("dropped line 0 FOREIGN_STREAM", on.on(A, Packets.data(1002, 7, 4, 9)));
        assertEquals("", on.on(A, Packets.heartbeat(1002, 9, 4)));

        assertEquals(2, on.statistics().foreign());
        assertEquals("4", on.data(A, 4, 4));
    }

    @Test
    void shouldHearTheEntryOfAnotherStreamsHeartbeat() {
        on.data(A, 1, 3);

        assertEquals("", on.on(A, Packets.heartbeatFor(1002, STREAM, 7, 6)));

        assertEquals(0, on.statistics().foreign());
        assertEquals("gap 4-5", on.after(REORDER_NS));
    }

    @Test
    void shouldJoinAndLeaveEpochsByTheEntryOfAnotherStreamsHeartbeat() {
        assertEquals("epoch 7 from 4", on.on(A, Packets.heartbeatFor(1002, STREAM, 7, 4)));
        assertEquals("", on.on(A, Packets.heartbeatFor(1002, STREAM, 9, 1)));
        assertEquals("dropped line 0 OLD_EPOCH", on.on(A, Packets.heartbeatFor(1002, STREAM, 6, 1)));

        assertEquals("gap 4-?, epoch 9 from 1", on.after(BUDGET_NS));
        assertEquals(1, on.statistics().oldEpoch());
    }

    @Test
    void shouldRefuseAHeartbeatEntryWithoutASequence() {
        on.data(A, 1, 3);

        assertEquals("dropped line 0 BAD_SEQUENCE", on.on(A, Packets.heartbeatFor(1002, STREAM, 7, 0)));
    }

    @Test
    void shouldTellAnUnknownVersionAndAnUnknownKindOnceForEachLine() {
        on.data(A, 1, 3);
        byte[] version = Packets.data(STREAM, 7, 4, 4);
        version[PacketFlyweight.VERSION_OFFSET] = 2;
        byte[] kind = Packets.data(STREAM, 7, 4, 4);
        kind[PacketFlyweight.KIND_OFFSET] = 17;

        assertEquals("dropped line 1 UNKNOWN_VERSION", on.on(B, version));
        assertEquals("dropped line 0 UNKNOWN_KIND", on.on(A, kind));
        assertEquals("", on.on(B, version));
        assertEquals("", on.on(A, kind));
        assertEquals("dropped line 0 UNKNOWN_VERSION", on.on(A, version));

        assertEquals(3, on.statistics().dropped(DropReason.UNKNOWN_VERSION));
        assertEquals(2, on.statistics().dropped(DropReason.UNKNOWN_KIND));
        assertEquals(5, on.statistics().malformed());
        assertEquals("4", on.data(A, 4, 4));
    }

    @Test
    void shouldDeliverNothingOfAPacketWhoseLastLengthIsWrong() {
        on.data(A, 1, 3);
        byte[] packet = Packets.data(STREAM, 7, 4, 6);
        packet[PacketFlyweight.COUNT_OFFSET] = 2;

        assertEquals("dropped line 0 TRAILING_OCTETS", on.on(A, packet));
        assertEquals("4-6", on.data(B, 4, 6));
    }

    @Test
    void shouldNotJoinByAMalformedPacket() {
        byte[] packet = Packets.data(STREAM, 7, 4, 6);
        packet[PacketFlyweight.COUNT_OFFSET] = 2;

        on.on(A, packet);

        assertEquals(Quality.JOINING, on.arbiter.watch().quality());
        assertEquals(Arbiter.NULL_EPOCH, on.arbiter.epoch());
    }

    @Test
    void shouldGoThroughTheQualities() {
        assertEquals(Quality.JOINING, on.arbiter.watch().quality());
        on.arbiter.beginCycle(on.clock.nanoTime(), on.recorder);
        on.arbiter.endCycle();
        assertEquals("", on.recorder.qualities());

        on.data(A, 1, 3);
        assertEquals(Quality.LIVE, on.arbiter.watch().quality());
        on.heartbeat(A, 5);
        on.after(REORDER_NS);
        assertEquals(Quality.GAP, on.arbiter.watch().quality());
        on.arbiter.watch().onTrusted();
        on.after(0);
        assertEquals(Quality.LIVE, on.arbiter.watch().quality());

        on.after(ArbiterContext.DEFAULT_STALE_NS - REORDER_NS - 1);
        assertEquals(Quality.LIVE, on.arbiter.watch().quality());
        on.after(1);
        assertEquals(Quality.STALE, on.arbiter.watch().quality());
        on.heartbeat(B, 5);
        assertEquals(Quality.LIVE, on.arbiter.watch().quality());
        on.on(B, Packets.end(STREAM, 7, 4));
        assertEquals(Quality.ENDED, on.arbiter.watch().quality());
        on.after(ArbiterContext.DEFAULT_STALE_NS);
        assertEquals(Quality.ENDED, on.arbiter.watch().quality());
    }

    @Test
    void shouldTellEachChangeOfQualityOnce() {
        on.data(A, 1, 3);
        on.data(A, 4, 4);
        on.after(ArbiterContext.DEFAULT_STALE_NS);
        on.after(1);
        on.on(B, Packets.end(STREAM, 7, 4));

        assertEquals("JOINING>LIVE, LIVE>STALE, STALE>ENDED", on.recorder.qualities());
    }

    @Test
    void shouldStaySuspectUntilTheGapIsAcknowledgedEvenAfterASilence() {
        on.data(A, 1, 3);
        on.heartbeat(A, 5);
        on.after(REORDER_NS);
        on.after(ArbiterContext.DEFAULT_STALE_NS);
        assertEquals(Quality.STALE, on.arbiter.watch().quality());

        on.data(A, 5, 6);

        assertEquals(Quality.GAP, on.arbiter.watch().quality());
    }
}

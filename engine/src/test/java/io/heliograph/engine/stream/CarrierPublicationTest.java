// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

import static io.heliograph.engine.stream.PublicationFixture.words;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeron.Publication;
import io.heliograph.engine.testkit.RecordingLine;
import io.heliograph.engine.wire.ControlFlyweight;
import io.heliograph.engine.wire.PacketFlyweight;
import io.heliograph.engine.wire.PacketKind;
import java.util.HexFormat;
import java.util.List;
import java.util.StringJoiner;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** Streams that share a carrier's lines: numbering of their own, one heartbeat for all, lines that stay for the others. */
final class CarrierPublicationTest {
    @Test
    void shouldNumberEachStreamByItself() {
        CarrierFixture on = new CarrierFixture(2, false);

        assertEquals(1, on.offer(1));
        assertEquals(1, on.offer(2));
        assertEquals(2, on.offer(2));
        on.stream(2).flush();
        on.stream(1).flush();

        assertEquals("2 data 1-2, 1 data 1", packets(on.a));
        assertEquals("2 data 1-2, 1 data 1", packets(on.b));
        assertEquals(2, on.stream(1).line(0).packets());
        assertSame(on.stream(1).lines(), on.stream(2).lines());
    }

    @Test
    void shouldSpeakForAllIdleStreamsInOneHeartbeat() {
        CarrierFixture on = new CarrierFixture(3, false);
        on.offer(1);
        on.offer(3);
        on.offer(3);
        on.stream(1).flush();
        on.stream(3).flush();
        on.work(1);
        on.a.taken();

        on.work(1);

        // Stream 2 was idle before: its heartbeat is not due yet.
        assertEquals("1 heartbeat 2 {3: 3}", packets(on.a));
    }

    @Test
    void shouldWriteTheSharedHeartbeatOctetByOctet() {
        CarrierFixture on = new CarrierFixture(3, false);
        on.offer(2);
        on.stream(2).flush();
        on.publications.forEach(StreamPublication::doWork);
        on.a.taken();

        on.clock.advanceMs(1);
        on.stream(3).doWork();

        byte[] packet = on.a.taken().get(0);
        String hex = HexFormat.of().formatHex(packet);
        String sent = hex.substring(16, 32);
        assertEquals(
                "0100000000000000" + sent // the next to expect of stream 3, the clock
                        + "03000000" + "07000000" // stream 3, epoch 7
                        + "0300" + "0200" // source 3, two further streams
                        + "00" + "00" + "01" + "01" // flags, hops, version, heartbeat
                        + "01000000" + "07000000" + "0100000000000000" // stream 1, epoch 7, next 1
                        + "02000000" + "07000000" + "0200000000000000", // stream 2, epoch 7, next 2
                hex);
    }

    @Test
    void shouldCostTenPacketsASecondWhenSixtyFourStreamsAreIdle() {
        CarrierFixture on = new CarrierFixture(64, true);
        for (int id = 1; id <= 64; id++) {
            on.offer(id);
            on.stream(id).flush();
            on.work(3);
        }
        on.work(500);
        on.a.taken();

        on.work(1_000);

        List<byte[]> packets = on.a.taken();
        assertTrue(packets.size() == 10 || packets.size() == 11, "packets: " + packets.size());
        packets.forEach(packet -> assertEquals(63, PacketFlyweight.count(new UnsafeBuffer(packet), 0)));
    }

    @Test
    void shouldTakeAsManyPacketsAsStreamsNeed() {
        // 84 entries fit a packet of 1,376 octets: 85 streams each.
        CarrierFixture on = new CarrierFixture(200, false);
        on.work(500);
        on.a.taken();

        on.work(100);

        int[] counts = on.a.taken().stream()
                .mapToInt(packet -> PacketFlyweight.count(new UnsafeBuffer(packet), 0))
                .toArray();
        assertEquals("[84, 84, 29]", java.util.Arrays.toString(counts));
    }

    @Test
    void shouldSealAStreamBeforeAHeartbeatSpeaksForIt() {
        CarrierFixture on = new CarrierFixture(2, true);
        on.offer(2);
        on.stream(2).flush();
        on.work(350);

        String told = packets(on.a);

        assertTrue(told.contains("2 seal 1-1"), told);
        int seal = told.indexOf("2 seal");
        assertTrue(told.substring(seal).contains("1 heartbeat 1 {2: 2}"), told);
    }

    @Test
    void shouldTellTheEndOfAStreamByItselfAndSpeakForTheOthersWithoutIt() {
        CarrierFixture on = new CarrierFixture(3, false);
        on.offer(2);
        on.work(400);
        on.a.taken();

        assertEquals(1, on.stream(2).endEpoch());
        on.work(300);

        String told = packets(on.a);
        assertTrue(told.startsWith("2 end 2"), told);
        assertTrue(told.contains("1 heartbeat 1 {3: 1}"), told);
        assertFalse(told.contains("2:"), told);
        assertFalse(told.contains("2 heartbeat"), told);
    }

    @Test
    void shouldNotSpeakForAStreamThatHasMessagesOnTheWay() {
        CarrierFixture on = new CarrierFixture(2, false);
        on.work(400);
        on.a.answer(Publication.BACK_PRESSURED);
        on.b.answer(Publication.BACK_PRESSURED);
        on.offer(2);
        on.stream(2).flush();
        on.a.taken();

        for (int i = 0; i < 150; i++) {
            on.clock.advanceMs(1);
            on.stream(1).doWork();
        }

        assertEquals("1 heartbeat 1", packets(on.a));
    }

    @Test
    void shouldKeepTheLinesUntilTheLastStreamIsClosed() {
        CarrierFixture on = new CarrierFixture(2, false);

        on.stream(1).close();
        on.stream(1).close();

        assertFalse(on.a.isClosed());
        assertEquals(1, on.offer(2));
        assertEquals(2, on.stream(2).flush());
        assertEquals("2 data 1", packets(on.a));
        assertEquals(1, on.lines.publications());

        on.stream(2).close();

        assertTrue(on.a.isClosed() && on.b.isClosed());
        assertTrue(on.lines.isClosed());
    }

    @Test
    void shouldSpeakForNobodyThatIsClosed() {
        CarrierFixture on = new CarrierFixture(3, false);
        on.work(400);
        on.stream(2).close();
        on.a.taken();

        on.work(100);

        assertEquals("1 heartbeat 1 {3: 1}", packets(on.a));
    }

    @Test
    void shouldLookAfterTheLinesOnceForAllStreams() {
        CarrierFixture on = new CarrierFixture(16, false);

        on.work(1_000);

        assertTrue(on.lineTicks >= 180 && on.lineTicks <= 201, "ticks: " + on.lineTicks);
    }

    @Test
    void shouldHoldUpNoOtherStreamWhenOneIsRefused() {
        CarrierFixture on = new CarrierFixture(2, false);
        on.a.answer(Publication.BACK_PRESSURED);
        on.b.answer(Publication.BACK_PRESSURED);
        on.offer(1);
        on.stream(1).flush();
        on.offer(2);

        assertEquals(2, on.stream(2).flush());
        assertEquals(2, on.stream(1).flush());

        assertEquals("2 data 1, 1 data 1", packets(on.a));
    }

    /** What a line took, with whose it is and whom else a heartbeat speaks of. */
    private static String packets(RecordingLine line) {
        StringJoiner words = new StringJoiner(", ");
        for (byte[] octets : line.taken()) {
            UnsafeBuffer packet = new UnsafeBuffer(octets);
            RecordingLine one = new RecordingLine("one");
            one.offer(packet, 0, octets.length);
            StringJoiner others = new StringJoiner(", ", " {", "}").setEmptyValue("");
            boolean isHeartbeat = PacketFlyweight.kind(packet, 0) == PacketKind.HEARTBEAT;
            for (int i = 0; isHeartbeat && i < PacketFlyweight.count(packet, 0); i++) {
                int entry = PacketFlyweight.HEADER_LENGTH + i * ControlFlyweight.HEARTBEAT_ENTRY_LENGTH;
                others.add(ControlFlyweight.heartbeatStream(packet, entry) + ": "
                        + ControlFlyweight.heartbeatNext(packet, entry));
            }
            words.add(PacketFlyweight.stream(packet, 0) + " " + words(one) + others);
        }
        return words.toString();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.recovery;

import static io.heliograph.engine.recovery.RecoveryFixture.EPOCH;
import static io.heliograph.engine.recovery.RecoveryFixture.MS;
import static io.heliograph.engine.recovery.RecoveryFixture.STREAM;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.engine.recovery.RecoveryFixture.Source;
import io.heliograph.engine.stream.GapRepair;
import io.heliograph.engine.stream.MissingRanges;
import io.heliograph.engine.testkit.MemoryLog;
import io.heliograph.engine.testkit.Packets;
import io.heliograph.engine.wire.PacketFlyweight;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** What goes into one end of the rings comes out of the other as it was, and neither end ever waits. */
final class RecoveryRingsTest {
    private final RecoveryFixture fixture = new RecoveryFixture();
    private final MemoryLog log = new MemoryLog();
    private final Source source = fixture.source("own", log);
    private final RecoveryRings rings = new RecoveryRings(() -> {});
    private final GapRepair polling = rings.polling();
    private final RepairOutput output = rings.output();
    private final Recovery recovery = new Recovery(
            fixture.context,
            answers -> Rung.of(1_000 * MS, 10 * MS, List.of(source), List.of()),
            fixture,
            fixture.random,
            null,
            words -> {});
    private final Taker taker = new Taker();
    private final MissingRanges missing = new MissingRanges();

    @Test
    void shouldHandOverAStatementByTheClockOfTheOtherThread() {
        missing.begin(EPOCH, 11, false);
        missing.add(11, 21, 5_000);
        missing.add(101, MissingRanges.UNKNOWN_END, 9_000);
        polling.onMissing(missing, 10_000);
        long nowNs = fixture.nowNs;

        assertEquals(1, rings.takeStatements(recovery, nowNs));

        // The first gap is 5 us old, by whichever clock.
        recovery.onTick(nowNs - 5_000 + 10 * MS - 1);
        assertEquals("", fixture.asked());
        recovery.onTick(nowNs - 5_000 + 10 * MS);
        assertEquals("own 7:11-20", fixture.asked());
        recovery.onTick(nowNs - 1_000 + 10 * MS);
        assertEquals("own 7:101-?", fixture.asked());
    }

    @Test
    void shouldSayHowFarTheLinesAreAndWhetherItCatchesUp() {
        Recovery late = new Recovery(
                fixture.context,
                answers -> Rung.of(1_000 * MS, 0, List.of(source), List.of()),
                fixture,
                fixture.random,
                JoinPlace.START,
                words -> {});
        missing.begin(-1, 1, false);
        missing.live(EPOCH, 1_001);
        polling.onMissing(missing, 0);
        rings.takeStatements(late, fixture.nowNs);
        late.onTick(fixture.nowNs);
        assertEquals("begin 7:1", fixture.handedOn());
        assertEquals("own 7:1-?", fixture.asked());

        missing.begin(EPOCH, 41, true);
        polling.onMissing(missing, 0);
        rings.takeStatements(late, fixture.nowNs);
        assertFalse(late.isIdle(), "it catches up");

        missing.begin(EPOCH, 41, false);
        polling.onMissing(missing, 0);
        rings.takeStatements(late, fixture.nowNs);
        assertTrue(late.isIdle(), "it has reached its lines");
    }

    @Test
    void shouldHandOverAnswersInTheirOrder() {
        byte[] packet = Packets.data(STREAM, EPOCH, 11, 20);
        output.begin(EPOCH, 11);
        output.packet(new UnsafeBuffer(packet), 0, packet.length);
        output.nobodyHas(EPOCH, 21, 31);
        output.epoch(EPOCH + 1);
        assertFalse(output.isDrained());

        assertEquals(3, polling.poll(taker, 3));
        assertEquals("[begin 7:11, 11 x 10, nobody 7:21-31]", taker.taken.toString());
        assertEquals(1, polling.poll(taker, 3));

        assertEquals("epoch 8", taker.taken.get(3));
        assertTrue(output.isDrained());
        assertEquals(0, polling.poll(taker, 3));
    }

    @Test
    void shouldLeaveOutStatementsWithoutRoomAndTakeTheNextAgain() {
        missing.begin(EPOCH, 1, false);
        for (int i = 0; i < MissingRanges.MAX_RANGES; i++) {
            missing.add(i * 10L + 1, i * 10L + 5, 0);
        }
        for (int i = 0; i < 1_000; i++) {
            polling.onMissing(missing, 0);
        }

        int taken = rings.takeStatements(recovery, fixture.nowNs);
        assertTrue(taken > 10 && taken < 100, "64 KiB have room for some 40, not for " + taken);

        polling.onMissing(missing, 0);
        // A read stops at the ring's end.
        int again = rings.takeStatements(recovery, fixture.nowNs) + rings.takeStatements(recovery, fixture.nowNs);
        assertEquals(1, again);
    }

    @Test
    void shouldTakeAllPacketsOfAsManyOctetsAsThereIsRoomForWhateverTheirLength() {
        for (int length : new int[] {60, 1_408, PacketFlyweight.MAX_PACKET_LENGTH}) {
            RecoveryRings fresh = new RecoveryRings(() -> {});
            UnsafeBuffer packet = new UnsafeBuffer(new byte[length]);
            int wanted = 0;
            // From another place each time, so that the ring's end is met too.
            for (int round = 0; round < 7; round++) {
                int room = fresh.output().room();
                int written = 0;
                for (int octets = length; octets <= room; octets += length) {
                    fresh.output().packet(packet, 0, length);
                    written++;
                }
                int polled = fresh.polling().poll(taker, Integer.MAX_VALUE);
                while (polled < written && !fresh.output().isDrained()) {
                    polled += fresh.polling().poll(taker, Integer.MAX_VALUE);
                }
                assertEquals(written, polled, "packets of " + length);
                wanted += written;
                fresh.output().packet(packet, 0, length);
                fresh.polling().poll(taker, 1);
            }
            assertTrue(wanted > 0);
        }
    }

    @Test
    void shouldHaveLessRoomTheMoreLiesInIt() {
        int empty = output.room();
        assertTrue(empty > 2 << 20, "of 4 MiB " + empty);
        UnsafeBuffer packet = new UnsafeBuffer(new byte[1_408]);
        for (int i = 0; i < 1_000; i++) {
            output.packet(packet, 0, 1_408);
        }
        int left = output.room();
        assertTrue(left < empty - 900_000, left + " left of " + empty);

        for (int i = 0; i < 10_000; i++) {
            output.packet(packet, 0, 1_408);
        }
        assertEquals(0, output.room(), "what has no room is left out, and never below 0");
    }

    /** Answers as words. */
    private static final class Taker implements GapRepair.Answers {
        final List<String> taken = new ArrayList<>();

        @Override
        public void onPacket(DirectBuffer buffer, int offset, int length) {
            taken.add(PacketFlyweight.sequence(buffer, offset) + " x " + PacketFlyweight.count(buffer, offset));
        }

        @Override
        public void onNobodyHas(long epoch, long first, long end) {
            taken.add("nobody " + epoch + ":" + first + "-" + end);
        }

        @Override
        public void onBegin(long epoch, long sequence) {
            taken.add("begin " + epoch + ":" + sequence);
        }

        @Override
        public void onEpoch(long epoch) {
            taken.add("epoch " + epoch);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.engine.testkit.AllocatedOctets;
import io.heliograph.engine.testkit.Packets;
import io.heliograph.engine.wire.ControlFlyweight;
import io.heliograph.engine.wire.PacketFlyweight;
import java.nio.ByteBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

final class ArbiterAllocationTest {
    private static final int STREAM = 1001;
    private static final int PACKETS = 100_000;
    private static final int MESSAGES = 8;

    private final Arbiter arbiter = new Arbiter(ArbiterContext.of(STREAM, 2), StreamListener.NONE);
    private final UnsafeBuffer packet = direct(Packets.data(STREAM, 7, 1, MESSAGES));
    private final UnsafeBuffer seal = direct(Packets.seal(STREAM, 7, 1, 4096, 0));
    private final UnsafeBuffer heartbeat = direct(Packets.heartbeat(STREAM, 7, 1));
    private long sum;
    private final MessageHandler handler = (buffer, offset, length, header) ->
            sum += buffer.getByte(offset) + length + header.sequence() + header.sentEpochNs() + header.line();
    private long next = 1;
    private long nowNs;

    @Test
    void shouldAllocateNothingForPacketsThatWinAndPacketsThatAreDuplicates() {
        assertEquals(0, AllocatedOctets.of(() -> {
            for (int i = 0; i < PACKETS; i++) {
                begin();
                on(0, next);
                on(1, next);
                next += MESSAGES;
                if (next % 4096 == 1) {
                    sealed();
                }
                arbiter.endCycle();
            }
        }));

        assertTrue(arbiter.line(1).lost() >= PACKETS * MESSAGES);
        assertTrue(arbiter.line(0).leadCount() > 0 || arbiter.line(1).lost() > 0);
        assertTrue(arbiter.statistics().sealMismatches() > 0, "seals were looked at");
    }

    @Test
    void shouldAllocateNothingForPacketsThatAreHeldAndDrained() {
        assertEquals(0, AllocatedOctets.of(() -> {
            for (int i = 0; i < PACKETS; i++) {
                begin();
                on(0, next + MESSAGES);
                on(1, next + 2 * MESSAGES);
                on(1, next);
                next += 3 * MESSAGES;
                arbiter.endCycle();
            }
        }));

        assertEquals(0, arbiter.statistics().gaps());
        assertTrue(arbiter.statistics().outOfOrder() >= 2L * PACKETS * MESSAGES);
    }

    @Test
    void shouldAllocateNothingForGapsThatAreGivenUp() {
        assertEquals(0, AllocatedOctets.of(() -> {
            for (int i = 0; i < PACKETS; i++) {
                begin();
                on(0, next + MESSAGES);
                PacketFlyweight.sequence(heartbeat, 0, next + 3 * MESSAGES);
                arbiter.onPacket(1, heartbeat, 0, heartbeat.capacity());
                arbiter.endCycle();
                nowNs += ArbiterContext.DEFAULT_REORDER_NS;
                begin();
                arbiter.endCycle();
                begin();
                arbiter.endCycle();
                next += 3 * MESSAGES;
            }
        }));

        assertTrue(arbiter.statistics().gaps() >= 2L * PACKETS - 1);
    }

    @Test
    void shouldAllocateNothingForLossesLeadsAndSkewAlarms() {
        long everyNs = 2_000_000;
        assertEquals(0, AllocatedOctets.of(() -> {
            for (int i = 0; i < PACKETS; i++) {
                nowNs += everyNs;
                begin();
                on(0, next);
                // Line B is late by 100 cycles half of the time, loses one packet in ten, and both lose one in 2,500.
                boolean isLate = i % 10_000 < 5_000;
                if (i % 10 != 0 && next > 200 * MESSAGES) {
                    on(1, isLate ? next - 100 * MESSAGES : next);
                }
                next += i % 2_500 == 0 ? 2 * MESSAGES : MESSAGES;
                arbiter.endCycle();
            }
        }));

        assertTrue(arbiter.line(0).leads().atPercentileNs(50) > 0, "led");
        assertTrue(arbiter.line(1).missing() > 0 && arbiter.line(1).lostOnAll() > 0, "lost");
        assertTrue(arbiter.line(1).skewAlarms() > 1, "alarms");
    }

    @Test
    void shouldAllocateNothingForGapsThatAreFetchedAndGapsThatNobodyHas() {
        Fetched fetched = new Fetched();
        Arbiter repaired = new Arbiter(ArbiterContext.of(STREAM, 2), StreamListener.NONE, fetched);
        assertEquals(0, AllocatedOctets.of(() -> {
            for (int i = 0; i < PACKETS; i++) {
                nowNs += 1_000_000;
                repaired.beginCycle(nowNs, handler);
                PacketFlyweight.sequence(packet, 0, next);
                repaired.onPacket(0, packet, 0, packet.capacity());
                repaired.endCycle();
                next += 2 * MESSAGES;
            }
        }));

        assertTrue(repaired.statistics().replayed() >= (PACKETS / 2 - 1) * MESSAGES, "fetched");
        assertTrue(repaired.statistics().gaps() >= PACKETS / 2 - 1, "given up");
    }

    /** Fetches every other range, and says of the rest that nobody has it. */
    private final class Fetched implements GapRepair {
        private long epoch;
        private long first;
        private long end;
        private boolean isFetched;

        @Override
        public boolean onMissing(MissingRanges missing, long now) {
            epoch = missing.epoch();
            first = missing.count() == 0 ? 0 : missing.first(0);
            end = missing.count() == 0 ? 0 : missing.end(0);
            return true;
        }

        @Override
        public int poll(Answers answers, int limit) {
            if (first == 0) {
                return 0;
            }
            isFetched = !isFetched;
            if (isFetched) {
                PacketFlyweight.sequence(packet, 0, first);
                answers.onPacket(packet, 0, packet.capacity());
            } else {
                answers.onNobodyHas(epoch, first, end);
            }
            first = 0;
            return 1;
        }
    }

    private void begin() {
        arbiter.beginCycle(++nowNs, handler);
    }

    private void on(int line, long sequence) {
        PacketFlyweight.sequence(packet, 0, sequence);
        arbiter.onPacket(line, packet, 0, packet.capacity());
    }

    private void sealed() {
        PacketFlyweight.sequence(seal, 0, next);
        ControlFlyweight.seal(seal, 0, next - 4096, next - 1, 0x5EA1);
        arbiter.onPacket(0, seal, 0, seal.capacity());
        arbiter.onPacket(1, seal, 0, seal.capacity());
    }

    private static UnsafeBuffer direct(byte[] octets) {
        UnsafeBuffer buffer = new UnsafeBuffer(ByteBuffer.allocateDirect(octets.length));
        buffer.putBytes(0, octets);
        return buffer;
    }
}

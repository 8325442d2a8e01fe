// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.engine.testkit.Packets;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

final class ReorderWindowTest {
    private static final int STREAM = 1001;
    private static final int FILLED = 8_000;
    private static final int ROUNDS = 5;

    /** A factor of some hundreds when each packet that fills looks at all that wait. */
    private static final double MUCH_LONGER = 20;

    private final UnsafeBuffer packet = new UnsafeBuffer(Packets.data(STREAM, 7, 1, 1));

    @Test
    void shouldFillAGapInAboutTheSameTimeWhetherFewOrManyPacketsWait() {
        double few = Double.MAX_VALUE;
        double many = Double.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            few = Math.min(few, nsToFill(10));
            many = Math.min(many, nsToFill(16_000));
        }

        assertTrue(many < few * MUCH_LONGER, few + " ns a packet with 10 that wait, " + many + " ns with 16,000");
    }

    @Test
    void shouldHaveAllItsRoomAgainHoweverOftenItLetsGo() {
        int most = 64;
        ReorderWindow window = new ReorderWindow(most, 1 << 16);
        for (int round = 0; round < 100; round++) {
            for (int i = 0; i < most; i++) {
                int line = i % 8 == 0 ? 2 : i % 2;
                int held = window.hold(7, 1_000L * i, 1_000L * i + 1, line, 1, packet, 0, packet.capacity());
                assertEquals(ReorderWindow.HELD, held, "round " + round + ", packet " + i);
            }
            window.clearBut(2);
            assertEquals(most / 8, window.size());
            window.clearBut(9);
            assertTrue(window.isEmpty());
        }
    }

    private double nsToFill(int waiting) {
        Arbiter arbiter = new Arbiter(ArbiterContext.of(STREAM, 2), StreamListener.NONE);
        arbiter.beginCycle(1, (buffer, offset, length, header) -> {});
        on(arbiter, 0, 1);
        for (int i = 0; i < waiting; i++) {
            on(arbiter, 0, 2 + FILLED + i);
        }
        long beganNs = System.nanoTime();
        for (int i = 0; i < FILLED; i++) {
            on(arbiter, 1, 2 + i);
        }
        long tookNs = System.nanoTime() - beganNs;
        assertEquals(1 + FILLED + waiting, arbiter.statistics().messages());
        return (double) tookNs / FILLED;
    }

    private void on(Arbiter arbiter, int line, long sequence) {
        packet.putLong(0, sequence);
        arbiter.onPacket(line, packet, 0, packet.capacity());
    }
}

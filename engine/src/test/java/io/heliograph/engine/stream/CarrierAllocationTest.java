// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.engine.testkit.AllocatedOctets;
import io.heliograph.engine.testkit.LineDouble;
import io.heliograph.engine.testkit.ManualClock;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** Eight streams on a carrier's two lines, straight into the arbitration of all of them but one. */
final class CarrierAllocationTest {
    private static final int MESSAGES = 200_000;
    private static final int STREAMS = 8;

    private final ManualClock clock = new ManualClock();
    private final List<Integer> ids = new ArrayList<>();
    private final List<StreamPublication> publications = new ArrayList<>();
    private final CarriedStreams streams;
    private final Arbiter[] arbiters = new Arbiter[STREAMS - 1];
    private final UnsafeBuffer message = new UnsafeBuffer(new byte[36]);
    private long received;
    private final MessageHandler handler = (buffer, offset, length, header) -> received++;

    CarrierAllocationTest() {
        PublicationLines lines = new PublicationLines(
                null, new PacketLine[] {wire(0), wire(1)}, () -> {}, LinesTick.NONE, clock.nanoTime());
        for (int id = 1; id <= STREAMS; id++) {
            ids.add(id);
            publications.add(new StreamPublication(
                    new PublicationContext("s" + id, id, 7, 0, true, false, clock.wall(), clock),
                    lines,
                    PublicationTick.NONE));
        }
        for (int i = 0; i < arbiters.length; i++) {
            arbiters[i] = new Arbiter(ArbiterContext.of(ids.get(i), 2).window(64, 1 << 16), StreamListener.NONE);
        }
        streams = new CarriedStreams(ids, ids.subList(0, arbiters.length), 0, arbiters);
    }

    @Test
    void shouldAllocateNothingForStreamsThatShareLinesAndHeartbeats() {
        assertEquals(0, AllocatedOctets.of(() -> {
            for (int i = 0; i < MESSAGES; i++) {
                publications.get(i & (STREAMS - 1)).offer(message, 0, 36);
                if (i % 50 == 0) {
                    cycle(i % 1_000 == 0 ? 400 : 1);
                }
            }
        }));

        assertTrue(received > MESSAGES / 2, "received: " + received);
        assertEquals(0, arbiters[0].statistics().foreign());
    }

    private void cycle(int ms) {
        streams.beginCycle(clock.nanoTime(), handler);
        streams.includeAll();
        for (int i = 0; i < ms; i += 20) {
            clock.advanceMs(Math.min(20, ms));
            for (int stream = 0; stream < STREAMS; stream++) {
                publications.get(stream).flush();
                publications.get(stream).doWork();
            }
        }
        streams.endCycle();
    }

    private LineDouble wire(int index) {
        return new LineDouble(index == 0 ? "A" : "B", (buffer, offset, length) -> {
            streams.onPacket(index, buffer, offset, length);
            return 1;
        });
    }
}

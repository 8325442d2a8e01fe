// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

import static io.heliograph.engine.stream.PublicationFixture.EPOCH;
import static io.heliograph.engine.stream.PublicationFixture.STREAM;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.config.Lines;
import io.heliograph.config.Stream;
import io.heliograph.config.Topology;
import io.heliograph.engine.media.LineChoice;
import io.heliograph.engine.media.LineHealth;
import io.heliograph.engine.testkit.LoopbackTopology;
import io.heliograph.engine.testkit.ManualClock;
import io.heliograph.engine.testkit.Packets;
import io.heliograph.engine.testkit.RecordingLine;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A stream that goes by load leaves the busier NIC for good, whichever of them it is. */
final class LoadMovesTest {
    private static final long A = 1;
    private static final long B = 2;
    private static final int TICK_MS = 5;

    /** The longest wait, what the load is measured over, and the overlap. */
    private static final int LONGEST_MS = 18_000;

    private final ManualClock clock = new ManualClock();
    private final RecordingLine a = new RecordingLine("A");
    private final RecordingLine b = new RecordingLine("B");
    private final Loads loads = new Loads();
    private final StreamPublication publication = leastLoaded();

    @AfterEach
    void close() {
        publication.close();
    }

    @Test
    void shouldMoveFromTheHigherLineToTheLower() {
        leave(A);
        long moves = publication.sending().moves();

        leave(B);
        assertEquals(moves + 1, publication.sending().moves());
    }

    @Test
    void shouldMoveFromTheLowerLineToTheHigher() {
        leave(B);
        long moves = publication.sending().moves();

        leave(A);
        assertEquals(moves + 1, publication.sending().moves());
    }

    @Test
    void shouldSendOnBothUntilTheNewOneWasHeardForASecond() {
        leave(B);
        loads.busy = A;
        int overlapMs = 0;
        for (int ms = 0; ms < LONGEST_MS && publication.sending().active() != B; ms += TICK_MS) {
            work(TICK_MS);
            overlapMs += publication.sending().active() == (A | B) ? TICK_MS : 0;
        }

        assertEquals(B, publication.sending().active());
        assertTrue(overlapMs >= 1_000 - TICK_MS && overlapMs <= 1_000 + 2 * TICK_MS, overlapMs + " ms");
    }

    /** The other line's NIC has nothing beside the stream. */
    private void leave(long busy) {
        loads.busy = busy;
        work(LONGEST_MS);
        assertEquals(A | B, busy | publication.sending().active(), "busy " + busy);
        assertEquals(1, Long.bitCount(publication.sending().active()), "lines");
    }

    private void work(int ms) {
        for (int done = 0; done < ms; done += TICK_MS) {
            clock.advanceMs(TICK_MS);
            byte[] body = Packets.body(EPOCH, publication.nextSequence());
            assertTrue(publication.offer(new UnsafeBuffer(body), 0, body.length) > 0);
            publication.flush();
            publication.doWork();
            a.taken();
            b.taken();
        }
    }

    private StreamPublication leastLoaded() {
        Topology topology = LoopbackTopology.with("lines=\"least-loaded\"");
        Stream stream = topology.streams().get(0);
        LineChoice choice = LineChoice.of(stream, Lines.of(topology, stream));
        return new StreamPublication(
                new PublicationContext("itch", STREAM, EPOCH, 0, false, false, clock.wall(), clock),
                new LineRoute(choice, loads, 2_000_000_000L, 1),
                new PacketLine[] {a, b},
                () -> {},
                PublicationTick.NONE);
    }

    /** One NIC has much to send beside the stream, the other one nothing. */
    private static final class Loads implements LineHealth {
        private static final long MUCH = 100_000_000;

        private long busy = A;

        @Override
        public long up() {
            return A | B;
        }

        @Override
        public long sentPerSecond(int line) {
            return LineChoice.has(busy, line) ? MUCH : 0;
        }
    }
}

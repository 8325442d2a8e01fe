// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.heliograph.engine.journal.JournalHold;
import io.heliograph.engine.link.session.Session;
import io.heliograph.engine.stream.PacketHandler;
import io.heliograph.engine.testkit.ManualClock;
import io.heliograph.engine.testkit.Packets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** An egress reads a batch before anybody pulls, once, as soon as there is one. */
final class EgressWarmUpTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final List<String> events = new ArrayList<>();
    private final ManualClock clock = new ManualClock();
    private final List<byte[]> packets = new ArrayList<>();
    private boolean isThere = true;
    private final EgressAgent egress = new EgressAgent(new Library(), clock, clock.wall(), Throwable::printStackTrace);

    @Test
    void shouldReadABatchOnceAndCloseTheJournalAgain() {
        packets.add(Packets.data(1, 3, 1, 40));
        egress.warmUp(1);

        for (int i = 0; i < 5; i++) {
            egress.doWork();
            clock.advanceNs(SECOND);
        }

        assertEquals(List.of("open 1", "seek 3:1", "read", "close"), events);
        assertEquals(0, egress.figures().packets, "nothing was sent");
    }

    @Test
    void shouldTryAgainOnceASecondWhileThereIsNothing() {
        isThere = false;
        egress.warmUp(1);
        egress.doWork();
        egress.doWork();
        isThere = true;
        clock.advanceNs(SECOND);
        egress.doWork();
        packets.add(Packets.data(1, 3, 1, 40));
        egress.doWork();
        clock.advanceNs(SECOND);
        egress.doWork();

        assertEquals(List.of("open 1", "open 1", "close", "open 1", "seek 3:1", "read", "close"), events);
    }

    @Test
    void shouldReadNothingWhereItWasNotAskedTo() {
        egress.doWork();

        assertEquals(List.of(), events);
    }

    private final class Library implements EgressLibrary {
        @Override
        public EgressTerms terms(Session peer, int stream) {
            return EgressTerms.refused("nobody pulls");
        }

        @Override
        public @Nullable PacketLog open(int stream) {
            events.add("open " + stream);
            return isThere ? new Log() : null;
        }

        @Override
        public long appended(int stream) {
            return 0;
        }

        @Override
        public boolean isLive(int stream) {
            return false;
        }

        @Override
        public void hold(int stream, JournalHold hold) {}
    }

    private final class Log implements PacketLog {
        private int next;

        @Override
        public void seek(long epoch, long sequence) {
            events.add("seek " + epoch + ":" + sequence);
        }

        @Override
        public boolean seekTime(long utcNs) {
            return false;
        }

        @Override
        public int poll(PacketHandler handler, int limit) {
            if (next == packets.size()) {
                return 0;
            }
            events.add("read");
            byte[] packet = packets.get(next++);
            handler.onPacket(new UnsafeBuffer(packet), 0, packet.length);
            return 1;
        }

        @Override
        public long lastEpoch() {
            return packets.isEmpty() ? -1 : 3;
        }

        @Override
        public long lastSequence() {
            return 1;
        }

        @Override
        public void close() {
            events.add("close");
        }
    }
}

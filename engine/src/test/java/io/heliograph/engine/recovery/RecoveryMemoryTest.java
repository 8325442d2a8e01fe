// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.recovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.engine.link.session.ReplyHandler;
import io.heliograph.engine.recovery.remote.LinkSource;
import io.heliograph.engine.recovery.remote.ReplayPath;
import io.heliograph.engine.stream.Arbiter;
import io.heliograph.engine.stream.ArbiterContext;
import io.heliograph.engine.stream.ArbiterContext.Join;
import io.heliograph.engine.testkit.ManualClock;
import io.heliograph.engine.testkit.MemoryLog;
import io.heliograph.engine.testkit.Packets;
import io.heliograph.engine.testkit.StreamRecorder;
import io.heliograph.engine.wire.ReplayPageFlyweight;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** A consumer that takes little follows a host that has much and answers at once, while what is live goes on. */
final class RecoveryMemoryTest {
    private static final int STREAM = 1001;
    private static final long EPOCH = 7;
    private static final int PER_PACKET = 40;
    private static final int PACKETS = 20_000;
    private static final long MOST_OCTETS = 2 << 20;

    private final ManualClock clock = new ManualClock();
    private final MemoryLog log = new MemoryLog();
    private final StreamRecorder recorder = new StreamRecorder();
    private long live = PACKETS * PER_PACKET + 1L;
    private long pages;

    @Test
    void shouldTakeNoMoreMemoryHoweverMuchThereIsToFetchAndHoweverSlowTheConsumerIs() {
        for (long i = 1; i < live; i += PER_PACKET) {
            log.append(Packets.data(STREAM, EPOCH, i, i + PER_PACKET - 1));
        }
        RecoveryAgent agent = new RecoveryAgent(
                "itch",
                RecoveryAgent.newBell(),
                new RecoveryContext(STREAM, TimeUnit.SECONDS.toNanos(1), TimeUnit.SECONDS.toNanos(10)),
                answers -> List.of(new Rung(
                        "site",
                        0,
                        TimeUnit.SECONDS.toNanos(1),
                        List.of(new LinkSource("ny2", new Eager(), answers, () -> {}, words -> {})))),
                clock,
                new SplittableRandom(1),
                JoinPlace.at(EPOCH, 1),
                words -> {},
                () -> {});
        ArbiterContext context = ArbiterContext.of(STREAM, 1).join(Join.REPLAY).window(1_024, 1 << 20);
        Arbiter arbiter = new Arbiter(context, recorder, agent.repair());
        turn(agent, arbiter, 2_000);
        long delivered = recorder.messages();
        assertTrue(delivered > 0, "it has begun");
        long heap = heap();
        long direct = direct();

        for (int i = 0; i < 3; i++) {
            turn(agent, arbiter, 4_000);
            long more = heap() - heap;
            assertTrue(more < MOST_OCTETS, () -> "of the heap " + more + " octets more");
            // Those of other tests may go meanwhile.
            assertTrue(direct() <= direct, "buffers");
        }
        assertTrue(recorder.messages() > 4 * delivered, "it has gone on: " + recorder.messages());
        assertTrue(recorder.messages() < PACKETS * (long) PER_PACKET / 2, "and is far from its end");
        assertTrue(pages > 50, "fetched: " + pages);
        assertEquals(0, recorder.wrongBodies());
    }

    /** The consumer has a turn of its own every hundredth time. */
    private void turn(RecoveryAgent agent, Arbiter arbiter, int times) {
        for (int i = 0; i < times; i++) {
            clock.advanceNs(100_000);
            agent.doWork();
            arbiter.beginCycle(clock.nanoTime(), recorder);
            byte[] packet = Packets.data(STREAM, EPOCH, live, live);
            live++;
            arbiter.onPacket(0, new UnsafeBuffer(packet), 0, packet.length);
            if (i % 100 == 0) {
                arbiter.endCycle();
            }
        }
    }

    private static long heap() {
        System.gc();
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static long direct() {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
    }

    /** A host that answers within the call, with as many pages as are asked for. */
    private final class Eager implements ReplayPath {
        private final LogCursor cursor = new LogCursor(log.reader());
        private final PageBuilder builder = new PageBuilder(64 * 1024);

        @Override
        public long ask(DirectBuffer request, long timeoutNs, ReplyHandler handler) {
            ReplayAsk ask = ReplayAsk.of(request, 0);
            long first = ask.from();
            int left = ask.octets();
            while (left > 0) {
                builder.build(STREAM, cursor, EPOCH, first, ask.endFrom(first), Math.min(64 * 1024, left));
                left -= builder.length();
                first = builder.next();
                boolean isLast = left <= 0 || builder.status() != ReplayPageFlyweight.MORE;
                handler.onReply(1, 0, isLast, builder.page(), 0, builder.length());
                pages++;
                left = isLast ? 0 : left;
            }
            return 1;
        }

        @Override
        public void cancel(long number) {}
    }
}

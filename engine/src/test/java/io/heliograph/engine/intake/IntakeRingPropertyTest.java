// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.engine.base.Outcome;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The ring against a queue of messages and a count of cells; and with many threads, each against its own order. */
@Timeout(60)
class IntakeRingPropertyTest {
    private static final int CELLS = RingLayout.MIN_CAPACITY;

    @TempDir
    private Path folder;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void shouldDoWhatAQueueDoes(long seed) {
        Random random = new Random(seed);
        Deque<byte[]> queue = new ArrayDeque<>();
        Deque<Integer> cells = new ArrayDeque<>();
        int[] used = new int[2]; // cells that are held, and those of them that were taken
        UnsafeBuffer message = new UnsafeBuffer(new byte[65_535]);
        try (IntakeRing ring = IntakeRing.open(folder.resolve("ring"), CELLS);
                IntakeWriter writer = IntakeWriter.open(folder.resolve("ring"))) {
            for (int step = 0; step < 20_000; step++) {
                switch (random.nextInt(10)) {
                    case 0, 1, 2, 3, 4, 5, 6 -> {
                        int length = length(random);
                        byte[] body = new byte[length];
                        random.nextBytes(body);
                        message.putBytes(0, body);
                        int k = Math.max(1, (length + 63) / 64);
                        boolean hasRoom = used[0] + k <= CELLS;
                        boolean isAborted = random.nextInt(10) == 0;
                        long outcome = isAborted ? writer.claim(length) : writer.offer(message, 0, length);
                        writer.abort();
                        assertEquals(hasRoom ? IntakeWriter.ACCEPTED : Outcome.BACK_PRESSURED, outcome);
                        if (hasRoom) {
                            used[0] += k;
                            cells.add(k);
                            queue.add(isAborted ? new byte[0] : body);
                        }
                    }
                    case 7 -> {
                        int limit = random.nextInt(20);
                        int refuseAt = random.nextInt(20);
                        int[] calls = new int[1];
                        int done = ring.drain(
                                (buffer, offset, length) -> {
                                    if (calls[0]++ == refuseAt) {
                                        return false;
                                    }
                                    // An aborted one stands in the queue as nothing and does not come.
                                    while (queue.element().length == 0 && length != 0) {
                                        queue.remove();
                                    }
                                    byte[] body = new byte[length];
                                    buffer.getBytes(offset, body);
                                    assertEquals(new UnsafeBuffer(queue.remove()), new UnsafeBuffer(body));
                                    return true;
                                },
                                limit,
                                step);
                        for (int i = 0; i < done; i++) {
                            used[1] += cells.remove();
                        }
                    }
                    default -> {
                        ring.release();
                        used[0] -= used[1];
                        used[1] = 0;
                    }
                }
            }
            assertNull(ring.corruption());
            assertTrue(ring.full() > 0 && ring.messages() > 1000, "the ring was full and went round");
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void shouldKeepEachThreadsOrderAndLoseNothingWhenManyWrite(long seed) throws InterruptedException {
        int threads = 6;
        long each = 15_000;
        FeedLedger ledger = new FeedLedger();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Random random = new Random(seed);
        try (IntakeRing ring = IntakeRing.open(folder.resolve("ring"), CELLS)) {
            List<Thread> feeds = new ArrayList<>();
            for (int id = 1; id <= threads; id++) {
                Thread feed = new Thread(feed(id, each, seed));
                feed.setUncaughtExceptionHandler((thread, thrown) -> failure.set(thrown));
                feeds.add(feed);
                feed.start();
            }
            long step = 0;
            while (ledger.total() < threads * each && failure.get() == null) {
                int work = ring.drain(ledger::take, 1 + random.nextInt(100), step++);
                if (random.nextInt(3) == 0 || work == 0) {
                    ring.release();
                }
                ring.sweep(step * 20_000_000L);
                if (work == 0) {
                    LockSupport.parkNanos(1_000);
                }
                assertNull(ring.corruption());
            }
            for (Thread feed : feeds) {
                feed.join();
            }
            assertNull(failure.get());
            ring.drain(ledger::take, 1000, step);
            ring.release();
            assertEquals(threads * each, ledger.total());
            assertTrue(ring.isEmpty());
            assertEquals(0, ring.abandoned());
            assertEquals(0, ring.writers());
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void shouldNeitherHangNorReadPastTheEndWhenAnythingStandsInTheRing(long seed) {
        Random random = new Random(seed);
        Path path = folder.resolve("ring");
        RingLayout layout = new RingLayout(CELLS);
        for (int run = 0; run < 60; run++) {
            try (IntakeRing ring = IntakeRing.open(path, CELLS);
                    IntakeWriter writer = IntakeWriter.open(path);
                    RingFile file = RingFile.open(path)) {
                UnsafeBuffer message = new UnsafeBuffer(new byte[65_535]);
                for (int i = 0; i < 200; i++) {
                    writer.offer(message, 0, length(random));
                }
                for (int i = random.nextInt(20); i >= 0; i--) {
                    int offset = switch (random.nextInt(4)) {
                        case 0 -> RingLayout.TAIL_OFFSET;
                        case 1 -> RingLayout.HEAD_OFFSET;
                        default -> layout.wordOffset(random.nextInt(300));
                    };
                    long garbage = random.nextLong() >>> random.nextInt(64);
                    file.memory().putLong(offset, random.nextBoolean() ? garbage : garbage & 0x03FF_FFFF_0000_0000L);
                    writer.offer(message, 0, length(random));
                }
                for (int i = 0; i < 20; i++) {
                    ring.drain(
                            (buffer, offset, length) -> {
                                assertTrue(offset >= layout.bodyOffset(0), "before the bodies");
                                assertTrue(offset + length <= layout.fileLength(), "past the end");
                                return true;
                            },
                            1000,
                            i * 1_000_000_000L);
                    ring.release();
                    ring.sweep(i * 1_000_000_000L);
                    writer.offer(message, 0, 1);
                }
                file.memory().putInt(RingLayout.STATE_OFFSET, RingLayout.STATE_CORRUPT);
            }
        }
    }

    private Runnable feed(int id, long messages, long seed) {
        return () -> {
            Random random = new Random(seed * 100 + id);
            try (IntakeWriter writer = IntakeWriter.open(folder.resolve("ring"))) {
                long n = 1;
                while (n <= messages) {
                    if (writer.claim(WriterProgram.length(n)) < 0) {
                        LockSupport.parkNanos(1_000);
                    } else if (random.nextInt(50) == 0) {
                        writer.abort();
                    } else {
                        WriterProgram.fill(writer.buffer(), id, n++);
                        writer.commit();
                    }
                }
            }
        };
    }

    private static int length(Random random) {
        return switch (random.nextInt(10)) {
            case 0 -> random.nextInt(65_536);
            case 1 -> 64 * random.nextInt(20);
            default -> 1 + random.nextInt(200);
        };
    }
}

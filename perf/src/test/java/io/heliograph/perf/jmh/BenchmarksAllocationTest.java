// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.jmh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each hot benchmark runs, and allocates nothing once warm. */
class BenchmarksAllocationTest {
    private static final int CALLS = 200_000;
    private static final int DAYS = 2;
    private static final int ROUNDS = 5;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private long sink;

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void shouldAllocateNothingWhenPacketsAreBuilt(int lines) {
        PacketBuildingBenchmark benchmark = new PacketBuildingBenchmark();
        benchmark.lines = lines;
        benchmark.open();

        assertEquals(0, allocated(benchmark::offer, CALLS));
        assertEquals(0, allocated(benchmark::claim, CALLS));
        assertTrue(benchmark.offer() > 4L * CALLS);
    }

    @ParameterizedTest
    @CsvSource({"1, false", "1, true", "35, false", "35, true"})
    void shouldAllocateNothingWhenLinesAreArbitrated(int messages, boolean seals) {
        ArbitrationBenchmark benchmark = new ArbitrationBenchmark();
        benchmark.messages = messages;
        benchmark.seals = seals;
        benchmark.begin();

        assertEquals(0, allocated(benchmark::twoLines, CALLS / ArbitrationBenchmark.CYCLE));
        long delivered = benchmark.twoLines();
        assertEquals(0, allocated(benchmark::duplicates, CALLS / ArbitrationBenchmark.CYCLE));
        assertEquals(delivered, benchmark.duplicates(), "duplicates are not delivered");
    }

    @Test
    void shouldAllocateNothingWhenADayIsDecoded() {
        assertEquals(0, allocated(new ItchDecodingBenchmark()::decode, DAYS));
        assertTrue(sink != 0);
    }

    @Test
    void shouldAllocateNothingWhenADayIsNormalised() {
        assertEquals(0, allocated(new NormalisingBenchmark()::normalise, DAYS));
        assertTrue(sink != 0);
    }

    @Test
    void shouldAllocateNothingWhenADayIsBooked() {
        BookBenchmark benchmark = new BookBenchmark();

        assertEquals(0, allocated(benchmark::update, DAYS));
        assertTrue(benchmark.update() > 0);
        benchmark.close();
    }

    /** The least of some rounds: the JVM itself allocates now and then on this thread, when it links or recompiles. */
    private long allocated(LongSupplier operation, int calls) {
        run(operation, calls);
        long thread = Thread.currentThread().getId();
        long least = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS && least > 0; round++) {
            long before = threads.getThreadAllocatedBytes(thread);
            run(operation, calls);
            least = Math.min(least, threads.getThreadAllocatedBytes(thread) - before);
        }
        return least;
    }

    private void run(LongSupplier operation, int calls) {
        for (int i = 0; i < calls; i++) {
            sink += operation.getAsLong();
        }
    }
}

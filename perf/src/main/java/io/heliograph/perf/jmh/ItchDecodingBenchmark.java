// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.jmh;

import io.heliograph.perf.bench.feed.HeliographReading;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Reading ITCH where it lies: an operation is a message of a generated day, every field of it read.
 *
 * <p><b>Thread:</b> one owner: JMH's.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ItchDecodingBenchmark {
    private final ByteBuffer day = ItchDay100k.octets();
    private final HeliographReading reading = new HeliographReading();

    /** For JMH. */
    public ItchDecodingBenchmark() {}

    /**
     * The whole day.
     *
     * @return the checksum of all fields.
     */
    @Benchmark
    @OperationsPerInvocation(ItchDay100k.MESSAGES)
    public long decode() {
        reading.read(day);
        return reading.checksum();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.jmh;

import io.heliograph.publishers.normalise.ItchNormaliser;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
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
 * ITCH into the normalised schema: an operation is a message of a generated day, decoded and written as its body.
 *
 * <p><b>Thread:</b> one owner: JMH's.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class NormalisingBenchmark {
    private static final int BODY_LENGTH = 256;

    private final UnsafeBuffer day = new UnsafeBuffer(ItchDay100k.octets());
    private final UnsafeBuffer body = new UnsafeBuffer(ByteBuffer.allocateDirect(BODY_LENGTH));
    private final ItchNormaliser normaliser = new ItchNormaliser(0);

    /** For JMH. */
    public NormalisingBenchmark() {}

    /**
     * The whole day.
     *
     * @return octets written.
     */
    @Benchmark
    @OperationsPerInvocation(ItchDay100k.MESSAGES)
    public long normalise() {
        long written = 0;
        int offset = 0;
        int length = day.getShort(offset, ByteOrder.BIG_ENDIAN);
        while (length != 0) {
            written += normaliser.normalise(day, offset + Short.BYTES, length, body, 0);
            offset += Short.BYTES + length;
            length = day.getShort(offset, ByteOrder.BIG_ENDIAN);
        }
        return written;
    }
}

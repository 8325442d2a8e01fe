// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.jmh;

import io.heliograph.publishers.normalise.ItchNormaliser;
import io.heliograph.subscribers.book.BookListener;
import io.heliograph.subscribers.book.Books;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Book updates: an operation is a message of a generated day of 500 symbols, normalised beforehand; the books begin empty
 * with each day.
 *
 * <p><b>Thread:</b> one owner: JMH's.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class BookBenchmark {
    private static final int SYMBOLS = 500;
    private static final int ORDERS = 16_384;
    private static final int LONGEST_BODY = 96;

    private final UnsafeBuffer bodies =
            new UnsafeBuffer(ByteBuffer.allocateDirect(ItchDay100k.MESSAGES * LONGEST_BODY));
    private final Books books = new Books(SYMBOLS, ORDERS, BookListener.NONE);

    /** Normalises the day. */
    public BookBenchmark() {
        UnsafeBuffer day = new UnsafeBuffer(ItchDay100k.octets());
        ItchNormaliser normaliser = new ItchNormaliser(0);
        int to = 0;
        int offset = 0;
        int length = day.getShort(offset, ByteOrder.BIG_ENDIAN);
        while (length != 0) {
            int written = normaliser.normalise(day, offset + Short.BYTES, length, bodies, to + Short.BYTES);
            bodies.putShort(to, (short) written);
            to += Short.BYTES + written;
            offset += Short.BYTES + length;
            length = day.getShort(offset, ByteOrder.BIG_ENDIAN);
        }
        bodies.putShort(to, (short) 0);
    }

    /**
     * The whole day.
     *
     * @return orders in the books at its end.
     */
    @Benchmark
    @OperationsPerInvocation(ItchDay100k.MESSAGES)
    public int update() {
        books.clear();
        int offset = 0;
        int length = bodies.getShort(offset);
        while (length != 0) {
            books.onMessage(bodies, offset + Short.BYTES, length);
            offset += Short.BYTES + length;
            length = bodies.getShort(offset);
        }
        return books.orderCount();
    }

    /** Gives the memory back. */
    @TearDown
    public void close() {
        books.close();
    }
}

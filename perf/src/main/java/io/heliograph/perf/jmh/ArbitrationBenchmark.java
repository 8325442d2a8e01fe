// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.jmh;

import io.aeron.logbuffer.FrameDescriptor;
import io.aeron.protocol.DataHeaderFlyweight;
import io.heliograph.engine.stream.Arbiter;
import io.heliograph.engine.stream.ArbiterContext;
import io.heliograph.engine.stream.MessageHandler;
import io.heliograph.engine.stream.MessageHeader;
import io.heliograph.engine.stream.SteadyPackets;
import io.heliograph.engine.stream.StreamListener;
import io.heliograph.engine.wire.PacketFlyweight;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Arbitration of two identical lines with all statistics: an operation is a packet, be it the first of its kind or the
 * duplicate. A duty cycle takes ten packets of each line, as a subscription does.
 *
 * <p><b>Thread:</b> one owner: JMH's.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ArbitrationBenchmark implements MessageHandler {
    /** Packets of one line in a duty cycle. */
    public static final int CYCLE = 10;

    private static final int STREAM = 1001;
    private static final int LENGTH = 36;
    private static final long CYCLE_NS = 1_000;

    /** Messages in a packet. */
    @Param({"1", "35"})
    public int messages = 1;

    /** Whether the bytes are summed for the seals: costs by the byte, not by the packet. */
    @Param({"false", "true"})
    public boolean seals;

    private final UnsafeBuffer packets = new UnsafeBuffer(ByteBuffer.allocateDirect(CYCLE * 2_048));
    private final SteadyPackets steady = new SteadyPackets();
    private Arbiter arbiter = new Arbiter(ArbiterContext.of(STREAM, 2), StreamListener.NONE);
    private int packetLength;
    private int frameLength;
    private long next = 1;
    private long nowNs;
    private long received;

    /** For JMH. */
    public ArbitrationBenchmark() {}

    /** Builds a cycle's packets and lets the first go through. */
    @Setup
    public void begin() {
        arbiter = new Arbiter(ArbiterContext.of(STREAM, 2).seals(seals), StreamListener.NONE);
        packetLength = PacketFlyweight.HEADER_LENGTH + messages * (PacketFlyweight.LENGTH_PREFIX + LENGTH);
        frameLength = BitUtil.align(DataHeaderFlyweight.HEADER_LENGTH + packetLength, FrameDescriptor.FRAME_ALIGNMENT);
        for (int i = 0; i < CYCLE; i++) {
            int packet = place(i);
            PacketFlyweight.init(packets, packet, STREAM, 1, 0);
            PacketFlyweight.count(packets, packet, messages);
            for (int m = 0; m < messages; m++) {
                int prefix = packet + PacketFlyweight.HEADER_LENGTH + m * (PacketFlyweight.LENGTH_PREFIX + LENGTH);
                PacketFlyweight.messageLength(packets, prefix, LENGTH);
            }
        }
        next = 1;
        twoLines();
        if (received != (long) CYCLE * messages) {
            throw new IllegalStateException("the arbiter delivered " + received + " messages");
        }
    }

    @Override
    public void onMessage(DirectBuffer buffer, int offset, int length, MessageHeader header) {
        received++;
    }

    /**
     * Each packet on both lines: delivered once, dropped once.
     *
     * @return messages delivered so far.
     */
    @Benchmark
    @OperationsPerInvocation(2 * CYCLE)
    public long twoLines() {
        for (int i = 0; i < CYCLE; i++) {
            PacketFlyweight.sequence(packets, place(i), next);
            next += messages;
        }
        cycle(0, 1);
        return received;
    }

    /**
     * Packets that another line has brought already.
     *
     * @return messages delivered so far: none of these.
     */
    @Benchmark
    @OperationsPerInvocation(2 * CYCLE)
    public long duplicates() {
        cycle(1, 1);
        return received;
    }

    private void cycle(int first, int second) {
        nowNs += CYCLE_NS;
        arbiter.beginCycle(nowNs, this);
        line(first);
        line(second);
        arbiter.endCycle();
    }

    private void line(int line) {
        for (int i = 0; i < CYCLE; i++) {
            steady.hand(arbiter, line, packets, place(i), packetLength);
        }
    }

    /** Packets lie as in a term buffer: one behind another, each behind a data header of Aeron's. */
    private int place(int packet) {
        return DataHeaderFlyweight.HEADER_LENGTH + packet * frameLength;
    }
}

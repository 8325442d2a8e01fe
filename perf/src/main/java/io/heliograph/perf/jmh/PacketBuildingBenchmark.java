// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.jmh;

import io.heliograph.engine.base.HostClock;
import io.heliograph.engine.stream.MessageClaim;
import io.heliograph.engine.stream.PacketLine;
import io.heliograph.engine.stream.PublicationContext;
import io.heliograph.engine.stream.PublicationTick;
import io.heliograph.engine.stream.StreamPublication;
import io.heliograph.engine.wire.PacketFlyweight;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.SystemNanoClock;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Packing messages of 36 bytes into packets for lines that take everything and do nothing with it: what a publisher pays
 * ahead of Aeron, seals and the clock read of each packet included. An operation is a message; 35 fill a packet.
 *
 * <p><b>Thread:</b> one owner: JMH's.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class PacketBuildingBenchmark {
    private static final int LENGTH = 36;
    private static final int MAX_PAYLOAD_LENGTH = 1_376;

    /** How many lines the packet is offered to. */
    @Param({"1", "2"})
    public int lines = 1;

    private final UnsafeBuffer message = new UnsafeBuffer(ByteBuffer.allocateDirect(LENGTH));
    private final MessageClaim claim = new MessageClaim();
    private StreamPublication publication = publication(1);

    /** For JMH. */
    public PacketBuildingBenchmark() {}

    /** Opens the publication. */
    @Setup
    public void open() {
        publication = publication(lines);
    }

    /**
     * The copying way in.
     *
     * @return the message's sequence.
     */
    @Benchmark
    public long offer() {
        return publication.offer(message, 0, LENGTH);
    }

    /**
     * The way in that writes in place.
     *
     * @return the message's sequence.
     */
    @Benchmark
    public long claim() {
        long sequence = publication.claim(LENGTH, claim);
        claim.buffer().putLong(claim.offset(), sequence);
        claim.commit();
        return sequence;
    }

    private static StreamPublication publication(int lineCount) {
        PacketLine[] lines = new PacketLine[lineCount];
        for (int i = 0; i < lineCount; i++) {
            lines[i] = new SwallowingLine();
        }
        PublicationContext context =
                new PublicationContext("bench", 1001, 1, 0, true, false, HostClock.INSTANCE, SystemNanoClock.INSTANCE);
        return new StreamPublication(context, lines, Thread::onSpinWait, PublicationTick.NONE);
    }

    /** Takes everything. */
    private static final class SwallowingLine implements PacketLine {
        private long position;

        @Override
        public String name() {
            return "A";
        }

        @Override
        public long offer(DirectBuffer buffer, int offset, int length) {
            position += length;
            return position;
        }

        @Override
        public boolean isConnected() {
            return true;
        }

        @Override
        public int maxPayloadLength() {
            return MAX_PAYLOAD_LENGTH;
        }

        @Override
        public int maxPacketLength() {
            return PacketFlyweight.MAX_PACKET_LENGTH;
        }

        @Override
        public void close() {
            position = 0;
        }
    }
}

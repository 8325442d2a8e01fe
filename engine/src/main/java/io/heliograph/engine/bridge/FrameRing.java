// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.bridge;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.heliograph.engine.link.session.PacketsHandler;
import java.nio.ByteBuffer;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.AtomicBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.ManyToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;
import org.jspecify.annotations.Nullable;

/**
 * Between the links' threads and the ingress's: the frames of all streams, in the order in which they came. A frame that finds no
 * room is dropped, and what it was a part of is pulled again.
 *
 * <p><b>Thread:</b> frames are put in by the links' threads and taken out by the ingress's.
 *
 * <p><b>Allocation:</b> none after construction.
 */
final class FrameRing {
    private static final int CAPACITY = 32 << 20;
    private static final int FRAME = 1;

    /** Octets ahead of a frame's packets: u32 stream, u32 path, u32 generation, u32 length of the frame. */
    private static final int HEADER_LENGTH = 16;

    private static final int PATH_OFFSET = 4;
    private static final int GENERATION_OFFSET = 8;
    private static final int FRAME_LENGTH_OFFSET = 12;

    private final ManyToOneRingBuffer ring = new ManyToOneRingBuffer(
            new UnsafeBuffer(ByteBuffer.allocateDirect(CAPACITY + RingBufferDescriptor.TRAILER_LENGTH)));
    private final Queue<Overrun> overruns = new ConcurrentLinkedQueue<>();

    /** A pull of which a frame found no room. */
    record Overrun(int path, int stream, int generation) {}

    /** Takes frames. */
    @FunctionalInterface
    interface Frames {
        /**
         * A frame has come.
         *
         * @param length octets of packets, each with its length ahead.
         * @param frameLength octets to give credit for.
         */
        void onFrame(
                int stream,
                int path,
                int generation,
                MutableDirectBuffer buffer,
                int offset,
                int length,
                int frameLength);
    }

    /** Takes the frames of a pull, for its session; {@code rung} after each. */
    PacketsHandler handler(int path, int generation, Runnable rung) {
        return (stream, buffer, offset, length, frameLength) -> {
            put(path, stream, generation, buffer, offset, length, frameLength);
            rung.run();
        };
    }

    private void put(
            int path, int stream, int generation, DirectBuffer buffer, int offset, int length, int frameLength) {
        int index = ring.tryClaim(FRAME, HEADER_LENGTH + length);
        if (index < 0) {
            overruns.add(new Overrun(path, stream, generation));
            return;
        }
        AtomicBuffer to = ring.buffer();
        to.putInt(index, stream, LITTLE_ENDIAN);
        to.putInt(index + PATH_OFFSET, path, LITTLE_ENDIAN);
        to.putInt(index + GENERATION_OFFSET, generation, LITTLE_ENDIAN);
        to.putInt(index + FRAME_LENGTH_OFFSET, frameLength, LITTLE_ENDIAN);
        to.putBytes(index + HEADER_LENGTH, buffer, offset, length);
        ring.commit(index);
    }

    /** Hands out frames; returns how many. */
    int read(Frames frames, int limit) {
        return ring.read(
                (type, buffer, index, length) -> frames.onFrame(
                        buffer.getInt(index, LITTLE_ENDIAN),
                        buffer.getInt(index + PATH_OFFSET, LITTLE_ENDIAN),
                        buffer.getInt(index + GENERATION_OFFSET, LITTLE_ENDIAN),
                        buffer,
                        index + HEADER_LENGTH,
                        length - HEADER_LENGTH,
                        buffer.getInt(index + FRAME_LENGTH_OFFSET, LITTLE_ENDIAN)),
                limit);
    }

    /** A pull that was overrun, each once. */
    @Nullable
    Overrun overrun() {
        return overruns.poll();
    }
}

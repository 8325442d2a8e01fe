// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.bridge;

import io.heliograph.engine.link.session.PacketsHandler;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.ManyToOneConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * Between the links' threads and the ingress's: the frames of all streams, in the order in which they came, each in a buffer that is used
 * again. The one given back last is used first, for it is still in the processor's caches. A frame for which there is no memory is
 * dropped, and what it was a part of is pulled again.
 *
 * <p><b>Thread:</b> frames are put in by the links' threads and taken out by the ingress's.
 *
 * <p><b>Allocation:</b> a node a frame; buffers until there are as many as were ever needed at once.
 */
final class FrameQueue {
    /** Of what pulls have credit for, as many times as much is held: a stream has the longest frame's in any case, and rooms are not full. */
    private static final long SHARE = 4;

    /** The least room of a frame, and how many doublings of it are kept: up to 256 KiB. */
    private static final int LEAST_ROOM = 4 << 10;

    private static final int SIZES = 7;

    private final Queue<Frame> queue = new ManyToOneConcurrentLinkedQueue<>();
    private final Queue<Overrun> overruns = new ConcurrentLinkedQueue<>();
    private final long most;
    private final AtomicLong held = new AtomicLong();
    private final Spare[] spares = new Spare[SIZES];

    /** A pull of which a frame found no room. */
    record Overrun(int path, int stream, int generation) {}

    /** Frames of one size that are free. The lock is held for a few instructions, twice for 64 KiB. */
    private static final class Spare {
        private final ArrayDeque<Frame> frames = new ArrayDeque<>();

        synchronized @Nullable Frame poll() {
            return frames.pollFirst();
        }

        synchronized void add(Frame frame) {
            frames.addFirst(frame);
        }
    }

    /** No frames, and so many octets that pulls have credit for together. */
    FrameQueue(int credit) {
        this.most = SHARE * credit;
        for (int size = 0; size < SIZES; size++) {
            spares[size] = new Spare();
        }
    }

    /** Takes the frames of a pull, for its session; {@code rung} after each. */
    PacketsHandler handler(int path, int generation, Runnable rung) {
        return (stream, buffer, offset, length, frameLength) -> {
            put(path, stream, generation, frameLength, buffer, offset, length);
            rung.run();
        };
    }

    private void put(int path, int stream, int generation, int cost, DirectBuffer from, int offset, int length) {
        int size = sizeOf(length);
        int room = size < SIZES ? LEAST_ROOM << size : length;
        if (held.addAndGet(room) > most) {
            held.addAndGet(-room);
            overruns.add(new Overrun(path, stream, generation));
            return;
        }
        Frame spare = size < SIZES ? spares[size].poll() : null;
        Frame frame = spare == null ? new Frame(room) : spare;
        frame.set(path, stream, generation, cost, from, offset, length);
        queue.add(frame);
    }

    /** The next frame; to be given back. */
    @Nullable
    Frame poll() {
        return queue.poll();
    }

    /** A frame is done with. */
    void giveBack(Frame frame) {
        held.addAndGet(-frame.room());
        int size = sizeOf(frame.room());
        if (size < SIZES) {
            spares[size].add(frame);
        }
    }

    /** A pull that was overrun, each once. */
    @Nullable
    Overrun overrun() {
        return overruns.poll();
    }

    /** How often {@link #LEAST_ROOM} has to be doubled. */
    private static int sizeOf(int length) {
        return Math.max(0, Integer.SIZE - Integer.numberOfLeadingZeros((length - 1) / LEAST_ROOM));
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.bench.link;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.CloseHelper;
import org.agrona.concurrent.SystemNanoClock;

/**
 * A long way between two ends on this machine, as a relay of TCP connections: octets come out so much later than they went in, no more of
 * them are on their way at once than a window, and a segment that is lost holds up all that is behind it until it has come again,
 * a round trip later.
 *
 * <p><b>Thread:</b> one owner; one that accepts, and four for each connection, end with {@link #close}.
 */
final class FarWay implements AutoCloseable {
    /** Octets that TCP puts into a segment where a datagram has 1,500. */
    private static final int SEGMENT = 1_448;

    private static final int CHUNK = 64 << 10;

    private final ServerSocket socket;
    private final InetSocketAddress to;
    private final long delayNs;
    private final double loss;
    private final int window;
    private final Queue<AutoCloseable> open = new ConcurrentLinkedQueue<>();

    /** What was read, and when it is written. */
    private record Chunk(ByteBuffer octets, long dueNs) {}

    /**
     * A way that can be gone at once.
     *
     * @param to where it leads.
     * @param delayNs one way.
     * @param loss of segments, 0 to 1.
     * @param window octets at most on their way, in each direction.
     */
    FarWay(InetSocketAddress to, long delayNs, double loss, int window) {
        this.to = to;
        this.delayNs = delayNs;
        this.loss = loss;
        this.window = window;
        try {
            socket = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
        start(this::accept);
    }

    /** Where it begins. */
    InetSocketAddress address() {
        return new InetSocketAddress(socket.getInetAddress(), socket.getLocalPort());
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "far-way");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (true) {
                Socket near = socket.accept();
                open.add(near);
                Socket far = new Socket(to.getAddress(), to.getPort());
                open.add(far);
                near.setTcpNoDelay(true);
                far.setTcpNoDelay(true);
                new Direction(near, far).begin();
                new Direction(far, near).begin();
            }
        } catch (IOException closed) {
            close();
        }
    }

    @Override
    public void close() {
        CloseHelper.quietClose(socket);
        CloseHelper.quietCloseAll(open);
    }

    private final class Direction {
        private final Socket from;
        private final Socket into;
        private final LinkedBlockingQueue<Chunk> underway = new LinkedBlockingQueue<>();
        private final Semaphore room = new Semaphore(window);
        private final Random random = new Random(1);
        private long heldUntilNs = SystemNanoClock.INSTANCE.nanoTime();

        Direction(Socket from, Socket into) {
            this.from = from;
            this.into = into;
        }

        void begin() {
            start(() -> untilClosed(this::read));
            start(() -> untilClosed(this::write));
        }

        private void untilClosed(Step step) {
            try {
                while (step.isDone()) {
                    // On.
                }
            } catch (IOException closed) {
                // By either end: the other one is told.
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
            CloseHelper.quietCloseAll(from, into);
        }

        private boolean read() throws IOException, InterruptedException {
            byte[] octets = new byte[CHUNK];
            InputStream in = from.getInputStream();
            int length = in.read(octets);
            if (length < 0) {
                return false;
            }
            room.acquire(length);
            long nowNs = SystemNanoClock.INSTANCE.nanoTime();
            if (random.nextDouble() < 1 - Math.pow(1 - loss, Math.ceil((double) length / SEGMENT))) {
                heldUntilNs = nowNs + 3 * delayNs;
            }
            underway.add(new Chunk(ByteBuffer.wrap(octets, 0, length), Math.max(heldUntilNs, nowNs + delayNs)));
            return true;
        }

        private boolean write() throws IOException, InterruptedException {
            Chunk chunk = underway.poll(1, TimeUnit.SECONDS);
            if (chunk == null) {
                return !into.isClosed();
            }
            for (long leftNs = chunk.dueNs() - SystemNanoClock.INSTANCE.nanoTime();
                    leftNs > 0;
                    leftNs = chunk.dueNs() - SystemNanoClock.INSTANCE.nanoTime()) {
                LockSupport.parkNanos(leftNs);
            }
            OutputStream out = into.getOutputStream();
            out.write(chunk.octets().array(), 0, chunk.octets().limit());
            room.release(chunk.octets().limit());
            return true;
        }
    }

    /** One turn of a thread. */
    @FunctionalInterface
    private interface Step {
        /** False when it was the last one. */
        boolean isDone() throws IOException, InterruptedException;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.system.wan;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.SystemNanoClock;

/**
 * One direction of a connection through the relay: what is read comes out a while later, and what its path says happens to it.
 *
 * <p><b>Thread:</b> one reads, one writes; both end with the connection.
 */
final class RelayPipe {
    private static final int CHUNK = 32 << 10;
    /** Pieces on their way: what a way of 80 ms at 1 Gbit/s has in it. */
    private static final int MOST_CHUNKS = 1 << 10;

    /** Only what is longer is changed: packets of messages, and no word of the link's own. */
    private static final int LEAST_CHANGED = 200;

    private static final long LOOK_NS = 1_000_000L;

    private final RelayPath path;
    private final Socket from;
    private final Socket to;
    private final boolean isBack;
    private final BlockingQueue<Piece> underway = new ArrayBlockingQueue<>(MOST_CHUNKS);

    /** Octets, and when they are there; none: the end. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    private record Piece(byte[] octets, long dueNs) {}

    /**
     * @param path that it is of.
     * @param from where octets come from.
     * @param to where they go.
     * @param isBack whether they come from the end that was connected to.
     */
    RelayPipe(RelayPath path, Socket from, Socket to, boolean isBack) {
        this.path = path;
        this.from = from;
        this.to = to;
        this.isBack = isBack;
    }

    void start() {
        RelayPath.start("relay reads", this::read);
        RelayPath.start("relay writes", this::write);
    }

    private void read() {
        byte[] chunk = new byte[CHUNK];
        try {
            InputStream in = from.getInputStream();
            int length = 0;
            while (length >= 0) {
                while (isBack && path.isUnread() && !from.isClosed()) {
                    LockSupport.parkNanos(LOOK_NS);
                }
                length = in.read(chunk);
                byte[] octets = new byte[Math.max(0, length)];
                System.arraycopy(chunk, 0, octets, 0, octets.length);
                if (isBack && length > LEAST_CHANGED && path.takeCorruption()) {
                    octets[ThreadLocalRandom.current().nextInt(length)] ^=
                            (byte) (1 << ThreadLocalRandom.current().nextInt(8));
                }
                Piece piece = new Piece(octets, SystemNanoClock.INSTANCE.nanoTime() + path.delayNs());
                while (!underway.offer(piece, 1, TimeUnit.SECONDS)) {
                    if (to.isClosed()) {
                        return;
                    }
                }
            }
        } catch (IOException broken) {
            path.reset(from, to);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void write() {
        try {
            OutputStream out = to.getOutputStream();
            while (!to.isClosed()) {
                Piece next = underway.poll(1, TimeUnit.SECONDS);
                if (next == null) {
                    continue;
                }
                long waitNs = next.dueNs() - SystemNanoClock.INSTANCE.nanoTime();
                while (waitNs > 0 || (path.isHeld() && !to.isClosed())) {
                    LockSupport.parkNanos(Math.max(LOOK_NS, waitNs));
                    waitNs = next.dueNs() - SystemNanoClock.INSTANCE.nanoTime();
                }
                if (next.octets().length == 0) {
                    path.close(from, to);
                    return;
                }
                out.write(next.octets());
            }
        } catch (IOException broken) {
            path.reset(from, to);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

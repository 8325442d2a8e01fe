// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.agrona.CloseHelper;

/**
 * A TCP way on loopback between two ends: it can be cut, refuse for a while, change octets, or stand still.
 *
 * <p><b>Thread:</b> any; connections have two threads of their own.
 */
public final class CuttingRelay implements AutoCloseable {
    private static final int CHUNK = 16 << 10;
    private static final long STANDING_NS = 1_000_000;

    private final ServerSocket door;
    private final InetSocketAddress target;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean isCorrupting = new AtomicBoolean();
    private volatile boolean isShut;
    private volatile boolean isStanding;
    private volatile boolean isClosed;

    /**
     * A way to a port of loopback.
     *
     * @param port where the far end listens.
     */
    public CuttingRelay(int port) {
        try {
            door = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
            target = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        } catch (IOException none) {
            throw new UncheckedIOException(none);
        }
        start(this::accept);
    }

    /**
     * Where the near end connects to.
     *
     * @return a port of loopback.
     */
    public int port() {
        return door.getLocalPort();
    }

    /** Breaks what is connected. */
    public void cut() {
        open.forEach(CloseHelper::quietClose);
        open.clear();
    }

    /**
     * Refuses new connections, or takes them again.
     *
     * @param shut whether it refuses.
     */
    public void shut(boolean shut) {
        isShut = shut;
    }

    /**
     * Lets nothing through, without a word, or lets it through again.
     *
     * @param standing whether it stands.
     */
    public void stand(boolean standing) {
        isStanding = standing;
    }

    /**
     * Changes an octet in the next large piece that comes from the far end, or does so no longer.
     *
     * @param corrupting whether it does.
     */
    public void corrupt(boolean corrupting) {
        isCorrupting.set(corrupting);
    }

    @Override
    public void close() {
        isClosed = true;
        CloseHelper.quietClose(door);
        cut();
    }

    private void accept() {
        while (!isClosed) {
            try {
                Socket near = door.accept();
                if (isShut) {
                    near.close();
                    continue;
                }
                Socket far = new Socket();
                far.connect(target);
                near.setTcpNoDelay(true);
                far.setTcpNoDelay(true);
                open.add(near);
                open.add(far);
                start(() -> pump(near, far, false));
                start(() -> pump(far, near, true));
            } catch (IOException gone) {
                // The far end does not listen at the moment, or this is the end.
                LockSupport.parkNanos(STANDING_NS);
            }
        }
    }

    private void pump(Socket from, Socket to, boolean isFar) {
        byte[] chunk = new byte[CHUNK];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int length = in.read(chunk); length > 0; length = in.read(chunk)) {
                while (isStanding && !isClosed && open.contains(from)) {
                    LockSupport.parkNanos(STANDING_NS);
                }
                if (isFar && length > CHUNK / 4 && isCorrupting.getAndSet(false)) {
                    chunk[length / 2] ^= 1;
                }
                out.write(chunk, 0, length);
            }
        } catch (IOException broken) {
            // Cut, from whichever side: the other one is told below.
            cutBy(from);
        } finally {
            open.remove(from);
            open.remove(to);
        }
    }

    private void cutBy(Socket broken) {
        open.remove(broken);
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "relay");
        thread.setDaemon(true);
        thread.start();
    }
}

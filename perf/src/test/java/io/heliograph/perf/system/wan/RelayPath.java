// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.system.wan;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.agrona.CloseHelper;
import org.jspecify.annotations.Nullable;

/**
 * One way through the relay: who connects to its near end is connected to its far end, with a delay each way; and what is wrong
 * with it at the moment.
 *
 * <p><b>Thread:</b> any.
 */
final class RelayPath {
    private static final long AGAIN_NS = 1_000_000L;
    private static final int PATIENCE_MS = 2_000;
    private static final int BACKLOG = 64;

    private final InetSocketAddress near;
    private final InetSocketAddress far;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger corruptions = new AtomicInteger();
    private final AtomicInteger changed = new AtomicInteger();
    private volatile long delayNs;
    private volatile boolean isHeld;
    private volatile boolean isUnread;
    private volatile @Nullable ServerSocket door;

    /**
     * A way that is open.
     *
     * @param near where it listens.
     * @param far where it leads.
     * @param delayNs each way.
     */
    RelayPath(InetSocketAddress near, InetSocketAddress far, long delayNs) {
        this.near = near;
        this.far = far;
        this.delayNs = delayNs;
        refuse(false);
    }

    long delayNs() {
        return delayNs;
    }

    void delayNs(long each) {
        delayNs = each;
    }

    /** Sockets that are open: two a connection. */
    int open() {
        return open.size();
    }

    /** Breaks what is connected: by a reset, or by an end of both streams. */
    void cut(boolean isByReset) {
        for (Socket socket : open) {
            if (isByReset) {
                reset(socket, socket);
            } else {
                close(socket, socket);
            }
        }
    }

    /** Lets no octet through, without a word, or lets through what came meanwhile. */
    void hold(boolean isOn) {
        isHeld = isOn;
    }

    boolean isHeld() {
        return isHeld;
    }

    /** Reads nothing from the far end, or goes on. */
    void stopReading(boolean isOn) {
        isUnread = isOn;
    }

    boolean isUnread() {
        return isUnread;
    }

    /** Changes one bit of a piece that comes from the far end, or of none any more. */
    void corrupt(boolean isOn) {
        corruptions.set(isOn ? 1 : 0);
    }

    boolean takeCorruption() {
        boolean isTaken = corruptions.get() > 0 && corruptions.getAndDecrement() > 0;
        if (isTaken) {
            changed.incrementAndGet();
        }
        return isTaken;
    }

    /** Bits changed so far. */
    int changed() {
        return changed.get();
    }

    /** Refuses connections, or takes them again. */
    void refuse(boolean isOn) {
        ServerSocket at = door;
        if (isOn) {
            door = null;
            CloseHelper.quietClose(at);
        } else if (at == null) {
            try {
                ServerSocket opened = new ServerSocket();
                opened.setReuseAddress(true);
                opened.bind(near, BACKLOG);
                door = opened;
                start("relay accepts", () -> accept(opened));
            } catch (IOException none) {
                throw new UncheckedIOException(none);
            }
        }
    }

    void close(Socket one, Socket other) {
        open.remove(one);
        open.remove(other);
        CloseHelper.quietCloseAll(one, other);
    }

    void reset(Socket one, Socket other) {
        for (Socket socket : new Socket[] {one, other}) {
            try {
                socket.setSoLinger(true, 0);
            } catch (IOException closed) {
                // It is closed already: nothing is left to tell.
            }
            close(socket, socket);
        }
    }

    private void accept(ServerSocket at) {
        while (!at.isClosed()) {
            try {
                connect(at.accept());
            } catch (IOException gone) {
                LockSupport.parkNanos(AGAIN_NS);
            }
        }
    }

    /** Who finds nobody at the far end is reset. */
    private void connect(Socket accepted) {
        Socket onwards = new Socket();
        open.add(accepted);
        try {
            onwards.connect(far, PATIENCE_MS);
            open.add(onwards);
            accepted.setTcpNoDelay(true);
            onwards.setTcpNoDelay(true);
            new RelayPipe(this, accepted, onwards, false).start();
            new RelayPipe(this, onwards, accepted, true).start();
        } catch (IOException none) {
            reset(accepted, onwards);
        }
    }

    static void start(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }
}

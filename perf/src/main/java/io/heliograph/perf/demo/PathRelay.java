// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import org.agrona.CloseHelper;

/**
 * The way that the first path of the bridge takes: a TCP relay on loopback that can be cut and mended. While it is cut, what is
 * connected is broken, and who calls is hung up on. Its port is kept meanwhile, so that no other program can have it.
 *
 * <p><b>Thread:</b> any thread; one that accepts, and two for each connection.
 *
 * <p><b>Failure:</b> an end that breaks breaks the other one too, and nothing else.
 */
final class PathRelay implements AutoCloseable {
    private static final int CHUNK_OCTETS = 64 << 10;
    private static final int WAITING = 16;

    private final ServerSocket door;
    private final InetSocketAddress target;
    private final List<Socket> open = new ArrayList<>();
    private boolean isCut;

    /** Leads to a port of loopback. */
    PathRelay(int port) {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        target = new InetSocketAddress(loopback, port);
        try {
            door = new ServerSocket(0, WAITING, loopback);
        } catch (IOException none) {
            throw new UncheckedIOException(none);
        }
        start(this::accept);
    }

    /** Where to call. */
    int port() {
        return door.getLocalPort();
    }

    /** Breaks what is connected, and lets nobody through from now on. */
    synchronized void cut() {
        isCut = true;
        open.forEach(CloseHelper::quietClose);
        open.clear();
    }

    /** Lets callers through again. */
    synchronized void mend() {
        isCut = false;
    }

    @Override
    public void close() {
        CloseHelper.quietClose(door);
        cut();
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                connect(door.accept());
            } catch (IOException closed) {
                // The door was closed: this is the end.
                CloseHelper.quietClose(door);
            }
        }
    }

    private void connect(Socket near) {
        Socket far = new Socket();
        try {
            far.connect(target);
            near.setTcpNoDelay(true);
            far.setTcpNoDelay(true);
            if (isLetThrough(near, far)) {
                start(() -> carry(near, far));
                start(() -> carry(far, near));
                return;
            }
        } catch (IOException unreached) {
            // Nobody listens at the far end: the caller is told by the end of the connection.
            CloseHelper.quietClose(far);
        }
        CloseHelper.quietCloseAll(near, far);
    }

    private synchronized boolean isLetThrough(Socket near, Socket far) {
        if (!isCut) {
            open.add(near);
            open.add(far);
        }
        return !isCut;
    }

    private void carry(Socket from, Socket to) {
        byte[] chunk = new byte[CHUNK_OCTETS];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int length = in.read(chunk); length > 0; length = in.read(chunk)) {
                out.write(chunk, 0, length);
            }
        } catch (IOException broken) {
            // Cut, or one end is gone: both sockets are closed, which tells the other one.
            CloseHelper.quietCloseAll(from, to);
        }
        forget(from);
    }

    private synchronized void forget(Socket gone) {
        open.remove(gone);
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "path 1");
        thread.setDaemon(true);
        thread.start();
    }
}

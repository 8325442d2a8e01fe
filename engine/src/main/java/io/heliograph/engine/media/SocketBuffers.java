// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.media;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;

/**
 * How large a UDP socket's buffers may be on this machine: what drivers ask for, and what a receiver's window has to fit in.
 *
 * <p><b>Thread:</b> static functions; any thread.
 */
public final class SocketBuffers {
    /** What a driver asks for, bytes. */
    public static final int ASKED = 2 << 20;

    private SocketBuffers() {}

    /**
     * What this machine gives of {@link #ASKED}: Linux cuts down to {@code net.core.rmem_max} and {@code wmem_max} without a
     * word.
     *
     * @return the smaller of receive and send buffer, bytes.
     * @throws DriverException when no socket can be opened.
     */
    public static int granted() {
        try (DatagramChannel probe = DatagramChannel.open()) {
            probe.setOption(StandardSocketOptions.SO_RCVBUF, ASKED);
            probe.setOption(StandardSocketOptions.SO_SNDBUF, ASKED);
            int granted = Math.min(
                    probe.getOption(StandardSocketOptions.SO_RCVBUF), probe.getOption(StandardSocketOptions.SO_SNDBUF));
            return Math.min(granted, ASKED);
        } catch (IOException noSocket) {
            throw new DriverException("cannot open a UDP socket (" + noSocket + ")", noSocket);
        }
    }
}

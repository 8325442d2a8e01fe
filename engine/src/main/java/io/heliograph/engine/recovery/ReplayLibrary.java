// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.recovery;

import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What a replay server has: the journals of this host, and the lines of the streams that this host publishes.
 *
 * <p><b>Thread:</b> one owner: the thread that runs the server.
 */
public interface ReplayLibrary {
    /**
     * Opens a reader of a stream's journal.
     *
     * @param stream id.
     * @return a reader, or null where there is no journal of the stream.
     */
    @Nullable
    ReplayLog open(int stream);

    /**
     * Whether packets of a stream can be sent on its lines from here.
     *
     * @param stream id.
     * @return true on the host that publishes it.
     */
    boolean hasLines(int stream);

    /**
     * Sends a replayed packet on the lines of a stream.
     *
     * @param stream id.
     * @param packet holds it, for the call only.
     * @param offset of its first octet.
     * @param length of it, octets.
     * @return false when the lines do not take it now: try again later.
     */
    boolean send(int stream, DirectBuffer packet, int offset, int length);
}

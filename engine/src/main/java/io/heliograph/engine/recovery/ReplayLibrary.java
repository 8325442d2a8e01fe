// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.recovery;

import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What a replay server has: the journals of this host, and of the streams that this host publishes the lines, and what their
 * publishers have kept.
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
     * Whether a node can hear those lines: they end at the site of this host.
     *
     * @param peer its name.
     * @return false for one of another site, whom nothing reaches that is sent on them; here of nobody.
     */
    default boolean isBesideLines(String peer) {
        return true;
    }

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

    /**
     * What the publisher of a stream here has kept of it.
     *
     * @param stream id.
     * @return null where none publishes it, or it keeps nothing.
     */
    default @Nullable ResendPlace kept(int stream) {
        return null;
    }

    /**
     * Has the publisher send what it has kept of a range, on the lines.
     *
     * @param stream id.
     * @param first message of the range.
     * @param end the sequence behind its last one.
     * @param patienceNs so long from now, after which it is not sent any more.
     * @return false when it cannot be handed over now: try again later.
     */
    default boolean sendKept(int stream, long first, long end, long patienceNs) {
        return false;
    }

    /**
     * Whether the publisher has done with all ranges that it was handed.
     *
     * @param stream id.
     * @return true where there is none.
     */
    default boolean isKeptSent(int stream) {
        return true;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.bridge;

import io.heliograph.engine.journal.JournalHold;
import io.heliograph.engine.link.session.Session;
import org.jspecify.annotations.Nullable;

/**
 * The journals that an egress sends from.
 *
 * <p><b>Thread:</b> as each method says.
 */
public interface EgressLibrary {
    /**
     * On what terms a peer may have a stream. Any thread.
     *
     * @param peer who pulls.
     * @param stream id.
     * @return the terms.
     */
    EgressTerms terms(Session peer, int stream);

    /**
     * A peer pulled what it may not, and was told so. Any thread.
     *
     * @param peer who pulled.
     * @param stream id.
     * @param words why it may not.
     */
    default void onRefused(Session peer, int stream, String words) {}

    /**
     * Opens a stream's journal. The egress's thread.
     *
     * @param stream id.
     * @return null while there is none.
     */
    @Nullable
    PacketLog open(int stream);

    /**
     * A number that is another one when something was appended since: looked at before the journal is. The egress's thread.
     *
     * @param stream id.
     * @return any number.
     */
    long appended(int stream);

    /**
     * Whether the stream's publisher is heard. The egress's thread.
     *
     * @param stream id.
     * @return false: nothing is said of it.
     */
    boolean isLive(int stream);

    /**
     * Keeps of a journal what a peer has not had so far, from now on. The egress's thread.
     *
     * @param stream id.
     * @param hold takes the place of the same peer's before.
     */
    void hold(int stream, JournalHold hold);
}

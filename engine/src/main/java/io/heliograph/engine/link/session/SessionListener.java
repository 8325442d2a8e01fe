// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.link.session;

/**
 * Told of a session's life.
 *
 * <p><b>Thread:</b> the session's owner.
 */
public interface SessionListener {
    /** Tells nobody. */
    SessionListener NONE = new SessionListener() {};

    /**
     * Both sides have said HELLO.
     *
     * @param session from now on it may be asked.
     */
    default void onOpen(LinkSession session) {}

    /**
     * The connection takes octets again, after it did not.
     *
     * @param session that may be asked again.
     */
    default void onWritable(LinkSession session) {}

    /**
     * The session is over. Told once, of every session.
     *
     * @param session that ended.
     * @param end how.
     */
    default void onClosed(LinkSession session, SessionEnd end) {}
}

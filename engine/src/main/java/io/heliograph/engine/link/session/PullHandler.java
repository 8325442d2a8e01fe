// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.link.session;

/**
 * Answers PULLs: sends the packets of streams, by {@link StreamPulls#send}, as far as credit and connection take them.
 *
 * <p><b>Thread:</b> the session's owner.
 */
public interface PullHandler {
    /** Has no streams: whoever pulls is rejected. */
    PullHandler NONE = new PullHandler() {
        @Override
        public void onPull(LinkSession session, int stream, int pull, long epoch, long sequence) {
            session.reject(RejectCode.NOT_ALLOWED, "no stream can be pulled from this node");
        }

        @Override
        public void onRoom(LinkSession session, int stream, int pull) {}

        @Override
        public void onStop(LinkSession session, int stream, int pull) {}
    };

    /**
     * The peer wants a stream from here on.
     *
     * @param session of the peer.
     * @param stream its id: whether the peer may have it is for the handler to decide, by {@link Session#permissions}.
     * @param pull the number of the pull.
     * @param epoch of the first message.
     * @param sequence of the first message.
     */
    void onPull(LinkSession session, int stream, int pull, long epoch, long sequence);

    /**
     * More can be sent: further credit came, or the connection takes octets again.
     *
     * @param session of the peer.
     * @param stream its id.
     * @param pull the number of the pull.
     */
    void onRoom(LinkSession session, int stream, int pull);

    /**
     * The peer wants no more of a stream, or is gone.
     *
     * @param session of the peer.
     * @param stream its id.
     * @param pull the number of the pull.
     */
    void onStop(LinkSession session, int stream, int pull);
}

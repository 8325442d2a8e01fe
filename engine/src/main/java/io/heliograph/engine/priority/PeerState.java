// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.priority;

/**
 * Whether a peer can be given work, and if not why.
 *
 * <p><b>Thread:</b> immutable.
 */
public enum PeerState {
    /** There is no connection. */
    DISCONNECTED("not connected"),
    /** There is one, and nothing was heard on it for too long. */
    SILENT("silent"),
    /** Its backlog reached the high-water mark, and has not been at the low-water mark for long enough. */
    BUSY("busy"),
    /** It came back a moment ago: it is given work when nobody who has been there for long can take it. */
    SETTLING("back a moment ago"),
    /** It can be given work. */
    AVAILABLE("available");

    private final String words;

    PeerState(String words) {
        this.words = words;
    }

    /**
     * The state in words.
     *
     * @return for people.
     */
    public String words() {
        return words;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.priority;

/**
 * Whether a peer can be given work, and if not why.
 *
 * <p><b>Thread:</b> immutable.
 */
public enum PeerState {
    /** There is no connection. */
    DISCONNECTED(0, "not connected"),
    /** There is one, and it has not shown so far that it carries something both ways. */
    WARMING(1, "connected, and nothing has gone both ways so far"),
    /** There is one, and nothing was heard on it for too long. */
    SILENT(2, "silent"),
    /** Its backlog reached the high-water mark, and has not been at the low-water mark for long enough. */
    BUSY(3, "busy"),
    /** It came back a moment ago: it is given work when nobody who has been there for long can take it. */
    SETTLING(4, "back a moment ago"),
    /** It can be given work. */
    AVAILABLE(5, "available");

    private final int code;
    private final String words;

    PeerState(int code, String words) {
        this.code = code;
        this.words = words;
    }

    /**
     * The state for machines, in counters.
     *
     * @return 0 and up; a later version keeps it.
     */
    public int code() {
        return code;
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

// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine;

/**
 * What happened to a bridge that begins or ends on a host: for people and machines to read.
 *
 * <p><b>Thread:</b> immutable.
 *
 * @param kind what.
 * @param peer the host at the other end of the path; empty where it concerns none.
 * @param detail more, for people.
 */
public record BridgeEvent(Kind kind, String peer, String detail) {
    /** What happened. */
    public enum Kind {
        /** A path carries something now that it did not carry before, or the other way round. */
        PATH,
        /** Something is wrong: the detail says what, and what follows from it. */
        TROUBLE
    }

    /**
     * Whether somebody has to know.
     *
     * @return true for trouble.
     */
    public boolean isTrouble() {
        return kind == Kind.TROUBLE;
    }

    @Override
    public String toString() {
        return "bridge: " + (peer.isEmpty() ? "" : "path " + peer + ": ") + detail;
    }
}

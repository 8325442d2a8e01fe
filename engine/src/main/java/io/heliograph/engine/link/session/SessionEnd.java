// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.link.session;

/**
 * How a session ended.
 *
 * <p><b>Thread:</b> immutable.
 *
 * @param kind of the end.
 * @param code why, where somebody rejected somebody.
 * @param words for people; may be empty. Those of a peer are its own, with nothing but printable characters.
 */
public record SessionEnd(Kind kind, RejectCode code, String words) {
    /** Kinds of ends. */
    public enum Kind {
        /** Both sides said BYE. */
        BYE,
        /** This side rejected the peer. */
        REJECTED,
        /** The peer rejected this side. */
        REJECTED_BY_PEER,
        /** The connection broke without a word. */
        BROKEN,
        /** A ZMTP greeting came in place of HELLO. */
        ZMTP
    }

    @Override
    public String toString() {
        String reason = switch (kind) {
            case BYE -> "orderly end";
            case REJECTED -> "rejected, " + code.words();
            case REJECTED_BY_PEER -> "rejected by the peer, " + code.words();
            case BROKEN -> "connection broken";
            case ZMTP -> "closed";
        };
        return words.isEmpty() ? reason : reason + ": " + words;
    }
}

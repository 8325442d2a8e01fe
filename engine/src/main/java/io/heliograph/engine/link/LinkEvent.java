// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.link;

/**
 * Something that happened to a node's links.
 *
 * <p><b>Thread:</b> immutable.
 *
 * @param kind what happened.
 * @param peer the node's name; its address where no name is known.
 * @param address of the link; empty where none is concerned.
 * @param detail for people; may be empty.
 */
public record LinkEvent(Kind kind, String peer, String address, String detail) {
    /** What can happen. */
    public enum Kind {
        /** The node accepts connections at the address. */
        LISTENING,
        /** The node cannot listen at the address; it is tried again. */
        DEAF,
        /** A session was opened. */
        OPENED,
        /** A session that was open has ended. */
        CLOSED,
        /** A peer was not let in. */
        REFUSED,
        /** An attempt to connect failed. */
        UNREACHED,
        /** The node's certificates were read again. */
        CERTIFICATES,
        /** The node's certificates have changed and cannot be used: the ones before stay in use. */
        BAD_CERTIFICATES
    }

    /**
     * Whether somebody should look at it.
     *
     * @return true for what goes to standard error.
     */
    public boolean isTrouble() {
        return kind == Kind.REFUSED || kind == Kind.DEAF || kind == Kind.BAD_CERTIFICATES || kind == Kind.UNREACHED;
    }

    @Override
    public String toString() {
        String what = switch (kind) {
            case LISTENING -> "link: listening at " + address;
            case DEAF -> "link: cannot listen at " + address + " for now";
            case OPENED -> "link: " + peer + " at " + address + " connected";
            case CLOSED -> "link: " + peer + " at " + address + " gone";
            case REFUSED -> "link: " + peer + " refused at " + address;
            case UNREACHED -> "link: " + peer + " at " + address + " not reached";
            case CERTIFICATES -> "link: certificates read again";
            case BAD_CERTIFICATES -> "link: the new certificates cannot be used, those before stay";
        };
        return detail.isEmpty() ? what : what + ": " + detail;
    }

    /** Told of events. */
    @FunctionalInterface
    public interface Listener {
        /** Tells nobody. */
        Listener NONE = event -> {};

        /**
         * Something happened.
         *
         * @param event what.
         */
        void onLink(LinkEvent event);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine;

import java.nio.file.Path;

/**
 * What happened to a journal that a host keeps: for people and machines to read.
 *
 * <p><b>Thread:</b> immutable.
 *
 * @param kind what.
 * @param stream its name.
 * @param directory of the stream's journal.
 * @param detail more, for people.
 */
public record JournalEvent(Kind kind, String stream, Path directory, String detail) {
    /** What happened. */
    public enum Kind {
        /** The journal is open: what the stream brings is appended. */
        OPENED,
        /** Something is wrong, or was removed that somebody needs: the detail says what, and what to do. */
        TROUBLE,
        /** The journal was let go of. */
        CLOSED
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
        return "journal: stream " + stream + ": " + detail;
    }
}

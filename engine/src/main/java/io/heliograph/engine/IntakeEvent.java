// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine;

import java.nio.file.Path;

/**
 * What happened to a stream that many writers give its messages: for people and machines to read.
 *
 * <p><b>Thread:</b> immutable.
 *
 * @param kind what.
 * @param stream its name.
 * @param ring the file that writers write into.
 * @param detail more, for people.
 */
public record IntakeEvent(Kind kind, String stream, Path ring, String detail) {
    /** What happened. */
    public enum Kind {
        /** The ring is there: writers may put messages in. */
        OPENED,
        /** The stream is published: what is in the ring is sent. */
        PUBLISHED,
        /** It cannot be published for now; it is tried again. */
        WAITING,
        /** The ring is corrupt: nothing more is taken from it. */
        CORRUPT,
        /** The stream was ended in an orderly way. */
        ENDED
    }

    /**
     * Whether somebody has to do something.
     *
     * @return true for trouble.
     */
    public boolean isTrouble() {
        return kind == Kind.WAITING || kind == Kind.CORRUPT;
    }

    @Override
    public String toString() {
        return "intake: stream " + stream + ": " + detail;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.journal;

import org.jspecify.annotations.Nullable;

/**
 * Says in one line what is wrong with a journal, where, and what to do.
 *
 * <p><b>Thread:</b> immutable.
 */
public final class JournalException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Something is wrong with a journal.
     *
     * @param message what, where, and what to do, in one line.
     */
    public JournalException(String message) {
        super(message);
    }

    /**
     * Something beneath is wrong.
     *
     * @param message what, where, and what to do, in one line.
     * @param cause what was thrown beneath.
     */
    public JournalException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.intake;

/**
 * An intake's file that cannot be used: which, why, and what to do.
 *
 * <p><b>Thread:</b> immutable.
 */
public final class IntakeException extends RuntimeException {
    /**
     * A file that cannot be used.
     *
     * @param message for the person who has to mend it.
     */
    public IntakeException(String message) {
        super(message);
    }

    /**
     * A file that the system refuses.
     *
     * @param message for the person who has to mend it.
     * @param cause what the system says.
     */
    public IntakeException(String message, Throwable cause) {
        super(message, cause);
    }
}

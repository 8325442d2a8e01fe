// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.intake;

/**
 * An intake's file that cannot be used: which, why, and what to do.
 *
 * <p><b>Thread:</b> immutable.
 */
public final class IntakeException extends RuntimeException {
    private final boolean isAbsence;

    /**
     * A file that cannot be used.
     *
     * @param message for the person who has to mend it.
     */
    public IntakeException(String message) {
        super(message);
        this.isAbsence = false;
    }

    /**
     * A file that the system refuses.
     *
     * @param message for the person who has to mend it.
     * @param cause what the system says.
     */
    public IntakeException(String message, Throwable cause) {
        this(message, cause, false);
    }

    private IntakeException(String message, Throwable cause, boolean isAbsence) {
        super(message, cause);
        this.isAbsence = isAbsence;
    }

    /** A file that is not there. */
    static IntakeException absent(String message, Throwable cause) {
        return new IntakeException(message, cause, true);
    }

    /**
     * Whether there is no such file, and waiting for an engine may help.
     *
     * @return false for one that is there and cannot be used.
     */
    public boolean isAbsence() {
        return isAbsence;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.media;

/**
 * No media driver can be had: its message says which directory, what is wrong with it, and what to do.
 *
 * <p><b>Thread:</b> immutable.
 */
public final class DriverException extends RuntimeException {
    private final boolean isAbsence;

    /**
     * A failure to say to the user as it is.
     *
     * @param message what is wrong, where, and what to do.
     */
    public DriverException(String message) {
        super(message);
        this.isAbsence = false;
    }

    /**
     * A failure with its cause.
     *
     * @param message what is wrong, where, and what to do.
     * @param cause beneath it.
     */
    public DriverException(String message, Throwable cause) {
        super(message, cause);
        this.isAbsence = false;
    }

    private DriverException(String message, boolean isAbsence) {
        super(message);
        this.isAbsence = isAbsence;
    }

    /**
     * No driver is alive where one should be: it may be on its way.
     *
     * @param message where, and what to do.
     * @return to be thrown.
     */
    static DriverException absent(String message) {
        return new DriverException(message, true);
    }

    /**
     * Whether all that is wrong is that no driver is alive (yet).
     *
     * @return true for what waiting may mend.
     */
    public boolean isAbsence() {
        return isAbsence;
    }
}

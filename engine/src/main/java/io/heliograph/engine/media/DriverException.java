// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.media;

/**
 * No media driver can be had: its message says which directory, what is wrong with it, and what to do.
 *
 * <p><b>Thread:</b> immutable.
 */
public final class DriverException extends RuntimeException {
    /**
     * A failure to say to the user as it is.
     *
     * @param message what is wrong, where, and what to do.
     */
    public DriverException(String message) {
        super(message);
    }

    /**
     * A failure with its cause.
     *
     * @param message what is wrong, where, and what to do.
     * @param cause beneath it.
     */
    public DriverException(String message, Throwable cause) {
        super(message, cause);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine;

/**
 * A mistake of the caller or of the configuration: what is wrong, where, and what to do.
 *
 * <p><b>Thread:</b> immutable.
 */
public final class HeliographException extends RuntimeException {
    /**
     * A mistake.
     *
     * @param message for the person who has to mend it.
     */
    public HeliographException(String message) {
        super(message);
    }

    /**
     * A mistake that something else has shown.
     *
     * @param message for the person who has to mend it.
     * @param cause what has shown it.
     */
    public HeliographException(String message, Throwable cause) {
        super(message, cause);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.link.tls;

import org.jspecify.annotations.Nullable;

/**
 * A node's certificates cannot be used: which file, what is wrong with it, what to do.
 *
 * <p><b>Thread:</b> immutable.
 */
public final class CertificateException extends RuntimeException {
    /**
     * An exception for people to read.
     *
     * @param message what is wrong, where, and what to do.
     * @param cause what Java says; null when it says nothing.
     */
    public CertificateException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.link;

import org.jspecify.annotations.Nullable;

/**
 * A link cannot be opened: what, where, and what to do.
 *
 * <p><b>Thread:</b> immutable.
 */
public final class LinkException extends RuntimeException {
    /**
     * An exception for people to read.
     *
     * @param message what is wrong, where, and what to do.
     * @param cause what Java or Netty says; null when they say nothing.
     */
    public LinkException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}

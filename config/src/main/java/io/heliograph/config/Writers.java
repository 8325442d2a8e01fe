// SPDX-License-Identifier: Apache-2.0
package io.heliograph.config;

/**
 * How many processes give a stream its messages.
 *
 * <p><b>Thread:</b> immutable.
 */
public enum Writers {
    /** One, which numbers and sends them itself. */
    ONE,
    /** Several of the publishing host: they put messages into a ring, the host's engine numbers and sends them. */
    MANY
}

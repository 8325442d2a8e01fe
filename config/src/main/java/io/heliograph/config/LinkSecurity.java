// SPDX-License-Identifier: Apache-2.0
package io.heliograph.config;

/**
 * Which links are TLS: the topology's {@code security}.
 *
 * <p><b>Thread:</b> immutable.
 */
public enum LinkSecurity {
    /** All but those on loopback addresses. */
    AUTO,
    /** All, those on loopback too. */
    TLS,
    /** None: whoever reaches an engine's link can be whomever it says. */
    NONE
}

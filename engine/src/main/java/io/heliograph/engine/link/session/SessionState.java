// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.link.session;

/**
 * Where a session is in its life.
 *
 * <p><b>Thread:</b> immutable.
 */
public enum SessionState {
    /** The peer's HELLO has not come. */
    OPENING,
    /** Both know each other. */
    OPEN,
    /** This side has said BYE and waits for the peer's. */
    CLOSING,
    /** Over. */
    CLOSED
}

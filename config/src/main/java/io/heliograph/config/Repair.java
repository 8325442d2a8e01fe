// SPDX-License-Identifier: Apache-2.0
package io.heliograph.config;

/**
 * How a packet that the network lost on a line comes back.
 *
 * <p><b>Thread:</b> immutable.
 */
public enum Repair {
    /** Aeron asks for it again: on the last line of a redundant stream, on every line of another. */
    NAK,
    /** No line asks: what no other line brought is left to journals, and without one it is a gap. */
    JOURNAL
}

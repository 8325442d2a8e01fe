// SPDX-License-Identifier: Apache-2.0
package io.heliograph.config;

/**
 * Which NICs of its bond a stream is sent on, and which of its lines a subscriber joins.
 *
 * <p><b>Thread:</b> immutable.
 */
public enum LinePolicy {
    /** Sent on every NIC; a subscriber joins every line and arbitrates. */
    REDUNDANT,
    /** Sent on the first NIC of the bond that is up when the publisher starts; a subscriber joins every line, traffic is on one. */
    PIN
}

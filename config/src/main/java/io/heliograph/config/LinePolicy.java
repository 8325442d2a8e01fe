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
    /** Sent on every NIC; a subscriber joins one line, by {@link LineJoin}. */
    SPREAD,
    /**
     * Sent on one NIC, by a rendezvous hash of the stream's id and the NIC's name: of a NIC that fails only its own streams
     * move. A subscriber joins every line, traffic is on one.
     */
    HASH,
    /**
     * Sent on one NIC: a publisher starts by the hash, and goes to the NIC that has least to send by what was measured. A
     * subscriber joins every line, traffic is on one.
     */
    LEAST_LOADED,
    /** Sent on the first NIC of the bond that is up; a subscriber joins every line, traffic is on one. */
    PIN
}

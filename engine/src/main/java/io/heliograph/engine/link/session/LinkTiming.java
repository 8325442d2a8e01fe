// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.link.session;

/**
 * How far away the other end of a session is, and what its wall clock says, by heartbeats that were answered.
 *
 * <p><b>Thread:</b> immutable.
 *
 * @param roundTripNs the last round trip; -1 before the first.
 * @param clockOffsetNs by how much the peer's wall clock is ahead of this host's, by the quickest of the last round trips.
 * @param clockErrorNs by how much that may be wrong at most, half of that round trip: a way that is longer there than back cannot be
 *     told from an offset; -1 before the first.
 */
public record LinkTiming(long roundTripNs, long clockOffsetNs, long clockErrorNs) {
    /** Nothing was answered so far. */
    public static final LinkTiming NONE = new LinkTiming(-1, 0, -1);
}

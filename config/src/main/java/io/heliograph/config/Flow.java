// SPDX-License-Identifier: Apache-2.0
package io.heliograph.config;

/**
 * Who sets the pace when a receiver is slow.
 *
 * <p><b>Thread:</b> immutable.
 */
public enum Flow {
    /** The publisher: a slow receiver falls behind and recovers (or has a gap). */
    MAX,
    /** The slowest receiver: nothing is lost to slowness. For files, demos and benchmarks. */
    MIN
}

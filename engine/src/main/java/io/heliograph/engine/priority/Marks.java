// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.priority;

/**
 * When a peer is busy.
 *
 * <p><b>Thread:</b> immutable.
 *
 * @param high backlog at which it is; {@link #NONE}: it never is.
 * @param low backlog at which it no longer is, below the high mark.
 */
public record Marks(long high, long low) {
    /** A high mark that no backlog reaches. */
    public static final long NONE = Long.MAX_VALUE;

    /** Checks them. */
    public Marks {
        if (low < 0 || high <= low) {
            throw new IllegalArgumentException(
                    "the low-water mark is 0 and up and below the high one, not " + low + " and " + high);
        }
    }
}

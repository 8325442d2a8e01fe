// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.media;

/**
 * Which of a stream's lines a subscription joins, of those that a host has and can use. Lines are counted as the host has
 * them, as in {@link LineHealth}.
 *
 * <p><b>Thread:</b> immutable.
 *
 * <p><b>Allocation:</b> none.
 */
@FunctionalInterface
public interface LineJoins {
    /** Every line, whether it can be used or not. */
    LineJoins ALL = usable -> -1L;

    /**
     * The lines to join.
     *
     * @param usable a mask, bit 0 for the first line.
     * @return a mask; with a policy of one line, a single bit of the usable ones.
     */
    long joined(long usable);
}

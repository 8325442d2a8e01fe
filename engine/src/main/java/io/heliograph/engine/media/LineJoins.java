// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.media;

/**
 * Which of a stream's lines a subscription joins, of those that a host has and can use. Lines are counted as the host has
 * them, as in {@link LineHealth}.
 *
 * <p><b>Thread:</b> immutable, but where {@link #settled} is not left as it is: one owner, the thread that polls.
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

    /**
     * The line to be on, of one that is joined and speaks: asked for every few milliseconds. Who gets another line back joins that
     * and leaves the own one once the other speaks; if it does not, the own one is named again in a later call.
     *
     * @param own the line that the subscription is on, a single bit.
     * @param usable a mask, the own line in it.
     * @param nowNs the time.
     * @return the own line, or a usable one that is to take its place.
     */
    default long settled(long own, long usable, long nowNs) {
        return own;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.bridge;

/**
 * On what terms a stream goes over a path.
 *
 * <p><b>Thread:</b> immutable.
 *
 * @param objection why it does not go at all, in words; empty when it does.
 * @param rateBps what all streams together may take of the path, bits per second; 0: no limit.
 * @param compression which of its batches are compressed.
 * @param lagBoundNs how old a message may be that is still sent; {@link EgressCursor#KEEP}: however old.
 */
public record EgressTerms(String objection, long rateBps, Compression compression, long lagBoundNs) {
    /** Which batches are compressed, of those that compressing makes shorter. */
    public enum Compression {
        /** While the connection or the rate is what limits, and it makes a good deal of them. */
        AUTO,
        /** All. */
        ON,
        /** None. */
        OFF
    }

    /**
     * It does not go.
     *
     * @param words why.
     * @return the terms.
     */
    public static EgressTerms refused(String words) {
        return new EgressTerms(words, 0, Compression.OFF, EgressCursor.KEEP);
    }
}

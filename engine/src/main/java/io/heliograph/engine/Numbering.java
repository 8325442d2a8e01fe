// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine;

/**
 * Where a publication begins to number, when an earlier publisher of the stream on this host has not ended its epoch: killed,
 * closed, or broken off.
 *
 * <p>Whatever is chosen, no number is ever given to two contents.
 *
 * <p><b>Thread:</b> immutable.
 *
 * @param kind what is asked for.
 * @param source of {@link Kind#AGAIN}: what the messages come from, never 0; else 0.
 * @param listener told what came of it.
 */
public record Numbering(Kind kind, long source, Listener listener) {
    /** What can be asked for. */
    public enum Kind {
        /** In the same epoch, behind the last number that may have been used. */
        GO_ON,
        /** In a new epoch, from 1. */
        NEW_EPOCH,
        /**
         * The source is read again from its start and gives the same content under the same numbers: in the same epoch, from
         * the end of this host's journal on, when the earlier publisher had the same source; else in a new one. What was sent
         * already goes out again; arbitration drops it where it was had.
         */
        AGAIN
    }

    /** Told what was decided, once, on the thread that opens the publication. */
    @FunctionalInterface
    public interface Listener {
        /**
         * A publication has begun to number.
         *
         * @param isFirst whether nothing was known of an earlier publisher.
         * @param words stream, epoch, first message and why, in a line.
         */
        void onNumbering(boolean isFirst, String words);
    }

    /** In the same epoch, behind the last number that may have been used. */
    public static final Numbering DEFAULT = new Numbering(Kind.GO_ON, 0, (isFirst, words) -> {});

    /**
     * In a new epoch, from 1.
     *
     * @return whatever there was before.
     */
    public static Numbering newEpoch() {
        return new Numbering(Kind.NEW_EPOCH, 0, (isFirst, words) -> {});
    }

    /**
     * From a source that is read again from its start; see {@link Kind#AGAIN}.
     *
     * @param source says which: the same for the same content only; not 0.
     * @return as described.
     */
    public static Numbering again(long source) {
        if (source == 0) {
            throw new IllegalArgumentException("0 is no source");
        }
        return new Numbering(Kind.AGAIN, source, (isFirst, words) -> {});
    }

    /**
     * The same, telling what comes of it.
     *
     * @param to as {@code listener} above.
     * @return a changed copy.
     */
    public Numbering telling(Listener to) {
        return new Numbering(kind, source, to);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.heliograph.subscribers.book;

/**
 * Told of what matters while books are built: every change of a best bid or offer, and the first trouble of each kind.
 *
 * <p><b>Thread:</b> the one that feeds the books; called from within {@link Books#onMessage}.
 *
 * <p><b>Failure:</b> must not throw: the books stay right, but the rest of the body is lost.
 */
public interface BookListener {
    /** A listener that is told and does nothing. */
    BookListener NONE = new BookListener() {};

    /**
     * A normalised message has changed the best bid or offer of an instrument: its price or its total size. A replace
     * that leaves both as they were is no change.
     *
     * @param book the instrument's, as it is now; borrowed for the call.
     */
    default void onBestChange(Book book) {}

    /**
     * The first message with this outcome; later ones are only counted ({@link Books#count(BookOutcome)}).
     *
     * @param outcome what was wrong.
     * @param instrument of the message; 0 where it could not be read.
     * @param orderId of the message; 0 where it has none.
     */
    default void onTrouble(BookOutcome outcome, int instrument, long orderId) {}
}

// SPDX-License-Identifier: Apache-2.0
package io.heliograph.subscribers.book;

/**
 * What became of a message at the books. All but the first two are trouble: counted each time, told once each to {@link
 * BookListener#onTrouble}, never thrown.
 *
 * <p><b>Thread:</b> immutable.
 */
public enum BookOutcome {
    /** The book has taken it. */
    APPLIED(0, "applied"),
    /** It does not concern books: a trade, a status, an attribution of an order that is gone. */
    NOT_FOR_BOOKS(1, "does not concern books"),
    /** Execute, reduce, delete or replace names an order that does not live: nothing changed. */
    UNKNOWN_ORDER(2, "names an order that does not live"),
    /** An order of this id lives: the add is dropped; of a replace, the old order is gone and the new one dropped. */
    DUPLICATE_ORDER(3, "adds an order whose id lives already"),
    /** More was executed or taken away than the order had: the order is removed. */
    OVERFILL(4, "takes more from an order than it had"),
    /** The order lives in another instrument than the message says: nothing changed. */
    WRONG_INSTRUMENT(5, "names an order of another instrument"),
    /** An add without a side or with size 0: dropped; of a replace, the old order is gone. */
    EMPTY_ORDER(6, "adds an order without size or side"),
    /** A level that is not there was to be deleted: nothing changed. */
    UNKNOWN_LEVEL(7, "deletes a level that is not there"),
    /** Orders and levels sent as such met at one price: dropped. */
    MIXED_LEVEL(8, "mixes orders and a level at one price"),
    /** No more memory or places: dropped. */
    NO_ROOM(9, "finds no more room in the books"),
    /** The bytes are no normalised message, or end before it does: the rest of the body is dropped. */
    MALFORMED(10, "is not a normalised message");

    /** Its place in an array of counters. */
    final int place;

    private final String words;

    BookOutcome(int place, String words) {
        this.place = place;
        this.words = words;
    }

    /**
     * Whether this is worth telling.
     *
     * @return true for all but {@link #APPLIED} and {@link #NOT_FOR_BOOKS}.
     */
    public boolean isTrouble() {
        return this != APPLIED && this != NOT_FOR_BOOKS;
    }

    /**
     * What the message did wrong.
     *
     * @return to be read behind "the message".
     */
    public String words() {
        return words;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.heliograph.subscribers.book;

import org.jspecify.annotations.Nullable;

/**
 * A view of one instrument's book: best bid and offer at once, levels and orders by cursors.
 *
 * <p><b>Thread:</b> the owner of the {@link Books}.
 *
 * <p><b>Allocation:</b> free; make one and point it with {@link Books#find}.
 *
 * <p><b>Failure:</b> a view that was never pointed anywhere throws {@link IllegalStateException}.
 */
public final class Book {
    private @Nullable Ledger ledger;
    private int book = Records.NONE;

    /** A view that is pointed nowhere yet. */
    public Book() {}

    void wrap(Ledger owner, int slot) {
        if (ledger != owner) {
            ledger = owner;
        }
        book = slot;
    }

    /**
     * Whose book it is.
     *
     * @return the venue's number, unsigned.
     */
    public int instrument() {
        return ledger().books.instrument(book);
    }

    /**
     * Whether anybody bids.
     *
     * @return false for an empty side.
     */
    public boolean hasBid() {
        return bestBidSize() != 0;
    }

    /**
     * Whether anybody offers.
     *
     * @return false for an empty side.
     */
    public boolean hasAsk() {
        return bestAskSize() != 0;
    }

    /**
     * The best bid.
     *
     * @return in 10<sup>-9</sup> of the currency; 0 when there is none.
     */
    public long bestBidPrice() {
        return ledger().books.bestKey(side(Ledger.BUY));
    }

    /**
     * The total size of all orders at the best bid.
     *
     * @return in the venue's units; 0 when there is none.
     */
    public long bestBidSize() {
        return ledger().books.bestSize(side(Ledger.BUY));
    }

    /**
     * The best offer.
     *
     * @return in 10<sup>-9</sup> of the currency; 0 when there is none.
     */
    public long bestAskPrice() {
        int side = side(Ledger.SELL);
        return ledger().books.bestSize(side) == 0
                ? 0
                : Ledger.key(Ledger.SELL, ledger().books.bestKey(side));
    }

    /**
     * The total size of all orders at the best offer.
     *
     * @return in the venue's units; 0 when there is none.
     */
    public long bestAskSize() {
        return ledger().books.bestSize(side(Ledger.SELL));
    }

    /**
     * How many prices are bid.
     *
     * @return levels, 0 and up.
     */
    public int bidLevels() {
        return ledger().books.levelCount(side(Ledger.BUY));
    }

    /**
     * How many prices are offered.
     *
     * @return levels, 0 and up.
     */
    public int askLevels() {
        return ledger().books.levelCount(side(Ledger.SELL));
    }

    /**
     * Puts a cursor before the best bid.
     *
     * @param cursor that will go down the bids.
     * @return the cursor.
     */
    public LevelCursor bids(LevelCursor cursor) {
        return cursor.begin(ledger(), side(Ledger.BUY), Ledger.BUY);
    }

    /**
     * Puts a cursor before the best offer.
     *
     * @param cursor that will go up the offers.
     * @return the cursor.
     */
    public LevelCursor asks(LevelCursor cursor) {
        return cursor.begin(ledger(), side(Ledger.SELL), Ledger.SELL);
    }

    private int side(int side) {
        return BookRecords.side(book << 1 | side);
    }

    private Ledger ledger() {
        if (ledger == null) {
            throw new IllegalStateException("this view was never pointed at a book");
        }
        return ledger;
    }
}

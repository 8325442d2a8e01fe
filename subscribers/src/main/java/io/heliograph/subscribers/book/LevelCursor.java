// SPDX-License-Identifier: Apache-2.0
package io.heliograph.subscribers.book;

import org.jspecify.annotations.Nullable;

/**
 * Goes through the levels of one side of a book, best first.
 *
 * <pre>{@code
 * book.bids(levels);
 * while (levels.next()) {
 *     use(levels.price(), levels.size(), levels.orderCount());
 * }
 * }</pre>
 *
 * <p>Any message between two calls of {@link #next()} ends the iteration's meaning: begin again.
 *
 * <p><b>Thread:</b> the owner of the {@link Books}.
 *
 * <p><b>Allocation:</b> free.
 *
 * <p><b>Failure:</b> before {@link Book#bids} or {@link Book#asks} there are no levels, and asking for one's price throws
 * {@link IllegalStateException}.
 */
public final class LevelCursor {
    private @Nullable Ledger ledger;
    private int sideName;
    private int block;
    private int index;
    private int level = Records.NONE;

    /** A cursor over nothing. */
    public LevelCursor() {}

    LevelCursor begin(Ledger owner, int side, int name) {
        ledger = owner;
        sideName = name;
        block = owner.books.top(side);
        index = block == Records.NONE ? 0 : owner.ladders.count(owner.ladders.blocks.offset(block));
        level = Records.NONE;
        return this;
    }

    /**
     * Goes to the next worse level.
     *
     * @return false when there is none.
     */
    public boolean next() {
        if (ledger == null || block == Records.NONE) {
            level = Records.NONE;
            return false;
        }
        Ladders ladders = ledger.ladders;
        if (index == 0) {
            block = ladders.worse(ladders.blocks.offset(block));
            if (block == Records.NONE) {
                level = Records.NONE;
                return false;
            }
            index = ladders.count(ladders.blocks.offset(block));
        }
        index--;
        level = ladders.slot(ladders.blocks.offset(block), index);
        return true;
    }

    /**
     * The level's price.
     *
     * @return in 10<sup>-9</sup> of the currency.
     */
    public long price() {
        return Ledger.key(sideName, levels().key(level));
    }

    /**
     * The total size of the level's orders.
     *
     * @return in the venue's units, 1 and up.
     */
    public long size() {
        return levels().total(level);
    }

    /**
     * How many orders make the level.
     *
     * @return 1 and up; 0 where a venue that sends levels does not say.
     */
    public int orderCount() {
        return levels().orderCount(level);
    }

    /**
     * Puts a cursor before the level's first order.
     *
     * @param cursor that will go through the orders in time priority; sees none where the venue sends levels only.
     * @return the cursor.
     */
    public OrderCursor orders(OrderCursor cursor) {
        Levels levels = levels();
        return cursor.begin(levels.orders(), levels.first(level));
    }

    private Levels levels() {
        if (ledger == null || level == Records.NONE) {
            throw new IllegalStateException("the cursor stands at no level: call next()");
        }
        return ledger.levels;
    }
}

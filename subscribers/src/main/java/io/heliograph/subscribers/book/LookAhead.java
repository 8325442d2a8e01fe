// SPDX-License-Identifier: Apache-2.0
package io.heliograph.subscribers.book;

import org.agrona.concurrent.UnsafeBuffer;

/**
 * Finds the records of many updates before the first of them is applied, so that memory answers for many of them at once
 * instead of for each record of each update after the other.
 *
 * <p>A million orders lie in far more memory than the caches hold, and an update needs three or four lines of it, of which
 * each says where the next one is. A processor waits for one such line as long as it would take to have ten that do not
 * depend on each other. So all updates go one step, then all of them the next: the lines of the index, then the orders,
 * then their levels and neighbours.
 *
 * <p>What is found is a hint: updates that wait ahead may yet change it, so each hint is checked where it is used.
 *
 * <p><b>Thread:</b> one owner.
 *
 * <p><b>Allocation:</b> none after construction.
 */
final class LookAhead {
    private final Ledger ledger;
    private final UnsafeBuffer orderBuffer;

    /** What was read, so that nobody can say that it was not needed. */
    private long sum;

    LookAhead(Ledger ledger) {
        this.ledger = ledger;
        orderBuffer = ledger.orders.records.buffer;
    }

    long sum() {
        return sum;
    }

    /**
     * Looks for what waits.
     *
     * @param ops whose hints are set.
     */
    void look(Operations ops) {
        index(ops);
        orders(ops);
        levels(ops);
        newLevels(ops);
    }

    private void index(Operations ops) {
        Orders orders = ledger.orders;
        int[] hash = ops.hash;
        int[] instrument = ops.instrument;
        int[] book = ops.book;
        int count = ops.count;
        long read = 0;
        for (int i = 0; i < count; i++) {
            read += orders.touch(hash[i]);
        }
        for (int i = 0; i < count; i++) {
            int found = ledger.books.find(instrument[i]);
            book[i] = found;
            read += ledger.books.levelCount(BookRecords.side(Math.max(found, 0) << 1));
        }
        sum += read;
    }

    /** A loop for the search, whose branches are guessed wrong at times, and one that is nothing but reads. */
    private void orders(Operations ops) {
        Orders orders = ledger.orders;
        int[] naming = ops.naming;
        int[] found = ops.found;
        int[] hash = ops.hash;
        int count = ops.namingCount;
        long read = 0;
        for (int i = 0; i < count; i++) {
            found[naming[i]] = orders.likelyPlace(hash[naming[i]]);
        }
        for (int i = 0; i < count; i++) {
            read += orderBuffer.getInt(orders.offsetAt(found[naming[i]]) + Orders.LEVEL_OFFSET);
        }
        int[] placing = ops.placing;
        count = ops.placingCount;
        for (int i = 0; i < count; i++) {
            int side = ops.book[placing[i]] << 1 | ops.side[placing[i]];
            read += ledger.ladders.touchTop(BookRecords.side(Math.max(side, 0)));
        }
        sum += read;
    }

    private void levels(Operations ops) {
        Orders orders = ledger.orders;
        Levels levels = ledger.levels;
        int[] naming = ops.naming;
        int[] found = ops.found;
        int count = ops.namingCount;
        long read = 0;
        for (int i = 0; i < count; i++) {
            int at = orders.offsetAt(found[naming[i]]);
            int ahead = orderBuffer.getInt(at + Orders.AHEAD_OFFSET);
            int behind = orderBuffer.getInt(at + Orders.BEHIND_OFFSET);
            int level = orderBuffer.getInt(at + Orders.LEVEL_OFFSET);
            read += levels.side(Math.max(level, 0));
            read += orderBuffer.getInt(orders.records.offset(Math.max(ahead, 0)));
            read += orderBuffer.getInt(orders.records.offset(Math.max(behind, 0)));
        }
        sum += read;
    }

    private void newLevels(Operations ops) {
        Levels levels = ledger.levels;
        int count = ops.placingCount;
        long read = 0;
        for (int i = 0; i < count; i++) {
            int op = ops.placing[i];
            int book = ops.book[op];
            int side = side(ops, op);
            if (book != Records.NONE && side != Operations.NO_SIDE) {
                int level = ledger.ladders.find(BookRecords.side(book << 1 | side), Ledger.key(side, ops.price[op]));
                ops.level[op] = level;
                read += levels.side(Math.max(level, 0));
            }
        }
        sum += read;
    }

    /** A replace does not say its side: the order that it names has it. */
    private int side(Operations ops, int op) {
        int place = ops.found[op];
        if (place == Records.NONE) {
            return ops.side[op];
        }
        int at = ledger.orders.offsetAt(place);
        return ledger.levels.side(Math.max(orderBuffer.getInt(at + Orders.LEVEL_OFFSET), 0)) & 1;
    }
}

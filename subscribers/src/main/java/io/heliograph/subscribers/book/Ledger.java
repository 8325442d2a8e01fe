// SPDX-License-Identifier: Apache-2.0
package io.heliograph.subscribers.book;

import org.agrona.concurrent.UnsafeBuffer;

/**
 * All records of all books, and how each kind of update changes them: {@link Books} without messages, listeners and
 * counters.
 *
 * <p>An update leaves in {@link #changed()} the book whose best bid or offer it changed.
 *
 * <p><b>Thread:</b> one owner.
 *
 * <p><b>Allocation:</b> none while no kind of record has to double.
 *
 * <p><b>Failure:</b> returns what went wrong; the books stay consistent.
 */
final class Ledger {
    static final int BUY = 0;
    static final int SELL = 1;

    final Orders orders;
    final Levels levels;
    final BookRecords books;
    final Ladders ladders;
    private final UnsafeBuffer orderBuffer;
    private int changed = Records.NONE;

    Ledger(int expectedInstruments, int expectedOrders) {
        orders = new Orders(expectedOrders);
        levels = new Levels(orders, Math.max(expectedOrders / 2, expectedInstruments * 4));
        books = new BookRecords(expectedInstruments);
        ladders = new Ladders(levels, books, expectedInstruments * 2);
        orderBuffer = orders.records.buffer;
    }

    /** The book whose best bid or offer the last update changed, or {@link Records#NONE}. */
    int changed() {
        return changed;
    }

    /** What of a price makes a key, and the other way round: see {@link Ladders}. */
    static long key(int side, long price) {
        return price ^ -side;
    }

    BookOutcome add(Operations ops, int op) {
        changed = Records.NONE;
        int side = ops.side[op];
        return side == Operations.NO_SIDE
                ? BookOutcome.EMPTY_ORDER
                : put(ops, op, ops.orderId[op], ops.hash[op], side, 0);
    }

    BookOutcome take(Operations ops, int op) {
        changed = Records.NONE;
        int place = orders.place(ops.orderId[op], ops.hash[op], ops.found[op]);
        if (place == Records.NONE) {
            return BookOutcome.UNKNOWN_ORDER;
        }
        int instrument = ops.instrument[op];
        long size = ops.size[op];
        int at = orders.records.offset(orders.slotAt(place));
        if (orderBuffer.getInt(at + Orders.INSTRUMENT_OFFSET) != instrument) {
            return BookOutcome.WRONG_INSTRUMENT;
        }
        long left = (orderBuffer.getInt(at + Orders.SIZE_OFFSET) & 0xFFFFFFFFL) - size;
        if (left <= 0) {
            remove(place);
            return left < 0 ? BookOutcome.OVERFILL : BookOutcome.APPLIED;
        }
        orderBuffer.putInt(at + Orders.SIZE_OFFSET, (int) left);
        int level = orderBuffer.getInt(at + Orders.LEVEL_OFFSET);
        resized(levels.side(level), levels.key(level), levels.lower(level, size));
        return BookOutcome.APPLIED;
    }

    BookOutcome delete(Operations ops, int op) {
        changed = Records.NONE;
        int place = orders.place(ops.orderId[op], ops.hash[op], ops.found[op]);
        if (place == Records.NONE) {
            return BookOutcome.UNKNOWN_ORDER;
        }
        int at = orders.records.offset(orders.slotAt(place));
        if (orderBuffer.getInt(at + Orders.INSTRUMENT_OFFSET) != ops.instrument[op]) {
            return BookOutcome.WRONG_INSTRUMENT;
        }
        remove(place);
        return BookOutcome.APPLIED;
    }

    BookOutcome replace(Operations ops, int op) {
        changed = Records.NONE;
        int place = orders.place(ops.orderId[op], ops.hash[op], ops.found[op]);
        if (place == Records.NONE) {
            return BookOutcome.UNKNOWN_ORDER;
        }
        int at = orders.records.offset(orders.slotAt(place));
        if (orderBuffer.getInt(at + Orders.INSTRUMENT_OFFSET) != ops.instrument[op]) {
            return BookOutcome.WRONG_INSTRUMENT;
        }
        int name = levels.side(orderBuffer.getInt(at + Orders.LEVEL_OFFSET));
        int participant = orderBuffer.getInt(at + Orders.PARTICIPANT_OFFSET);
        int side = BookRecords.side(name);
        long keyBefore = books.bestKey(side);
        long sizeBefore = books.bestSize(side);
        remove(place);
        BookOutcome outcome = put(ops, op, ops.newOrderId[op], ops.newHash[op], name & 1, participant);
        boolean same = books.bestSize(side) == sizeBefore && books.bestKey(side) == keyBefore;
        changed = same ? Records.NONE : name >> 1;
        return outcome;
    }

    BookOutcome attribute(Operations ops, int op) {
        changed = Records.NONE;
        int order = orders.find(ops.orderId[op]);
        if (order == Records.NONE) {
            return BookOutcome.NOT_FOR_BOOKS;
        }
        int at = orders.records.offset(order);
        if (orderBuffer.getInt(at + Orders.INSTRUMENT_OFFSET) != ops.instrument[op]) {
            return BookOutcome.WRONG_INSTRUMENT;
        }
        orderBuffer.putInt(at + Orders.PARTICIPANT_OFFSET, ops.detail[op]);
        return BookOutcome.APPLIED;
    }

    BookOutcome setLevel(int instrument, int side, long price, long size, int orderCount) {
        changed = Records.NONE;
        int book = books.findOrAdd(instrument);
        if (book == Records.NONE) {
            return BookOutcome.NO_ROOM;
        }
        int name = book << 1 | side;
        long key = key(side, price);
        int level = ladders.findOrAdd(BookRecords.side(name), key, name);
        if (level == Records.NONE) {
            return BookOutcome.NO_ROOM;
        }
        if (levels.first(level) != Records.NONE) {
            return BookOutcome.MIXED_LEVEL;
        }
        levels.set(level, size, orderCount);
        grown(name, key, size);
        return BookOutcome.APPLIED;
    }

    BookOutcome deleteLevel(int instrument, int side, long price) {
        changed = Records.NONE;
        int book = books.find(instrument);
        int name = book << 1 | side;
        long key = key(side, price);
        int level = book == Records.NONE ? Records.NONE : ladders.find(BookRecords.side(name), key);
        if (level == Records.NONE) {
            return BookOutcome.UNKNOWN_LEVEL;
        }
        if (levels.first(level) != Records.NONE) {
            return BookOutcome.MIXED_LEVEL;
        }
        ladders.remove(BookRecords.side(name), key);
        removed(name, key);
        return BookOutcome.APPLIED;
    }

    /** Empties one side of a book, orders and all. */
    BookOutcome clearSide(int instrument, int side) {
        changed = Records.NONE;
        int book = books.find(instrument);
        if (book == Records.NONE) {
            return BookOutcome.APPLIED;
        }
        int name = book << 1 | side;
        int at = BookRecords.side(name);
        int level;
        while ((level = ladders.best(at)) != Records.NONE) {
            int order = levels.first(level);
            while (order != Records.NONE) {
                int behind = orderBuffer.getInt(orders.records.offset(order) + Orders.BEHIND_OFFSET);
                orders.remove(order);
                order = behind;
            }
            ladders.remove(at, levels.key(level));
        }
        if (books.bestSize(at) != 0) {
            books.best(at, 0, 0);
            changed = book;
        }
        return BookOutcome.APPLIED;
    }

    void clear() {
        changed = Records.NONE;
        orders.clear();
        levels.records.clear();
        ladders.blocks.clear();
        books.clear();
    }

    long bytes() {
        return orders.bytes() + levels.records.bytes() + ladders.blocks.bytes() + books.bytes();
    }

    void close() {
        orders.close();
        levels.records.close();
        ladders.blocks.close();
        books.close();
    }

    private BookOutcome put(Operations ops, int op, long orderId, int hash, int side, int participant) {
        long size = ops.size[op];
        if (size <= 0) {
            return BookOutcome.EMPTY_ORDER;
        }
        int order = orders.add(orderId, hash);
        if (order < 0) {
            return order == Orders.DUPLICATE ? BookOutcome.DUPLICATE_ORDER : BookOutcome.NO_ROOM;
        }
        int instrument = ops.instrument[op];
        int book = ops.book[op] != Records.NONE ? ops.book[op] : books.findOrAdd(instrument);
        int name = book << 1 | side;
        long key = key(side, ops.price[op]);
        int level = book == Records.NONE ? Records.NONE : levelFor(name, key, ops.level[op]);
        if (level == Records.NONE || levels.isSent(level)) {
            orders.remove(order);
            return level == Records.NONE ? BookOutcome.NO_ROOM : BookOutcome.MIXED_LEVEL;
        }
        int at = orders.records.offset(order);
        orderBuffer.putInt(at + Orders.SIZE_OFFSET, (int) size);
        orderBuffer.putInt(at + Orders.INSTRUMENT_OFFSET, instrument);
        orderBuffer.putInt(at + Orders.PARTICIPANT_OFFSET, participant);
        grown(name, key, levels.append(level, order, size));
        return BookOutcome.APPLIED;
    }

    private int levelFor(int name, long key, int hint) {
        return hint != Records.NONE && levels.isAt(hint, key, name)
                ? hint
                : ladders.findOrAdd(BookRecords.side(name), key, name);
    }

    private void remove(int place) {
        int order = orders.slotAt(place);
        int at = orders.records.offset(order);
        int level = orderBuffer.getInt(at + Orders.LEVEL_OFFSET);
        int name = levels.side(level);
        long key = levels.key(level);
        int left = levels.unlink(level, order, orderBuffer.getInt(at + Orders.SIZE_OFFSET) & 0xFFFFFFFFL);
        orders.removeAt(place);
        if (left == 0) {
            ladders.remove(BookRecords.side(name), key);
            removed(name, key);
        } else {
            resized(name, key, levels.total(level));
        }
    }

    /** A level was made or has a new total. */
    private void grown(int name, long key, long total) {
        int side = BookRecords.side(name);
        long bestSize = books.bestSize(side);
        long bestKey = books.bestKey(side);
        if (bestSize == 0 || key > bestKey || (key == bestKey && total != bestSize)) {
            books.best(side, key, total);
            changed = name >> 1;
        }
    }

    /** A level that stays has a new total. */
    private void resized(int name, long key, long total) {
        int side = BookRecords.side(name);
        if (key == books.bestKey(side) && total != books.bestSize(side)) {
            books.best(side, key, total);
            changed = name >> 1;
        }
    }

    private void removed(int name, long key) {
        int side = BookRecords.side(name);
        if (key == books.bestKey(side)) {
            int best = ladders.best(side);
            if (best == Records.NONE) {
                books.best(side, 0, 0);
            } else {
                books.best(side, levels.key(best), levels.total(best));
            }
            changed = name >> 1;
        }
    }
}

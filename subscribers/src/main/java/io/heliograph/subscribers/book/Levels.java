// SPDX-License-Identifier: Apache-2.0
package io.heliograph.subscribers.book;

import org.agrona.concurrent.UnsafeBuffer;

/**
 * Price levels: total size, how many orders, and the orders themselves in time priority, as a list through their
 * records.
 *
 * <p>A level that the venue sends as such ({@code LevelUpdate}) has a total and no list: its {@code first} is
 * {@link Records#NONE}.
 *
 * <p><b>Thread:</b> one owner.
 *
 * <p><b>Allocation:</b> none while the records do not grow.
 *
 * <p><b>Layout:</b> 32 bytes, half a cache line, the platform's byte order; {@code side} is the book's slot, doubled,
 * plus 0 for bids and 1 for asks:
 *
 * <pre>
 *   0               8               16      20      24      28     32
 *   +---------------+---------------+-------+-------+-------+------+
 *   | key           | total size    | orders| first | last  | side |
 *   +---------------+---------------+-------+-------+-------+------+
 * </pre>
 */
final class Levels {
    static final int RECORD_LENGTH = 32;
    static final int KEY_OFFSET = 0;
    static final int TOTAL_OFFSET = 8;
    static final int ORDERS_OFFSET = 16;
    static final int FIRST_OFFSET = 20;
    static final int LAST_OFFSET = 24;
    static final int SIDE_OFFSET = 28;

    final Records records;
    private final UnsafeBuffer buffer;
    private final Orders orders;
    private final UnsafeBuffer orderBuffer;

    Levels(Orders orders, int expected) {
        records = new Records(RECORD_LENGTH, expected);
        buffer = records.buffer;
        this.orders = orders;
        orderBuffer = orders.records.buffer;
    }

    /** A level without orders and size; {@link Records#NONE} when there is no more room. */
    int add(long key, int side) {
        int level = records.allocate();
        if (level != Records.NONE) {
            int offset = records.offset(level);
            buffer.putLong(offset + KEY_OFFSET, key);
            buffer.putLong(offset + TOTAL_OFFSET, 0);
            buffer.putInt(offset + ORDERS_OFFSET, 0);
            buffer.putInt(offset + FIRST_OFFSET, Records.NONE);
            buffer.putInt(offset + LAST_OFFSET, Records.NONE);
            buffer.putInt(offset + SIDE_OFFSET, side);
        }
        return level;
    }

    /** Frees a level; what still remembers it sees by {@link #isAt} that it is gone. */
    void free(int level) {
        buffer.putInt(records.offset(level) + ORDERS_OFFSET, 0);
        records.free(level);
    }

    /** Whether this is the level of a side and price, and orders are in it: of any slot that was ever a level's. */
    boolean isAt(int level, long key, int side) {
        int offset = records.offset(level);
        return buffer.getInt(offset + ORDERS_OFFSET) != 0
                && buffer.getLong(offset + KEY_OFFSET) == key
                && buffer.getInt(offset + SIDE_OFFSET) == side;
    }

    /** Puts an order behind all others of the level; returns the level's new total. */
    long append(int level, int order, long size) {
        int offset = records.offset(level);
        int last = buffer.getInt(offset + LAST_OFFSET);
        int at = orders.records.offset(order);
        orderBuffer.putInt(at + Orders.LEVEL_OFFSET, level);
        orderBuffer.putInt(at + Orders.AHEAD_OFFSET, last);
        orderBuffer.putInt(at + Orders.BEHIND_OFFSET, Records.NONE);
        if (last == Records.NONE) {
            buffer.putInt(offset + FIRST_OFFSET, order);
        } else {
            orderBuffer.putInt(orders.records.offset(last) + Orders.BEHIND_OFFSET, order);
        }
        buffer.putInt(offset + LAST_OFFSET, order);
        buffer.putInt(offset + ORDERS_OFFSET, buffer.getInt(offset + ORDERS_OFFSET) + 1);
        long total = buffer.getLong(offset + TOTAL_OFFSET) + size;
        buffer.putLong(offset + TOTAL_OFFSET, total);
        return total;
    }

    /** Takes an order of this size out of the level's list; returns how many orders are left. */
    int unlink(int level, int order, long size) {
        int offset = records.offset(level);
        int at = orders.records.offset(order);
        int ahead = orderBuffer.getInt(at + Orders.AHEAD_OFFSET);
        int behind = orderBuffer.getInt(at + Orders.BEHIND_OFFSET);
        if (ahead == Records.NONE) {
            buffer.putInt(offset + FIRST_OFFSET, behind);
        } else {
            orderBuffer.putInt(orders.records.offset(ahead) + Orders.BEHIND_OFFSET, behind);
        }
        if (behind == Records.NONE) {
            buffer.putInt(offset + LAST_OFFSET, ahead);
        } else {
            orderBuffer.putInt(orders.records.offset(behind) + Orders.AHEAD_OFFSET, ahead);
        }
        int left = buffer.getInt(offset + ORDERS_OFFSET) - 1;
        buffer.putInt(offset + ORDERS_OFFSET, left);
        buffer.putLong(offset + TOTAL_OFFSET, buffer.getLong(offset + TOTAL_OFFSET) - size);
        return left;
    }

    /** Lowers the total, an order having become smaller; returns the new total. */
    long lower(int level, long by) {
        int offset = records.offset(level) + TOTAL_OFFSET;
        long total = buffer.getLong(offset) - by;
        buffer.putLong(offset, total);
        return total;
    }

    /** Sets what the venue says of a level that it sends as such. */
    void set(int level, long total, int orderCount) {
        int offset = records.offset(level);
        buffer.putLong(offset + TOTAL_OFFSET, total);
        buffer.putInt(offset + ORDERS_OFFSET, orderCount);
    }

    Orders orders() {
        return orders;
    }

    long key(int level) {
        return buffer.getLong(records.offset(level) + KEY_OFFSET);
    }

    long total(int level) {
        return buffer.getLong(records.offset(level) + TOTAL_OFFSET);
    }

    int orderCount(int level) {
        return buffer.getInt(records.offset(level) + ORDERS_OFFSET);
    }

    int first(int level) {
        return buffer.getInt(records.offset(level) + FIRST_OFFSET);
    }

    /** Whether the venue sends this level as such: it has a total and no list of orders. */
    boolean isSent(int level) {
        return first(level) == Records.NONE && total(level) != 0;
    }

    int side(int level) {
        return buffer.getInt(records.offset(level) + SIDE_OFFSET);
    }
}

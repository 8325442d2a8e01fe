// SPDX-License-Identifier: Apache-2.0
package io.heliograph.publishers.generate;

/**
 * The books of the generator: per symbol a ring of 64 price ticks around a centre, bids up to it, asks above it.
 *
 * <pre>
 *   centre - 31 ........ centre | centre + 1 ........ centre + 32
 *        bids, 32 ticks         |         asks, 32 ticks
 * </pre>
 *
 * <p>A tick's place in the ring is its low six bits; one long per symbol says which ticks have orders, so that the best
 * bid and offer are a rotation and a count of zeros away. Orders of a tick queue in time order. As a bid never lies above
 * the centre and an ask never at or below it, no book is ever crossed or locked.
 *
 * <p><b>Thread:</b> one owner: the generator's.
 *
 * <p><b>Allocation:</b> none after construction.
 */
final class Books {
    /** Ticks on each side of the centre. */
    static final int DEPTH = 32;

    private static final int RING_BITS = 6;
    private static final int RING = 1 << RING_BITS;
    private static final int RING_MASK = RING - 1;
    private static final int NEWEST = 1;
    private static final long BIDS = 0xFFFF_FFFFL;

    private final OrderPool orders;
    private final long[] occupied;
    private final int[] centre;
    private final int[] live;

    /** Per tick the oldest order and the newest, side by side: they are needed together. */
    private final int[] ends;

    Books(int symbols, OrderPool orders) {
        this.orders = orders;
        this.occupied = new long[symbols];
        this.centre = new int[symbols];
        this.live = new int[symbols];
        this.ends = new int[symbols << (RING_BITS + 1)];
    }

    int centre(int symbol) {
        return centre[symbol];
    }

    /** Moves the centre; the caller has seen to it that the tick that changes sides and the one that leaves are empty. */
    void centre(int symbol, int tick) {
        centre[symbol] = tick;
    }

    int live(int symbol) {
        return live[symbol];
    }

    boolean isBid(int symbol, int tick) {
        return tick <= centre[symbol];
    }

    int oldest(int symbol, int tick) {
        return ends[level(symbol, tick)];
    }

    int newest(int symbol, int tick) {
        return ends[level(symbol, tick) + NEWEST];
    }

    /** The oldest order at the best price of a side. */
    int best(int symbol, boolean isBid) {
        long window = window(symbol);
        int lowest = centre[symbol] - (DEPTH - 1);
        if (isBid) {
            long bids = window & BIDS;
            return bids == 0 ? OrderPool.NONE : oldest(symbol, lowest + RING_MASK - Long.numberOfLeadingZeros(bids));
        }
        long asks = window & ~BIDS;
        return asks == 0 ? OrderPool.NONE : oldest(symbol, lowest + Long.numberOfTrailingZeros(asks));
    }

    /** Any order of the symbol: a tick by chance, of that the newest three times of four, as orders are short-lived. */
    int any(int symbol, long bits) {
        long levels = occupied[symbol];
        if (levels == 0) {
            return OrderPool.NONE;
        }
        int turn = (int) bits & RING_MASK;
        int place = (Long.numberOfTrailingZeros(Long.rotateRight(levels, turn)) + turn) & RING_MASK;
        int level = level(symbol, place);
        return (bits >>> RING_BITS & 3) == 0 ? ends[level] : ends[level + NEWEST];
    }

    void add(int symbol, int order) {
        int tick = orders.tick(order);
        int level = level(symbol, tick);
        int last = ends[level + NEWEST];
        orders.previous(order, last);
        orders.next(order, OrderPool.NONE);
        ends[level + NEWEST] = order;
        if (last == OrderPool.NONE) {
            ends[level] = order;
            occupied[symbol] |= 1L << tick;
        } else {
            orders.next(last, order);
        }
        live[symbol]++;
    }

    /** Takes an order out and frees its slot. */
    void remove(int symbol, int order) {
        int tick = orders.tick(order);
        int level = level(symbol, tick);
        int previous = orders.previous(order);
        int next = orders.next(order);
        if (previous == OrderPool.NONE) {
            ends[level] = next;
        } else {
            orders.next(previous, next);
        }
        if (next == OrderPool.NONE) {
            ends[level + NEWEST] = previous;
        } else {
            orders.previous(next, previous);
        }
        if (ends[level] == OrderPool.NONE) {
            occupied[symbol] &= ~(1L << tick);
        }
        live[symbol]--;
        orders.free(order);
    }

    /** The occupied ticks with the lowest bid in bit 0, the centre in bit 31. */
    private long window(int symbol) {
        return Long.rotateRight(occupied[symbol], centre[symbol] - (DEPTH - 1));
    }

    private static int level(int symbol, int tick) {
        return ((symbol << RING_BITS) + (tick & RING_MASK)) << 1;
    }
}

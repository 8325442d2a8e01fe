// SPDX-License-Identifier: Apache-2.0
package io.heliograph.publishers.generate;

/**
 * All live orders of the day, each in eight ints of one array: half a cache line, so that an order costs one miss.
 *
 * <p><b>Thread:</b> one owner: the generator's.
 *
 * <p><b>Allocation:</b> none after construction: freed slots are used again.
 */
final class OrderPool {
    /** No order. */
    static final int NONE = 0;

    private static final int STRIDE_BITS = 3;
    private static final int REFERENCE_HIGH = 0;
    private static final int REFERENCE_LOW = 1;
    private static final int SHARES = 2;
    private static final int TICK = 3;
    private static final int PREVIOUS = 4;
    private static final int NEXT = 5;

    private final int[] fields;
    private final int capacity;
    private int freeHead = NONE;
    private int used;
    private int live;

    OrderPool(int capacity) {
        this.capacity = capacity;
        this.fields = new int[Math.multiplyExact(capacity + 1, 1 << STRIDE_BITS)];
    }

    boolean isFull() {
        return live == capacity;
    }

    int live() {
        return live;
    }

    /** A slot for a new order, {@link #NONE} when all are taken. */
    int take(long reference, int shares, int tick) {
        int order = freeHead;
        if (order != NONE) {
            freeHead = next(order);
        } else if (used < capacity) {
            order = ++used;
        } else {
            return NONE;
        }
        int at = order << STRIDE_BITS;
        fields[at + REFERENCE_HIGH] = (int) (reference >>> Integer.SIZE);
        fields[at + REFERENCE_LOW] = (int) reference;
        fields[at + SHARES] = shares;
        fields[at + TICK] = tick;
        live++;
        return order;
    }

    void free(int order) {
        next(order, freeHead);
        freeHead = order;
        live--;
    }

    long reference(int order) {
        int at = order << STRIDE_BITS;
        return (long) fields[at + REFERENCE_HIGH] << Integer.SIZE | (fields[at + REFERENCE_LOW] & 0xFFFF_FFFFL);
    }

    int shares(int order) {
        return fields[(order << STRIDE_BITS) + SHARES];
    }

    void shares(int order, int shares) {
        fields[(order << STRIDE_BITS) + SHARES] = shares;
    }

    int tick(int order) {
        return fields[(order << STRIDE_BITS) + TICK];
    }

    int previous(int order) {
        return fields[(order << STRIDE_BITS) + PREVIOUS];
    }

    void previous(int order, int other) {
        fields[(order << STRIDE_BITS) + PREVIOUS] = other;
    }

    int next(int order) {
        return fields[(order << STRIDE_BITS) + NEXT];
    }

    void next(int order, int other) {
        fields[(order << STRIDE_BITS) + NEXT] = other;
    }
}

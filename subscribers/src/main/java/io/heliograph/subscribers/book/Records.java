// SPDX-License-Identifier: Apache-2.0
package io.heliograph.subscribers.book;

import java.nio.ByteBuffer;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Records of one fixed length in one off-heap buffer, named by their slot: what orders, levels, blocks and books are
 * kept in, so that none of them is an object and each lies within as few cache lines as its length allows.
 *
 * <p>The buffer begins on a cache line; a record's length is a power of two, so a record of up to 64 bytes never
 * straddles two lines. Freed slots are used again first, the last freed first (it is the one that is still cached).
 *
 * <p><b>Thread:</b> one owner: the thread that feeds the books.
 *
 * <p><b>Allocation:</b> none while free slots last; then the buffer doubles, at most to 1 GiB.
 *
 * <p><b>Failure:</b> {@link #allocate()} returns {@link #NONE} when the buffer cannot grow any more.
 */
final class Records {
    /** Names no slot. */
    static final int NONE = -1;

    private static final int MAX_BYTES = 1 << 30;

    /** The records; the address changes when it grows, the object never does. */
    final UnsafeBuffer buffer = new UnsafeBuffer(0, 0);

    private final int shift;
    private ByteBuffer memory;
    private int capacity;
    private int used;
    private int free = NONE;
    private int live;

    /**
     * An empty set of records.
     *
     * @param recordLength in bytes, a power of two from 8.
     * @param expected how many records have a place before the buffer grows.
     */
    Records(int recordLength, int expected) {
        shift = Integer.numberOfTrailingZeros(recordLength);
        capacity = Math.min(Math.max(expected, 2), maxCapacity());
        memory = OffHeap.allocate(buffer, (long) capacity << shift);
    }

    /**
     * Takes a slot; its bytes are whatever they were.
     *
     * @return the slot, or {@link #NONE} when there is no more room.
     */
    int allocate() {
        int slot = free;
        if (slot != NONE) {
            free = buffer.getInt(slot << shift);
        } else if (used < capacity || grow()) {
            slot = used++;
        } else {
            return NONE;
        }
        live++;
        return slot;
    }

    /**
     * Gives a slot back. Its first four bytes are overwritten.
     *
     * @param slot that was allocated.
     */
    void free(int slot) {
        buffer.putInt(slot << shift, free);
        free = slot;
        live--;
    }

    /**
     * Whether so many slots can be had.
     *
     * @param count of slots.
     * @return true when that many {@link #allocate()} calls would succeed.
     */
    boolean hasRoomFor(int count) {
        while ((long) live + count > capacity) {
            if (!grow()) {
                return false;
            }
        }
        return true;
    }

    /**
     * Where a record begins in {@link #buffer}.
     *
     * @param slot of the record.
     * @return offset in bytes.
     */
    int offset(int slot) {
        return slot << shift;
    }

    /** Frees all slots at once. */
    void clear() {
        used = 0;
        live = 0;
        free = NONE;
    }

    int live() {
        return live;
    }

    /** Slots 0 to this have been used since the last clear. */
    int used() {
        return used;
    }

    long bytes() {
        return (long) capacity << shift;
    }

    void close() {
        buffer.wrap(0, 0);
        BufferUtil.free(memory);
        capacity = 0;
        clear();
    }

    private int maxCapacity() {
        return MAX_BYTES >> shift;
    }

    private boolean grow() {
        if (capacity >= maxCapacity() || capacity == 0) {
            return false;
        }
        ByteBuffer old = memory;
        int wanted = (int) Math.min((long) capacity << 1, maxCapacity());
        ByteBuffer grown = OffHeap.grow(buffer, capacity << shift, (long) wanted << shift);
        if (grown == null) {
            return false;
        }
        memory = grown;
        capacity = wanted;
        BufferUtil.free(old);
        return true;
    }
}

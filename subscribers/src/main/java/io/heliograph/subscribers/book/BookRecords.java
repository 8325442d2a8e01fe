// SPDX-License-Identifier: Apache-2.0
package io.heliograph.subscribers.book;

import java.nio.ByteBuffer;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One record a book, found by instrument: its best bid and offer, and where the levels of its sides begin.
 *
 * <p>The best prices stand here and not only in the ladders, so that "did the top change?" is answered by the line that
 * every update reads anyway. A side is named by the offset of its half of the record.
 *
 * <p><b>Thread:</b> one owner.
 *
 * <p><b>Allocation:</b> none while the number of instruments does not pass a power of two.
 *
 * <p><b>Layout:</b> 64 bytes, one cache line, the platform's byte order; bids first, asks at 32. The key is that of
 * {@link Ladders}; the size is 0 when the side is empty:
 *
 * <pre>
 *   0               8               16      20      24      28         32
 *   +---------------+---------------+-------+-------+-------+----------+
 *   | best key      | best size     | root  | top   | levels|instrument|  bids
 *   +---------------+---------------+-------+-------+-------+----------+
 *   | best key      | best size     | root  | top   | levels|    -     |  asks
 *   +---------------+---------------+-------+-------+-------+----------+
 * </pre>
 */
final class BookRecords {
    static final int RECORD_LENGTH = 64;
    static final int SIDE_LENGTH = 32;
    static final int KEY_OFFSET = 0;
    static final int SIZE_OFFSET = 8;
    static final int ROOT_OFFSET = 16;
    static final int TOP_OFFSET = 20;
    static final int LEVELS_OFFSET = 24;
    static final int INSTRUMENT_OFFSET = 28;

    private static final long LOW_WORD = 0xFFFFFFFFL;

    final Records records;
    private final UnsafeBuffer buffer;
    private final UnsafeBuffer table = new UnsafeBuffer(0, 0);
    private final UnsafeBuffer outgrown = new UnsafeBuffer(0, 0);
    private ByteBuffer memory;
    private int places;

    BookRecords(int expected) {
        records = new Records(RECORD_LENGTH, expected);
        buffer = records.buffer;
        places = 16;
        while (places < expected << 1) {
            places <<= 1;
        }
        memory = OffHeap.allocate(table, (long) places << 3);
    }

    /** The instrument's book, or {@link Records#NONE}. */
    int find(int instrument) {
        int place = place(instrument);
        long entry;
        while ((entry = table.getLong(place << 3)) != 0) {
            if ((int) (entry >>> 32) == instrument) {
                return (int) entry - 1;
            }
            place = (place + 1) & (places - 1);
        }
        return Records.NONE;
    }

    /** The instrument's book, made empty where there was none; {@link Records#NONE} when there is no more room. */
    int findOrAdd(int instrument) {
        int book = find(instrument);
        return book != Records.NONE ? book : add(instrument);
    }

    /** A side by the name that {@link Levels} keeps: the book's slot, doubled, plus 1 for asks. */
    static int side(int name) {
        return name << 5;
    }

    int instrument(int book) {
        return buffer.getInt(records.offset(book) + INSTRUMENT_OFFSET);
    }

    long bestKey(int side) {
        return buffer.getLong(side + KEY_OFFSET);
    }

    long bestSize(int side) {
        return buffer.getLong(side + SIZE_OFFSET);
    }

    void best(int side, long key, long size) {
        buffer.putLong(side + KEY_OFFSET, key);
        buffer.putLong(side + SIZE_OFFSET, size);
    }

    int root(int side) {
        return buffer.getInt(side + ROOT_OFFSET);
    }

    void root(int side, int block) {
        buffer.putInt(side + ROOT_OFFSET, block);
    }

    int top(int side) {
        return buffer.getInt(side + TOP_OFFSET);
    }

    void top(int side, int block) {
        buffer.putInt(side + TOP_OFFSET, block);
    }

    int levelCount(int side) {
        return buffer.getInt(side + LEVELS_OFFSET);
    }

    void levelCount(int side, int count) {
        buffer.putInt(side + LEVELS_OFFSET, count);
    }

    void clear() {
        table.setMemory(0, places << 3, (byte) 0);
        records.clear();
    }

    long bytes() {
        return records.bytes() + ((long) places << 3);
    }

    void close() {
        table.wrap(0, 0);
        BufferUtil.free(memory);
        records.close();
    }

    private int add(int instrument) {
        if (records.live() >= places >> 1 && !growTable()) {
            return Records.NONE;
        }
        int book = records.allocate();
        if (book != Records.NONE) {
            int offset = records.offset(book);
            buffer.setMemory(offset, RECORD_LENGTH, (byte) 0);
            buffer.putInt(offset + INSTRUMENT_OFFSET, instrument);
            root(offset, Records.NONE);
            top(offset, Records.NONE);
            root(offset + SIDE_LENGTH, Records.NONE);
            top(offset + SIDE_LENGTH, Records.NONE);
            put((long) instrument << 32 | ((book + 1) & LOW_WORD));
        }
        return book;
    }

    private void put(long entry) {
        int place = place((int) (entry >>> 32));
        while (table.getLong(place << 3) != 0) {
            place = (place + 1) & (places - 1);
        }
        table.putLong(place << 3, entry);
    }

    /** Consecutive instruments lie side by side, so that a small universe stays in few cache lines. */
    private int place(int instrument) {
        return (instrument ^ instrument >>> 16) & (places - 1);
    }

    private boolean growTable() {
        ByteBuffer old = memory;
        outgrown.wrap(table);
        int count = places;
        ByteBuffer grown = count >= 1 << 26 ? null : OffHeap.grow(table, 0, (long) count << 4);
        if (grown == null) {
            return false;
        }
        memory = grown;
        places = count << 1;
        for (int i = 0; i < count; i++) {
            long entry = outgrown.getLong(i << 3);
            if (entry != 0) {
                put(entry);
            }
        }
        outgrown.wrap(0, 0);
        BufferUtil.free(old);
        return true;
    }
}

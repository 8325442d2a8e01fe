// SPDX-License-Identifier: Apache-2.0
package io.heliograph.subscribers.book;

import java.nio.ByteBuffer;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * All live orders of all books, found by their id: a packed record an order, and an open-addressing table of 8 bytes a
 * place from id to record.
 *
 * <p>A place holds 32 bits of the id's hash and 32 of the slot: a probe reads the table only, so that a look-up costs
 * one cache miss there and one at the record, and an entry can be shifted back on removal (no tombstones, no clean-up)
 * without touching its record. At most 5/8 of the places are taken.
 *
 * <p>Venues count their order ids upwards, so eight ids in a row share a cache line of eight places, and only the line is
 * chosen by a hash: an add finds its line where the adds before it have left it, in the cache, and so does a delete that
 * follows soon.
 *
 * <p><b>Thread:</b> one owner.
 *
 * <p><b>Allocation:</b> none while neither records nor table have to double.
 *
 * <p><b>Layout:</b> an order, 32 bytes, half a cache line, the platform's byte order:
 *
 * <pre>
 *   0               8       12      16      20      24      28          32
 *   +---------------+-------+-------+-------+-------+-------+-----------+
 *   | order id      | size  | level | ahead | behind| instr.|participant|
 *   +---------------+-------+-------+-------+-------+-------+-----------+
 * </pre>
 */
final class Orders {
    static final int RECORD_LENGTH = 32;
    static final int ID_OFFSET = 0;
    static final int SIZE_OFFSET = 8;
    static final int LEVEL_OFFSET = 12;
    static final int AHEAD_OFFSET = 16;
    static final int BEHIND_OFFSET = 20;
    static final int INSTRUMENT_OFFSET = 24;
    static final int PARTICIPANT_OFFSET = 28;

    /** {@link #add}: an order with this id lives. */
    static final int DUPLICATE = -2;

    private static final int LINE_BITS = 3;
    private static final int LINE_PLACES = 1 << LINE_BITS;
    private static final int MAX_PLACES = 1 << 27;

    final Records records;
    private final UnsafeBuffer table = new UnsafeBuffer(0, 0);
    private final UnsafeBuffer outgrown = new UnsafeBuffer(0, 0);
    private ByteBuffer memory;
    private int places;
    private int shift;
    private int limit;

    Orders(int expected) {
        records = new Records(RECORD_LENGTH, expected);
        int wanted = 16;
        while (wanted < MAX_PLACES && limitOf(wanted) < expected) {
            wanted <<= 1;
        }
        memory = OffHeap.allocate(table, (long) wanted << 3);
        sized(wanted);
    }

    /**
     * Finds a live order.
     *
     * @param id of the order.
     * @return its slot, or {@link Records#NONE}.
     */
    int find(long id) {
        int place = place(id);
        return place == Records.NONE ? Records.NONE : slotAt(place);
    }

    /**
     * Finds where the table has a live order: for {@link #slotAt} and {@link #removeAt}, until the next add or removal.
     *
     * @param id of the order.
     * @return its place, or {@link Records#NONE}.
     */
    int place(long id) {
        return place(id, hash(id));
    }

    private int place(long id, int hash) {
        int place = home(hash);
        while (true) {
            long entry = table.getLong(place << 3);
            if (entry == 0) {
                return Records.NONE;
            }
            if ((int) (entry >>> 32) == hash && idOf((int) entry - 1) == id) {
                return place;
            }
            place = (place + 1) & (places - 1);
        }
    }

    /** As {@link #place(long)}, where a hint says to look first: a place in the table, or {@link Records#NONE}. */
    int place(long id, int hash, int hint) {
        if (hint != Records.NONE) {
            long entry = table.getLong(hint << 3);
            if (entry != 0 && idOf((int) entry - 1) == id) {
                return hint;
            }
        }
        return place(id, hash);
    }

    /** Where an order is by its hash alone, so that no record is read: nearly always right, and a hint only. */
    int likelyPlace(int hash) {
        int place = home(hash);
        long entry;
        while ((entry = table.getLong(place << 3)) != 0) {
            if ((int) (entry >>> 32) == hash) {
                return place;
            }
            place = (place + 1) & (places - 1);
        }
        return Records.NONE;
    }

    /** Reads where the search for an order of this hash begins. */
    long touch(int hash) {
        return table.getLong(home(hash) << 3);
    }

    /** Where the record begins of the order that the table has at a place; of any record for none. */
    int offsetAt(int place) {
        return records.offset(Math.max(slotAt(Math.max(place, 0)), 0));
    }

    /** The slot of the order that the table has at a place. */
    int slotAt(int place) {
        return (int) table.getLong(place << 3) - 1;
    }

    /**
     * Makes a record for a new order, its id set and nothing else.
     *
     * @param id of the order.
     * @return its slot, {@link #DUPLICATE}, or {@link Records#NONE} when there is no more room.
     */
    int add(long id) {
        return add(id, hash(id));
    }

    int add(long id, int hash) {
        if (records.live() >= limit && !growTable()) {
            return Records.NONE;
        }
        int place = home(hash);
        long entry;
        while ((entry = table.getLong(place << 3)) != 0) {
            if ((int) (entry >>> 32) == hash && idOf((int) entry - 1) == id) {
                return DUPLICATE;
            }
            place = (place + 1) & (places - 1);
        }
        int slot = records.allocate();
        if (slot != Records.NONE) {
            records.buffer.putLong(records.offset(slot) + ID_OFFSET, id);
            table.putLong(place << 3, (long) hash << 32 | (slot + 1));
        }
        return slot;
    }

    /**
     * Forgets an order.
     *
     * @param slot of a live order.
     */
    void remove(int slot) {
        int place = home(hash(idOf(slot)));
        while (slotAt(place) != slot) {
            place = (place + 1) & (places - 1);
        }
        removeAt(place);
    }

    /**
     * Forgets an order.
     *
     * @param place of a live order.
     */
    void removeAt(int place) {
        int slot = slotAt(place);
        int hole = place;
        int next = place;
        long entry;
        while ((entry = table.getLong((next = (next + 1) & (places - 1)) << 3)) != 0) {
            int home = home((int) (entry >>> 32));
            if (((next - home) & (places - 1)) >= ((next - hole) & (places - 1))) {
                table.putLong(hole << 3, entry);
                hole = next;
            }
        }
        table.putLong(hole << 3, 0);
        records.free(slot);
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

    private long idOf(int slot) {
        return records.buffer.getLong(records.offset(slot) + ID_OFFSET);
    }

    /**
     * The line's number in the upper bits, the place within the line in the lowest three. Two multiplications: ids are
     * often consecutive, or steps of a power of two.
     */
    static int hash(long id) {
        long mixed = (id >>> LINE_BITS) * 0x9E3779B97F4A7C15L;
        mixed = (mixed ^ mixed >>> 32) * 0xD6E8FEB86659FD93L;
        return ((int) (mixed >>> 32) & -LINE_PLACES) | ((int) id & (LINE_PLACES - 1));
    }

    /** Where the search for an entry with this hash begins. */
    private int home(int hash) {
        return ((hash >>> shift) & -LINE_PLACES) | (hash & (LINE_PLACES - 1));
    }

    private static int limitOf(int places) {
        return (places >>> 3) * 5;
    }

    private void sized(int count) {
        places = count;
        shift = Integer.SIZE - Integer.numberOfTrailingZeros(count);
        limit = limitOf(count);
    }

    /** Doubles the table; an entry carries its hash, so no record is read. */
    private boolean growTable() {
        if (places >= MAX_PLACES) {
            return false;
        }
        ByteBuffer old = memory;
        outgrown.wrap(table);
        ByteBuffer grown = OffHeap.grow(table, 0, (long) places << 4);
        if (grown == null) {
            return false;
        }
        int count = places;
        memory = grown;
        sized(count << 1);
        for (int i = 0; i < count; i++) {
            long entry = outgrown.getLong(i << 3);
            if (entry != 0) {
                table.putLong(emptyPlace((int) (entry >>> 32)) << 3, entry);
            }
        }
        outgrown.wrap(0, 0);
        BufferUtil.free(old);
        return true;
    }

    private int emptyPlace(int hash) {
        int place = home(hash);
        while (table.getLong(place << 3) != 0) {
            place = (place + 1) & (places - 1);
        }
        return place;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.intake;

import io.heliograph.engine.wire.PacketFlyweight;

/**
 * What an intake's file holds, so that programs in any language put messages into it: the {@link IntakeWriter} is one
 * such program, {@code engine/src/test/c/intake_writer.c} another.
 *
 * <p>The ring is counted in cells of 64 octets. A message takes as many cells as hold its body, one at least, side by side.
 * Each cell has a word, apart from the bodies, so that a word is never anything but a word; the word of a message's first
 * cell says all of it. A position counts cells since the ring was made; cell {@code position % capacity} is its place, lap
 * {@code position / capacity} its turn. A body that begins near the last cell goes on behind it, into the margin.
 *
 * <p><b>Thread:</b> immutable.
 *
 * <p><b>Layout:</b> little-endian, all fields aligned:
 *
 * <pre>
 *  offset          length       field       written by        meaning
 *  0               8            magic       who makes it      48 47 49 4E 54 41 4B 45 ("HGINTAKE")
 *  8               4            version     who makes it      1
 *  12              4            slots       who makes it      64
 *  16              8            capacity    who makes it      cells: a power of two, 4,096 to 4,194,304
 *  24              8            namespace   who makes it      inode of /proc/self/ns/pid: process ids are of this namespace
 *  32              8            engine      the engine        identity of the engine that reads; 0 = none at the moment
 *  40              4            state       the engine        1 open, 2 corrupt: put in nothing more
 *  128             8            tail        writers, engine   position behind the last claim; may lag, never overtakes
 *  256             8            head        the engine        position up to which cells are free again
 *  4,096 + 64 s    8            slot owner  its writer        identity of the writer's process; 0 = the slot is free
 *          + 8     8            messages    its writer        committed through this slot, ever
 *          + 16    8            full        its writer        times that a message found no room, ever
 *  8,192 + 8 c     8            word        see below         of cell c
 *  8,192 + 8 capacity + 64 c    body        who claimed it    of cell c
 *  8,192 + 72 capacity          margin      the last claim    65,536 octets
 *
 *  identity: bits 63..42 process id, bits 41..0 its start time (field 22 of /proc/PID/stat)
 *
 *  word:      63      56 55      48 47               32 31                                    0
 *            +----------+----------+-------------------+---------------------------------------+
 *            |  state   |   slot   |      length       |                  lap                  |
 *            +----------+----------+-------------------+---------------------------------------+
 *  state: 0 free (slot and length 0), 1 claimed, 2 committed, 3 aborted
 * </pre>
 *
 * <p>Memory order, for a writer (a: acquire, r: release, CAS: compare and set, both):
 *
 * <pre>
 *  1  t = tail (a); h = head (a); k = cells of the message
 *  2  t + k - h &gt; capacity: full, nothing was taken
 *  3  w = word of t (a). Is w claimed, committed or aborted with the lap of t, somebody was first:
 *     CAS tail from t to t + cells of w, whether or not it succeeds, and again from 1
 *  4  is w not free with the lap of t: again from 1 if tail is no longer t, else the ring is corrupt
 *  5  CAS word of t from w to (claimed, own slot, length, lap of t): refused, again from 1. Owner, length and place are
 *     in the ring from here on, by one instruction: there is no moment at which a claim is nobody's
 *  6  CAS tail from t to t + k, whether or not it succeeds
 *  7  the body, by any stores
 *  8  word of t = (committed or aborted, own slot, length, lap of t) (r)
 * </pre>
 *
 * <p>A writer takes a slot with CAS of its owner from 0 to its identity, one for each thread, and gives it back by storing 0
 * (r) when it has no claim. The engine frees the slots of processes that are gone. It reads a word (a), takes what was
 * committed, steps over what was aborted, waits for what is claimed, and gives a claim up only when its slot's process is
 * gone. It frees by storing (free, lap of position + capacity) into all words of the cells, a message's first one last, and
 * then head (r).
 */
public final class RingLayout {
    /** The octets "HGINTAKE". */
    public static final long MAGIC = 0x454B_4154_4E49_4748L;

    /** Of this layout. */
    public static final int VERSION = 1;

    /** Writers at a time. */
    public static final int SLOTS = 64;

    /** Octets of a cell. */
    public static final int CELL_LENGTH = 64;

    /** The smallest ring, in cells: four of the longest messages. */
    public static final int MIN_CAPACITY = 1 << 12;

    /** The largest ring, in cells: 256 MiB. */
    public static final int MAX_CAPACITY = 1 << 22;

    /** 65,536 cells, 4 MiB: as many of a feed's usual messages, or 64 of the longest. */
    public static final int DEFAULT_CAPACITY = 1 << 16;

    static final int MAGIC_OFFSET = 0;
    static final int VERSION_OFFSET = 8;
    static final int SLOTS_OFFSET = 12;
    static final int CAPACITY_OFFSET = 16;
    static final int NAMESPACE_OFFSET = 24;
    static final int ENGINE_OFFSET = 32;
    static final int STATE_OFFSET = 40;
    static final int TAIL_OFFSET = 128;
    static final int HEAD_OFFSET = 256;
    static final int SLOT_OFFSET = 4096;
    static final int SLOT_LENGTH = 64;
    static final int SLOT_MESSAGES_OFFSET = 8;
    static final int SLOT_FULL_OFFSET = 16;
    static final int WORDS_OFFSET = 8192;
    static final int MARGIN_LENGTH = 1 << 16;

    static final int STATE_OPEN = 1;
    static final int STATE_CORRUPT = 2;

    static final int FREE = 0;
    static final int CLAIMED = 1;
    static final int COMMITTED = 2;
    static final int ABORTED = 3;

    private static final int CELL_BITS = 6;
    private static final int STATE_SHIFT = 56;
    private static final int SLOT_SHIFT = 48;
    private static final int LENGTH_SHIFT = 32;
    private static final long LAP_MASK = 0xFFFF_FFFFL;
    private static final int BYTE_MASK = 0xFF;

    private final int capacity;
    private final int capacityBits;
    private final int bodiesOffset;

    RingLayout(int capacity) {
        if (!isCapacity(capacity)) {
            throw new IllegalArgumentException("a ring of " + capacity + " cells: a power of two from " + MIN_CAPACITY
                    + " to " + MAX_CAPACITY + " is needed");
        }
        this.capacity = capacity;
        this.capacityBits = Integer.numberOfTrailingZeros(capacity);
        this.bodiesOffset = WORDS_OFFSET + Long.BYTES * capacity;
    }

    static boolean isCapacity(long cells) {
        return cells >= MIN_CAPACITY && cells <= MAX_CAPACITY && Long.bitCount(cells) == 1;
    }

    int capacity() {
        return capacity;
    }

    int fileLength() {
        return bodiesOffset + CELL_LENGTH * capacity + MARGIN_LENGTH;
    }

    int wordOffset(long position) {
        return WORDS_OFFSET + Long.BYTES * cell(position);
    }

    int bodyOffset(long position) {
        return bodiesOffset + CELL_LENGTH * cell(position);
    }

    /** What the word of a free cell is: nothing but the lap. */
    long free(long position) {
        return (position >>> capacityBits) & LAP_MASK;
    }

    long word(int state, int slot, int length, long position) {
        return ((long) state << STATE_SHIFT)
                | ((long) slot << SLOT_SHIFT)
                | ((long) length << LENGTH_SHIFT)
                | free(position);
    }

    /** Whether a word says that its cell is a message's first, in the lap of a position. */
    boolean isTaken(long word, long position) {
        int state = state(word);
        return (word & LAP_MASK) == free(position) && state >= CLAIMED && state <= ABORTED && slot(word) < SLOTS;
    }

    static int slotOffset(int slot) {
        return SLOT_OFFSET + SLOT_LENGTH * slot;
    }

    static int state(long word) {
        return (int) (word >>> STATE_SHIFT);
    }

    static int slot(long word) {
        return (int) (word >>> SLOT_SHIFT) & BYTE_MASK;
    }

    static int length(long word) {
        return (int) (word >>> LENGTH_SHIFT) & PacketFlyweight.MAX_MESSAGE_LENGTH;
    }

    static int cells(int length) {
        return Math.max(1, (length + CELL_LENGTH - 1) >> CELL_BITS);
    }

    private int cell(long position) {
        return (int) position & (capacity - 1);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.heliograph.subscribers.book;

import org.agrona.concurrent.UnsafeBuffer;

/**
 * The price levels of every side of every book, sorted: a B+tree a side, of which the block with the best prices is
 * known, because nearly everything happens there. A side of up to {@link #FANOUT} levels is one block, searched from its
 * best end; deeper ones cost a logarithm and no more.
 *
 * <p>Keys grow with how good a price is: a bid's key is its price, an ask's the complement of its price's bits. So the
 * best is always the last, and both sides share all code.
 *
 * <p>A block that becomes empty is freed; half-empty ones are not merged. An inner block's first key counts as lower
 * than all others and is never compared, so that it may be out of date.
 *
 * <p><b>Thread:</b> one owner.
 *
 * <p><b>Allocation:</b> none while the records of blocks and levels do not grow.
 *
 * <p><b>Layout:</b> a block, 512 bytes, eight cache lines; an entry's slot is of a level in a leaf (height 0), of a block
 * above. Key and slot stand side by side, worst entry first, so that the top of an ordinary side (the header and seven
 * entries) is one pair of lines:
 *
 * <pre>
 *   0       4       8       12      16
 *   +-------+-------+-------+-------+
 *   | count | height| worse | better|   neighbours of a leaf
 *   +-------+-------+-------+-------+
 *   | key           | slot  |   -   |   31 entries of 16 bytes
 *   +---------------+-------+-------+
 * </pre>
 */
final class Ladders {
    static final int BLOCK_LENGTH = 512;
    static final int FANOUT = 31;
    static final int COUNT_OFFSET = 0;
    static final int HEIGHT_OFFSET = 4;
    static final int WORSE_OFFSET = 8;
    static final int BETTER_OFFSET = 12;
    static final int ENTRIES_OFFSET = 16;
    static final int ENTRY_LENGTH = 16;
    static final int SLOT_OFFSET = 8;

    /** A tree of full blocks of a quarter of this height fills the memory; sparse ones may grow higher. */
    private static final int MAX_HEIGHT = 16;

    private static final int KEPT_ON_SPLIT = FANOUT / 2;

    final Records blocks;
    private final UnsafeBuffer buffer;
    private final Levels levels;
    private final BookRecords books;
    private final int[] pathBlocks = new int[MAX_HEIGHT + 1];
    private final int[] pathIndexes = new int[MAX_HEIGHT + 1];

    Ladders(Levels levels, BookRecords books, int expectedSides) {
        blocks = new Records(BLOCK_LENGTH, expectedSides);
        buffer = blocks.buffer;
        this.levels = levels;
        this.books = books;
    }

    /**
     * Finds a level.
     *
     * @param side record offset of the side.
     * @param key of the price.
     * @return the level's slot, or {@link Records#NONE}.
     */
    int find(int side, long key) {
        if (books.root(side) == Records.NONE) {
            return Records.NONE;
        }
        int leaf = blocks.offset(leafFor(side, key));
        int index = position(leaf, key, 0);
        return index >= 0 && key(leaf, index) == key ? slot(leaf, index) : Records.NONE;
    }

    /**
     * Finds a level or makes it, without orders and size.
     *
     * @param side record offset of the side.
     * @param key of the price.
     * @param sideName what {@link Levels} remembers to find the side again.
     * @return the level's slot, or {@link Records#NONE} when there is no more room.
     */
    int findOrAdd(int side, long key, int sideName) {
        int root = books.root(side);
        if (root == Records.NONE) {
            return addFirst(side, key, sideName);
        }
        int leaf = leafFor(side, key);
        int offset = blocks.offset(leaf);
        int index = position(offset, key, 0);
        if (index >= 0 && key(offset, index) == key) {
            return slot(offset, index);
        }
        if (count(offset) == FANOUT && !canSplit(side)) {
            return Records.NONE;
        }
        int level = levels.add(key, sideName);
        if (level != Records.NONE) {
            books.levelCount(side, books.levelCount(side) + 1);
            if (count(offset) < FANOUT) {
                insert(offset, index + 1, key, level);
            } else {
                descend(side, key);
                insertFull(side, 0, index + 1, key, level);
            }
        }
        return level;
    }

    /**
     * Takes a level out of its side and frees it.
     *
     * @param side record offset of the side.
     * @param key of the level.
     */
    void remove(int side, long key) {
        int leaf = leafFor(side, key);
        int offset = blocks.offset(leaf);
        int index = position(offset, key, 0);
        levels.free(slot(offset, index));
        books.levelCount(side, books.levelCount(side) - 1);
        if (count(offset) > 1) {
            removeAt(offset, index);
        } else {
            descend(side, key);
            removeLeaf(side, leaf);
        }
    }

    /**
     * The best level of a side.
     *
     * @param side record offset of the side.
     * @return its slot, or {@link Records#NONE} for an empty side.
     */
    int best(int side) {
        int top = books.top(side);
        if (top == Records.NONE) {
            return Records.NONE;
        }
        int offset = blocks.offset(top);
        return slot(offset, count(offset) - 1);
    }

    /** Reads the best entry of a side, without a search: 0 when it has none. */
    int touchTop(int side) {
        return Math.max(best(side), 0);
    }

    int count(int block) {
        return buffer.getInt(block + COUNT_OFFSET);
    }

    int slot(int block, int index) {
        return buffer.getInt(entry(block, index) + SLOT_OFFSET);
    }

    int worse(int block) {
        return buffer.getInt(block + WORSE_OFFSET);
    }

    private static int entry(int block, int index) {
        return block + ENTRIES_OFFSET + index * ENTRY_LENGTH;
    }

    private long key(int block, int index) {
        return buffer.getLong(entry(block, index));
    }

    /** The last entry whose key is not above this one's; {@code from - 1} when all are. */
    private int position(int block, long key, int from) {
        int index = count(block) - 1;
        while (index - 8 >= from && key(block, index - 8) > key) {
            index -= 8;
        }
        while (index >= from && key(block, index) > key) {
            index--;
        }
        return index;
    }

    /** Nearly always the block with the best prices. */
    private int leafFor(int side, long key) {
        int top = books.top(side);
        if (top == books.root(side) || key >= key(blocks.offset(top), 0)) {
            return top;
        }
        return descend(side, key);
    }

    private int descend(int side, long key) {
        int block = books.root(side);
        int height = buffer.getInt(blocks.offset(block) + HEIGHT_OFFSET);
        pathBlocks[height] = block;
        while (height > 0) {
            int offset = blocks.offset(block);
            int index = position(offset, key, 1);
            pathIndexes[height] = index;
            block = slot(offset, index);
            height--;
            pathBlocks[height] = block;
        }
        return block;
    }

    private int addFirst(int side, long key, int sideName) {
        int block = blocks.allocate();
        if (block == Records.NONE) {
            return Records.NONE;
        }
        int level = levels.add(key, sideName);
        if (level == Records.NONE) {
            blocks.free(block);
            return Records.NONE;
        }
        int offset = blocks.offset(block);
        buffer.putInt(offset + COUNT_OFFSET, 0);
        buffer.putInt(offset + HEIGHT_OFFSET, 0);
        buffer.putInt(offset + WORSE_OFFSET, Records.NONE);
        buffer.putInt(offset + BETTER_OFFSET, Records.NONE);
        insert(offset, 0, key, level);
        books.root(side, block);
        books.top(side, block);
        books.levelCount(side, 1);
        return level;
    }

    private boolean canSplit(int side) {
        int height = buffer.getInt(blocks.offset(books.root(side)) + HEIGHT_OFFSET);
        return height < MAX_HEIGHT && blocks.hasRoomFor(height + 2);
    }

    private void insert(int block, int index, long key, int slot) {
        int count = count(block);
        for (int i = count; i > index; i--) {
            buffer.putLong(entry(block, i), key(block, i - 1));
            buffer.putInt(entry(block, i) + SLOT_OFFSET, slot(block, i - 1));
        }
        buffer.putLong(entry(block, index), key);
        buffer.putInt(entry(block, index) + SLOT_OFFSET, slot);
        buffer.putInt(block + COUNT_OFFSET, count + 1);
    }

    private void removeAt(int block, int index) {
        int count = count(block) - 1;
        for (int i = index; i < count; i++) {
            buffer.putLong(entry(block, i), key(block, i + 1));
            buffer.putInt(entry(block, i) + SLOT_OFFSET, slot(block, i + 1));
        }
        buffer.putInt(block + COUNT_OFFSET, count);
    }

    /** Splits the full block of the path at this height, and those above it as far as they are full too. */
    private void insertFull(int side, int height, int index, long key, int slot) {
        int block = pathBlocks[height];
        int offset = blocks.offset(block);
        int rightBlock = blocks.allocate();
        int right = blocks.offset(rightBlock);
        buffer.putBytes(right, buffer, offset, BLOCK_LENGTH);
        moveUp(right, KEPT_ON_SPLIT);
        buffer.putInt(offset + COUNT_OFFSET, KEPT_ON_SPLIT);
        if (height == 0) {
            link(side, block, rightBlock);
        }
        if (index > KEPT_ON_SPLIT) {
            insert(right, index - KEPT_ON_SPLIT, key, slot);
        } else {
            insert(offset, index, key, slot);
        }
        if (block == books.root(side)) {
            addRoot(side, height + 1, block, rightBlock);
        } else {
            int parent = blocks.offset(pathBlocks[height + 1]);
            int parentIndex = pathIndexes[height + 1] + 1;
            if (count(parent) < FANOUT) {
                insert(parent, parentIndex, key(right, 0), rightBlock);
            } else {
                insertFull(side, height + 1, parentIndex, key(right, 0), rightBlock);
            }
        }
    }

    /** Drops a block's first entries. */
    private void moveUp(int block, int dropped) {
        int count = FANOUT - dropped;
        for (int i = 0; i < count; i++) {
            buffer.putLong(entry(block, i), key(block, i + dropped));
            buffer.putInt(entry(block, i) + SLOT_OFFSET, slot(block, i + dropped));
        }
        buffer.putInt(block + COUNT_OFFSET, count);
    }

    private void link(int side, int left, int right) {
        int leftOffset = blocks.offset(left);
        int rightOffset = blocks.offset(right);
        int better = buffer.getInt(leftOffset + BETTER_OFFSET);
        buffer.putInt(leftOffset + BETTER_OFFSET, right);
        buffer.putInt(rightOffset + WORSE_OFFSET, left);
        buffer.putInt(rightOffset + BETTER_OFFSET, better);
        if (better == Records.NONE) {
            books.top(side, right);
        } else {
            buffer.putInt(blocks.offset(better) + WORSE_OFFSET, right);
        }
    }

    private void addRoot(int side, int height, int left, int right) {
        int root = blocks.allocate();
        int offset = blocks.offset(root);
        buffer.putInt(offset + COUNT_OFFSET, 0);
        buffer.putInt(offset + HEIGHT_OFFSET, height);
        insert(offset, 0, key(blocks.offset(left), 0), left);
        insert(offset, 1, key(blocks.offset(right), 0), right);
        books.root(side, root);
    }

    private void removeLeaf(int side, int leaf) {
        int offset = blocks.offset(leaf);
        int worse = buffer.getInt(offset + WORSE_OFFSET);
        int better = buffer.getInt(offset + BETTER_OFFSET);
        if (worse != Records.NONE) {
            buffer.putInt(blocks.offset(worse) + BETTER_OFFSET, better);
        }
        if (better != Records.NONE) {
            buffer.putInt(blocks.offset(better) + WORSE_OFFSET, worse);
        } else {
            books.top(side, worse);
        }
        int root = books.root(side);
        int height = 0;
        int block = leaf;
        while (block != root) {
            blocks.free(block);
            height++;
            block = pathBlocks[height];
            int parent = blocks.offset(block);
            if (count(parent) > 1) {
                removeAt(parent, pathIndexes[height]);
                lowerRoot(side);
                return;
            }
        }
        blocks.free(root);
        books.root(side, Records.NONE);
    }

    private void lowerRoot(int side) {
        int root = books.root(side);
        int offset = blocks.offset(root);
        while (buffer.getInt(offset + HEIGHT_OFFSET) > 0 && count(offset) == 1) {
            int child = slot(offset, 0);
            blocks.free(root);
            root = child;
            offset = blocks.offset(root);
        }
        books.root(side, root);
    }
}

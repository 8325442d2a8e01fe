// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.journal;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.nio.ByteBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A piece of a cycle's file in memory: a small one behind a search, longer and longer ones while it is read on.
 *
 * <p><b>Thread:</b> one owner: the reader's.
 *
 * <p><b>Allocation:</b> none after construction.
 */
final class FileWindow {
    /** Holds the longest record, and a hundred of the usual ones. */
    static final int CAPACITY = 256 << 10;

    private static final int FIRST = 16 << 10;

    private final ByteBuffer bytes = ByteBuffer.allocateDirect(CAPACITY);
    private final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
    private long start;
    private int length;
    private int ahead = FIRST;

    /** What is looked at next is somewhere else. */
    void clear() {
        length = 0;
        ahead = FIRST;
    }

    /** Has octets of the file here; false when it ends before. */
    boolean take(CycleFile file, long at, int octets) {
        if (!holds(at, octets)) {
            load(file, at, Math.max(octets, ahead));
            ahead = Math.min(CAPACITY, ahead * 2);
        }
        return holds(at, octets);
    }

    /** Reads octets once more: they may have been written meanwhile. */
    boolean takeAgain(CycleFile file, long at, int octets) {
        load(file, at, octets);
        ahead = FIRST;
        return holds(at, octets);
    }

    int getInt(long at) {
        return buffer.getInt(offset(at), LITTLE_ENDIAN);
    }

    /** Where in {@link #buffer} an octet of the file is that was taken. */
    int offset(long at) {
        return (int) (at - start);
    }

    UnsafeBuffer buffer() {
        return buffer;
    }

    /** The position behind the last octet that is here. */
    long end() {
        return start + length;
    }

    private boolean holds(long at, int octets) {
        return at >= start && at + octets <= start + length;
    }

    private void load(CycleFile file, long at, int octets) {
        bytes.clear().limit(octets);
        start = at;
        length = file.read(bytes, at);
    }
}

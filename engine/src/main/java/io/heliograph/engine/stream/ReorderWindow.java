// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

import java.nio.ByteBuffer;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Keeps packets that came ahead of their turn, in the order of epoch and sequence, in memory taken once.
 *
 * <p>Packets lie in a ring of octets in the order of their arrival; a sorted array of slots gives the order of delivery.
 * Arrival is nearly sorted already, so taking one in costs a copy and a look at the last slot. A record of the ring is
 * { i32 length of the record, i32 its slot or FREED, the packet }, so the ring also tells which packet came first.
 *
 * <p><b>Thread:</b> one owner: the thread that polls.
 *
 * <p><b>Allocation:</b> none after construction.
 *
 * <p><b>Failure:</b> {@link #FULL}; nothing is thrown.
 */
final class ReorderWindow {
    /** The packet was taken in. */
    static final int HELD = 0;

    /** All of the packet was there already. */
    static final int DUPLICATE = 1;

    /** No room for another packet: give up the oldest gap first. */
    static final int FULL = 2;

    private static final int RECORD_HEADER = 8;
    private static final int FREED = -1;

    private final UnsafeBuffer ring;
    private final int capacity;
    private long head;
    private long tail;
    /** No record before this one holds a packet of {@link #oldestEpoch}. */
    private long oldest;

    private long oldestEpoch;

    private final int[] order;
    private int first;
    private int size;
    private int lastPlace;

    private final int[] freeSlots;
    private int freeCount;
    private final long[] epochs;
    private final long[] sequences;
    private final long[] ends;
    private final long[] arrivalsNs;
    private final int[] offsets;
    private final int[] lengths;
    private final int[] lines;

    /**
     * @param maxPackets held at once, at least 1.
     * @param capacityBytes of the ring, a power of two.
     */
    ReorderWindow(int maxPackets, int capacityBytes) {
        capacity = BitUtil.findNextPositivePowerOfTwo(capacityBytes);
        ring = new UnsafeBuffer(ByteBuffer.allocateDirect(capacity));
        order = new int[maxPackets * 2];
        freeSlots = new int[maxPackets];
        epochs = new long[maxPackets];
        sequences = new long[maxPackets];
        ends = new long[maxPackets];
        arrivalsNs = new long[maxPackets];
        offsets = new int[maxPackets];
        lengths = new int[maxPackets];
        lines = new int[maxPackets];
        for (int i = 0; i < maxPackets; i++) {
            freeSlots[freeCount++] = maxPackets - 1 - i;
        }
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** Whether the first that waits is of this epoch. */
    boolean isHolding(long epoch) {
        return size > 0 && headEpoch() == epoch;
    }

    int size() {
        return size;
    }

    DirectBuffer buffer() {
        return ring;
    }

    long headEpoch() {
        return epochs[order[first]];
    }

    long headSequence() {
        return sequences[order[first]];
    }

    long headEnd() {
        return ends[order[first]];
    }

    int headOffset() {
        return offsets[order[first]];
    }

    int headLength() {
        return lengths[order[first]];
    }

    int headLine() {
        return lines[order[first]];
    }

    /** The epoch of a packet that waits, in the order of delivery: 0 for the head. */
    long epochAt(int place) {
        return epochs[order[first + place]];
    }

    long sequenceAt(int place) {
        return sequences[order[first + place]];
    }

    long endAt(int place) {
        return ends[order[first + place]];
    }

    long arrivalNsAt(int place) {
        return arrivalsNs[order[first + place]];
    }

    /** Lets go all that waits but what one line brought. */
    void clearBut(int line) {
        int kept = 0;
        for (int i = first; i < first + size; i++) {
            int slot = order[i];
            if (lines[slot] == line) {
                order[first + kept++] = slot;
            } else {
                free(slot);
            }
        }
        size = kept;
        advanceHead();
    }

    /**
     * When the first of the packets of an epoch that are still here came; every one of them shows a gap since then. Looks at
     * each record once, however often it is asked.
     */
    long earliestArrivalNs(long epoch) {
        if (epoch != oldestEpoch || oldest < head) {
            oldestEpoch = epoch;
            oldest = head;
        }
        while (oldest != tail) {
            int at = (int) (oldest & (capacity - 1));
            int slot = ring.getInt(at + 4);
            if (slot != FREED && epochs[slot] == epoch) {
                return arrivalsNs[slot];
            }
            oldest += ring.getInt(at);
        }
        return Long.MAX_VALUE;
    }

    /** The sequence behind the last message of an epoch that is here; 0 when there is none. */
    long endOf(long epoch) {
        long end = 0;
        for (int i = first; i < first + size; i++) {
            int slot = order[i];
            if (epochs[slot] == epoch && ends[slot] > end) {
                end = ends[slot];
            }
        }
        return end;
    }

    /**
     * How many messages of the packet that was taken in last had been missing: others of its epoch behind them were here,
     * or announced.
     *
     * @param announced the highest sequence to expect that was announced.
     */
    long filledByLast(long announced) {
        int slot = order[lastPlace];
        long from = sequences[slot];
        long to = announced;
        if (lastPlace > first && epochs[order[lastPlace - 1]] == epochs[slot]) {
            from = Math.max(from, ends[order[lastPlace - 1]]);
        }
        if (lastPlace + 1 < first + size && epochs[order[lastPlace + 1]] == epochs[slot]) {
            to = sequences[order[lastPlace + 1]];
        }
        return Math.max(0, Math.min(ends[slot], to) - from);
    }

    /**
     * Takes a packet in.
     *
     * @return {@link #HELD}, {@link #DUPLICATE} or {@link #FULL}.
     */
    int hold(long epoch, long sequence, long end, int line, long nowNs, DirectBuffer from, int offset, int length) {
        int place = placeOf(epoch, sequence);
        if (place > first && covers(order[place - 1], epoch, end)) {
            return DUPLICATE;
        }
        if (freeCount == 0) {
            return FULL;
        }
        int at = allocate(length);
        if (at < 0) {
            return FULL;
        }
        ring.putBytes(at, from, offset, length);
        int slot = freeSlots[--freeCount];
        ring.putInt(at - RECORD_HEADER + 4, slot);
        epochs[slot] = epoch;
        sequences[slot] = sequence;
        ends[slot] = end;
        arrivalsNs[slot] = nowNs;
        offsets[slot] = at;
        lengths[slot] = length;
        lines[slot] = line;
        insert(place, slot);
        return HELD;
    }

    void removeHead() {
        size--;
        free(order[first++]);
        advanceHead();
    }

    private void free(int slot) {
        freeSlots[freeCount++] = slot;
        ring.putInt(offsets[slot] - RECORD_HEADER + 4, FREED);
    }

    private void advanceHead() {
        if (size == 0) {
            // All of the ring in one piece again: a long packet must not find its end in the way.
            first = 0;
            head = 0;
            tail = 0;
            oldest = 0;
            return;
        }
        while (head != tail) {
            int at = (int) (head & (capacity - 1));
            if (ring.getInt(at + 4) != FREED) {
                return;
            }
            head += ring.getInt(at);
        }
    }

    /** Where a packet goes: behind all that are not after it. Nearly always that is the end. */
    private int placeOf(long epoch, long sequence) {
        int low = first;
        int high = first + size;
        if (size == 0 || !isAfter(order[high - 1], epoch, sequence)) {
            return high;
        }
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (isAfter(order[middle], epoch, sequence)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    private boolean isAfter(int slot, long epoch, long sequence) {
        return epochs[slot] > epoch || (epochs[slot] == epoch && sequences[slot] > sequence);
    }

    private boolean covers(int slot, long epoch, long end) {
        return epochs[slot] == epoch && ends[slot] >= end;
    }

    private void insert(int place, int slot) {
        int at = place;
        if (first + size == order.length) {
            System.arraycopy(order, first, order, 0, size);
            at -= first;
            first = 0;
        }
        System.arraycopy(order, at, order, at + 1, first + size - at);
        order[at] = slot;
        lastPlace = at;
        size++;
    }

    /** Finds room behind the youngest record, padding over the ring's end; returns -1 without room. */
    private int allocate(int length) {
        int needed = BitUtil.align(RECORD_HEADER + length, RECORD_HEADER);
        int at = (int) (tail & (capacity - 1));
        int toEnd = capacity - at;
        int padding = needed > toEnd ? toEnd : 0;
        if (tail + padding + needed - head > capacity) {
            return -1;
        }
        if (padding > 0) {
            ring.putInt(at, padding);
            ring.putInt(at + 4, FREED);
            tail += padding;
            at = 0;
        }
        ring.putInt(at, needed);
        tail += needed;
        return at + RECORD_HEADER;
    }
}

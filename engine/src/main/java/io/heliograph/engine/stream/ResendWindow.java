// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

import static org.agrona.BitUtil.SIZE_OF_LONG;

import io.heliograph.engine.wire.PacketFlyweight;
import io.heliograph.engine.wire.PacketKind;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.agrona.UnsafeApi;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The last packets of a publication, so that what a failed line did not bring can be sent again on another one, and what was lost
 * on the way to whoever asks for it.
 *
 * <p>A place is counted in octets since the first packet and only grows. The oldest packets give way to new ones. Every tick
 * notes the place that was reached, so a place can be found by the time at which packets left.
 *
 * <p><b>Layout:</b> i32 length, 4 octets unused, the packet, aligned to 8; no record crosses the end of the memory.
 *
 * <p><b>Thread:</b> one owner: the publication's thread.
 *
 * <p><b>Allocation:</b> all in the constructor; the system gives memory as it is first written.
 */
final class ResendWindow implements AutoCloseable {
    /** No window is larger, however fast its stream. */
    static final int MAX_CAPACITY = 64 << 20;

    /** Every window holds many of the longest packets. */
    static final int MIN_CAPACITY = 1 << 20;

    private static final int HEADER_LENGTH = SIZE_OF_LONG;

    /** So much memory is used before it is used again, however slow the stream. */
    private static final int MIN_LAP = 256 << 10;

    private final int capacity;
    private final long windowNs;
    private final long address;
    private final UnsafeBuffer memory;
    private final long[] markNs;
    private final long[] markPlaces;
    private int marks;
    private int nextMark;
    private long end;
    private long oldest;
    private long lap;
    private long lapBefore;
    private boolean isClosed;

    /**
     * @param capacity octets, at least {@link #MIN_CAPACITY}.
     * @param windowNs what is older is not sent again.
     * @param tickNs how often a place is noted.
     */
    ResendWindow(int capacity, long windowNs, long tickNs) {
        this.capacity = BitUtil.align(capacity, SIZE_OF_LONG);
        this.windowNs = windowNs;
        this.address = UnsafeApi.allocateMemory(this.capacity);
        this.memory = new UnsafeBuffer(address, this.capacity);
        this.markNs = new long[(int) (windowNs / tickNs) + 2];
        this.markPlaces = new long[markNs.length];
    }

    /**
     * The octets that hold what a stream sends in a time.
     *
     * @param rateBps bits per second, packets and all; 0 when nobody has said it.
     * @param windowNs the time.
     * @return twice as many as needed, within the bounds; the upper one where nobody has said the rate.
     */
    static int capacityFor(long rateBps, long windowNs) {
        double octets = 2.0 * rateBps / Byte.SIZE * windowNs / 1e9;
        return rateBps == 0 ? MAX_CAPACITY : (int) Math.min(MAX_CAPACITY, Math.max(MIN_CAPACITY, octets));
    }

    /** Keeps a packet; the oldest give way. */
    void append(DirectBuffer packet, int offset, int length) {
        int record = record(length);
        int at = (int) (end - lap);
        if (at + record > capacity) {
            lapBefore = lap;
            lap = end;
            oldest = Math.max(oldest, lapBefore);
            at = 0;
        }
        makeRoom(at + record);
        memory.putInt(at, length);
        memory.putBytes(at + HEADER_LENGTH, packet, offset, length);
        end += record;
    }

    /** Whether a packet can be kept without giving up what stands at a place. */
    boolean canKeep(int length, long place) {
        int record = record(length);
        int at = (int) (end - lap);
        if (place == end) {
            return true;
        }
        boolean isWrapping = at + record > capacity;
        if (place >= lap) {
            return !isWrapping || place - lap >= record;
        }
        return !isWrapping && place - lapBefore >= at + record;
    }

    /** Notes how far the publication is, and that what left too long ago is not sent again. */
    void onTick(long nowNs) {
        markNs[nextMark] = nowNs;
        markPlaces[nextMark] = end;
        nextMark = nextMark + 1 == markNs.length ? 0 : nextMark + 1;
        marks = Math.min(marks + 1, markNs.length);
    }

    /**
     * Goes on at the beginning of the memory where all that stands before the last tick but a window's is too old to be sent again:
     * so a stream writes to no more memory than what it sends in that time takes. Nobody may be reading older packets.
     */
    void restart(long nowNs) {
        boolean isFull = marks == markNs.length && nowNs - windowNs - markNs[nextMark] > 0;
        if (isFull && end - lap >= MIN_LAP && markPlaces[nextMark] > lap) {
            lapBefore = lap;
            lap = end;
            oldest = Math.max(oldest, lapBefore);
        }
    }

    /** The first message that is kept, in a window of one stream; 0 while there is none. */
    long firstSequence() {
        long place = oldest;
        while (place != end && !isData(place)) {
            place = next(place);
        }
        return place == end ? 0 : PacketFlyweight.sequence(memory, offset(place));
    }

    /**
     * The place of the first packet of data, in a window of one stream, that ends behind a message.
     *
     * @param sequence of the message; it need not be kept.
     * @return {@link #end} where none does.
     */
    long placeOf(long sequence) {
        int low = 1;
        int high = marks + 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (isNotBehind(mark(middle), sequence)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        long place = low > marks ? oldest : held(mark(low));
        while (place != end && (!isData(place) || sequenceBehind(place) <= sequence)) {
            place = next(place);
        }
        return place;
    }

    /** Whether a packet holds messages. */
    boolean isData(long place) {
        return PacketFlyweight.kind(memory, offset(place)) == PacketKind.DATA;
    }

    /** The sequence behind the messages of a packet of data. */
    long sequenceBehind(long place) {
        int offset = offset(place);
        return PacketFlyweight.sequence(memory, offset) + PacketFlyweight.count(memory, offset);
    }

    /** The place behind the last packet. */
    long end() {
        return end;
    }

    /**
     * The place from which on everything left within a time.
     *
     * @param ageNs how long ago; more than the window is the window.
     * @param nowNs the time, of the clock that gave the ticks theirs.
     * @return a place that is still held, at most {@link #end}.
     */
    long placeAgo(long ageNs, long nowNs) {
        long fromNs = nowNs - Math.min(ageNs, windowNs);
        for (int i = 1; i <= marks; i++) {
            if (markNs[markIndex(i)] - fromNs < 0) {
                return held(mark(i));
            }
        }
        return held(0);
    }

    private boolean isNotBehind(long place, long sequence) {
        return place <= oldest || (place < end && PacketFlyweight.sequence(memory, offset(place)) <= sequence);
    }

    /** The place that was noted at the last tick but so many, 1 for the last. */
    private long mark(int ago) {
        return markPlaces[markIndex(ago)];
    }

    private int markIndex(int ago) {
        return nextMark - ago < 0 ? nextMark - ago + markNs.length : nextMark - ago;
    }

    /** The place itself, or the oldest that is still held. */
    long held(long place) {
        return Math.max(place, oldest);
    }

    /** The memory that holds packets. */
    UnsafeBuffer memory() {
        return memory;
    }

    /** Where a packet begins in the memory, by its place. */
    int offset(long place) {
        return physical(place) + HEADER_LENGTH;
    }

    /** How long a packet is, octets. */
    int length(long place) {
        return memory.getInt(physical(place));
    }

    /** The place of the packet behind. */
    long next(long place) {
        return place + record(length(place));
    }

    @Override
    public void close() {
        if (!isClosed) {
            isClosed = true;
            memory.wrap(0, 0);
            UnsafeApi.freeMemory(address);
        }
    }

    /** Gives up records of the lap before that stand where the next one comes. */
    private void makeRoom(int upTo) {
        while (oldest < lap && oldest - lapBefore < upTo) {
            oldest = next(oldest);
        }
    }

    private int physical(long place) {
        return (int) (place - (place >= lap ? lap : lapBefore));
    }

    private static int record(int length) {
        return BitUtil.align(HEADER_LENGTH + length, SIZE_OF_LONG);
    }
}

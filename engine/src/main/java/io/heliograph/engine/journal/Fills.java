// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.journal;

import io.heliograph.engine.wire.PacketFlyweight;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.agrona.CloseHelper;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What came too late for its place in a journal, as a reader finds it again: the second queue, and in memory where in it each
 * packet is.
 *
 * <p><b>Thread:</b> one owner: the reader's.
 *
 * <p><b>Allocation:</b> an entry for each packet that came too late; looked at with gaps only.
 */
final class Fills implements AutoCloseable {
    private final Path directory;
    private final NavigableMap<Key, Spot> spots = new TreeMap<>();
    private final Map<Long, Long> ends = new HashMap<>();
    private @Nullable RecordCursor follower;
    private @Nullable RecordCursor cursor;
    private long longest;

    /** Where a packet of an epoch begins; of two that begin alike the longer one is kept. */
    private record Key(long epoch, long first) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            int byEpoch = Long.compare(epoch, other.epoch);
            return byEpoch != 0 ? byEpoch : Long.compare(first, other.first);
        }
    }

    /** Where a packet is. */
    private record Spot(int cycle, long record, long position) {}

    Fills(Path journal) {
        this.directory = StreamJournal.fills(journal);
    }

    /**
     * Finds the packet that has the lowest of the messages {@code first} to {@code last}, and takes it.
     *
     * @return false when there is none with any of them.
     */
    boolean find(long epoch, long first, long last) {
        refresh();
        RecordCursor reads = cursor;
        if (reads == null) {
            return false;
        }
        // One that begins before may reach into the range.
        Key from = new Key(epoch, Math.max(1, first - longest));
        Key to = new Key(epoch, last);
        for (Spot each : spots.subMap(from, true, to, true).values()) {
            if (isTaken(reads, each) && end() > first) {
                return true;
            }
        }
        return false;
    }

    /** The highest sequence of an epoch that is here, plus one; 1 when none is. */
    long endOf(long epoch) {
        refresh();
        return ends.getOrDefault(epoch, 1L);
    }

    /** The packet that was found, from 0 on. */
    UnsafeBuffer packet() {
        RecordCursor reads = cursor;
        if (reads == null) {
            throw new IllegalStateException("nothing was found");
        }
        return reads.packet();
    }

    long first() {
        return PacketFlyweight.sequence(packet(), 0);
    }

    /** The sequence behind the last message of the packet that was found. */
    long end() {
        return first() + PacketFlyweight.count(packet(), 0);
    }

    @Override
    public void close() {
        CloseHelper.quietCloseAll(follower, cursor);
    }

    private void refresh() {
        RecordCursor reads = follower;
        if (reads == null) {
            if (!Files.isDirectory(directory)) {
                return;
            }
            CycleList cycles = new CycleList(directory);
            cursor = new RecordCursor(directory, cycles);
            reads = new RecordCursor(directory, cycles);
            follower = reads;
        }
        for (int kind = reads.next(); kind != RecordCursor.NONE; kind = reads.next()) {
            if (kind == RecordCursor.PACKET) {
                note(reads);
            }
        }
    }

    private void note(RecordCursor reads) {
        int count = PacketFlyweight.count(reads.packet(), 0);
        Key key = new Key(PacketFlyweight.epoch(reads.packet(), 0), PacketFlyweight.sequence(reads.packet(), 0));
        longest = Math.max(longest, count);
        ends.merge(key.epoch(), key.first() + count, Math::max);
        Spot known = spots.get(key);
        if (known == null || count > countAt(known)) {
            spots.put(key, new Spot(reads.cycle(), reads.record(), reads.position()));
        }
    }

    private int countAt(Spot spot) {
        RecordCursor looks = cursor;
        return looks == null || !isTaken(looks, spot) ? 0 : PacketFlyweight.count(looks.packet(), 0);
    }

    private static boolean isTaken(RecordCursor by, Spot spot) {
        return by.moveTo(spot.cycle(), spot.record(), spot.position()) && by.next() == RecordCursor.PACKET;
    }
}

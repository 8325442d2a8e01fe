// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.journal;

import io.heliograph.engine.wire.BufferCrc;
import io.heliograph.engine.wire.PacketFlyweight;
import java.nio.file.Path;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.wire.DocumentContext;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Writes records: the packet's octets go once, from the caller's buffer to the mapped file. Writes the places beside.
 *
 * <p><b>Thread:</b> one owner: the appending thread.
 *
 * <p><b>Allocation:</b> none but with a new cycle.
 */
final class RecordWriter implements AutoCloseable {
    private final Path directory;
    private final JournalClock clock;
    private final boolean hasPlaces;
    private @Nullable SingleChronicleQueue queue;
    private @Nullable ExcerptAppender appender;
    private final UnsafeBuffer target = new UnsafeBuffer(0, 0);
    private final BufferCrc crc = new BufferCrc();
    private @Nullable Places places;
    private int cycle = -1;
    private long records;
    private long begin;
    private long position;

    private RecordWriter(Path directory, JournalClock clock, boolean hasPlaces) {
        this.directory = directory;
        this.clock = clock;
        this.hasPlaces = hasPlaces;
    }

    /** Of a journal: the first record begins a cycle. */
    static RecordWriter withPlaces(Path directory, JournalClock clock) {
        return new RecordWriter(directory, clock, true);
    }

    /** Of what is read from its start only. */
    static RecordWriter withoutPlaces(Path directory, JournalClock clock) {
        return new RecordWriter(directory, clock, false);
    }

    /** The cycle that was written to last; -1: none so far. */
    int cycle() {
        return cycle;
    }

    /** Where in the cycle's file the last record ends, octets. */
    long position() {
        return position;
    }

    /**
     * Writes a packet.
     *
     * @param latestSentNs the latest time that a packet before it was sent.
     */
    void write(DirectBuffer packet, int offset, int length, long latestSentNs) {
        ExcerptAppender open = appender == null ? open() : appender;
        try (DocumentContext document = open.writingDocument()) {
            try {
                put(document, packet, offset, length);
            } catch (RuntimeException | Error refused) {
                document.rollbackOnClose();
                throw refused;
            }
        }
        if (open.cycle() != cycle) {
            roll(open);
        }
        Places beside = places;
        if (records % Place.SPACING == 0 && beside != null) {
            long sequence = PacketFlyweight.sequence(packet, offset);
            beside.add(records, sequence, PacketFlyweight.epoch(packet, offset), latestSentNs, begin);
        }
        records++;
    }

    @Override
    public void close() {
        CloseHelper.quietCloseAll(appender, queue, places);
    }

    private void put(DocumentContext document, DirectBuffer packet, int offset, int length) {
        int recordLength = RecordFlyweight.HEADER_LENGTH + length;
        Bytes<?> bytes = document.wire().bytes();
        long at = bytes.writePosition();
        bytes.ensureCapacity(at + recordLength);
        target.wrap(bytes.addressForWrite(at), recordLength);
        RecordFlyweight.header(target, 0, length, crc.of(packet, offset, length));
        target.putBytes(RecordFlyweight.HEADER_LENGTH, packet, offset, length);
        bytes.writeSkip(recordLength);
        begin = at;
        position = at + recordLength;
    }

    /** Before the first record comes, which has no time to wait for it; of a journal that is stopped, which has no room, with that. */
    ExcerptAppender open() {
        SingleChronicleQueue made = JournalQueue.append(directory, clock);
        queue = made;
        ExcerptAppender first = made.createAppender();
        appender = first;
        return first;
    }

    private void roll(ExcerptAppender open) {
        CloseHelper.close(places);
        cycle = open.cycle();
        records = 0;
        if (hasPlaces) {
            places = Places.append(directory, cycle);
            places.truncate(0);
        }
    }
}

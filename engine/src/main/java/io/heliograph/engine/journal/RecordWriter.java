// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.journal;

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
    private final @Nullable Path directory;
    private final ExcerptAppender appender;
    private final UnsafeBuffer target = new UnsafeBuffer(0, 0);
    private final PacketCrc crc = new PacketCrc();
    private @Nullable Places places;
    private int cycle = -1;
    private long records;
    private long begin;
    private long position;

    private RecordWriter(@Nullable Path directory, SingleChronicleQueue queue) {
        this.directory = directory;
        this.appender = queue.createAppender();
    }

    /** Over the queue in a directory. */
    static RecordWriter withPlaces(Path directory, SingleChronicleQueue queue) {
        return new RecordWriter(directory, queue);
    }

    /** Over a queue that is read from its start only. */
    static RecordWriter withoutPlaces(SingleChronicleQueue queue) {
        return new RecordWriter(null, queue);
    }

    /** Goes on in a cycle that has records. */
    void goOn(int lastCycle, Places lastPlaces, long lastRecords) {
        cycle = lastCycle;
        places = lastPlaces;
        records = lastRecords;
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
        try (DocumentContext document = appender.writingDocument()) {
            try {
                put(document, packet, offset, length);
            } catch (RuntimeException | Error refused) {
                document.rollbackOnClose();
                throw refused;
            }
        }
        if (appender.cycle() != cycle) {
            roll(appender.cycle());
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
        CloseHelper.closeAll(appender, places);
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

    private void roll(int to) {
        CloseHelper.close(places);
        cycle = to;
        records = Cycles.record(appender.lastIndexAppended());
        if (directory != null) {
            places = Places.append(directory, to);
            places.truncate(0);
        }
    }
}

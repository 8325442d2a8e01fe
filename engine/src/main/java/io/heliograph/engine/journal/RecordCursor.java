// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.journal;

import io.heliograph.engine.wire.PacketFlyweight;
import io.heliograph.engine.wire.PacketFraming;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.wire.DocumentContext;
import org.agrona.BitUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Walks over a queue's records and checks each: magic, length, CRC, the packet's framing.
 *
 * <p>A packet is copied once, from the mapped file into a buffer of its own: there the JDK's CRC can reach it, whoever gets
 * it can feed it to other checksums, and it stays what it was when it was checked.
 *
 * <p><b>Thread:</b> one owner.
 *
 * <p><b>Allocation:</b> none but Chronicle's: with a new cycle, and some hundred octets with each {@link #moveTo}.
 *
 * <p><b>Failure:</b> {@link #DAMAGED} for a record whose octets are not what was written, and {@link #problem} says why; a file
 * that cannot be walked over any further is a {@link JournalException}.
 */
final class RecordCursor implements AutoCloseable {
    /** Nothing there so far. */
    static final int NONE = 0;

    /** A packet that may be read. */
    static final int PACKET = 1;

    /** A record that may not. */
    static final int DAMAGED = 2;

    /** Octets ahead of a document; documents begin at multiples of it. */
    private static final int DOCUMENT_HEADER = 4;

    private final Path directory;
    private final ExcerptTailer tailer;
    private final UnsafeBuffer record = new UnsafeBuffer(0, 0);
    private final UnsafeBuffer packet = new UnsafeBuffer(ByteBuffer.allocateDirect(PacketFlyweight.MAX_PACKET_LENGTH));
    private final PacketCrc crc = new PacketCrc();
    private long index = -1;
    private int length;
    private long position;
    private String problem = "";
    /** The cycle whose file's length is known, and how long it is. */
    private int cycle = -1;

    private long fileLength;
    /** Where the next document's header is, if it is in this cycle; -1: not known. */
    private long nextPosition = -1;

    RecordCursor(Path directory, SingleChronicleQueue queue) {
        this.directory = directory;
        this.tailer = queue.createTailer();
    }

    /** Takes the next record. */
    int next() {
        if (nextPosition >= 0) {
            checkThere(nextPosition + DOCUMENT_HEADER);
        }
        try (DocumentContext document = tailer.readingDocument()) {
            if (!document.isPresent()) {
                return NONE;
            }
            Bytes<?> bytes = document.wire().bytes();
            int documentLength = (int) Math.min(Integer.MAX_VALUE, bytes.readRemaining());
            index = document.index();
            position = bytes.readPosition();
            onCycle(Cycles.cycle(index));
            checkThere(position + documentLength);
            nextPosition = BitUtil.align(position + documentLength, DOCUMENT_HEADER);
            record.wrap(bytes.addressForRead(bytes.readPosition()), documentLength);
            return take(documentLength);
        } catch (JournalException cut) {
            throw cut;
        } catch (RuntimeException | Error broken) {
            throw unreadable(broken);
        }
    }

    private int take(int documentLength) {
        problem = RecordFlyweight.problem(record, 0, documentLength);
        if (!problem.isEmpty()) {
            return DAMAGED;
        }
        length = RecordFlyweight.packetLength(record, 0);
        if (length > PacketFlyweight.MAX_PACKET_LENGTH) {
            problem = "it states a packet of " + length + " octets";
            return DAMAGED;
        }
        packet.putBytes(0, record, RecordFlyweight.HEADER_LENGTH, length);
        if (crc.of(packet, 0, length) != RecordFlyweight.crc(record, 0)) {
            problem = "its CRC-32C differs";
            return DAMAGED;
        }
        int framing = PacketFraming.check(packet, 0, length);
        if (framing != PacketFraming.OK) {
            problem = "its packet's framing is wrong (reason " + framing + ")";
            return DAMAGED;
        }
        return PACKET;
    }

    /** Moves so that {@link #next} takes the record of an index; false when there is none. */
    boolean moveTo(long to) {
        nextPosition = -1;
        try {
            return tailer.moveToIndex(to);
        } catch (RuntimeException | Error broken) {
            throw unreadable(broken);
        }
    }

    /** The same for a record whose place is known; false, too, when the file does not reach it. */
    boolean moveTo(long to, long at) {
        onCycle(Cycles.cycle(to));
        if (at + DOCUMENT_HEADER > fileLength && !isThere(at + DOCUMENT_HEADER)) {
            return false;
        }
        return moveTo(to);
    }

    void toStart() {
        nextPosition = -1;
        try {
            tailer.toStart();
        } catch (RuntimeException | Error broken) {
            throw unreadable(broken);
        }
    }

    /** Where in its cycle's file the record at hand begins. */
    long position() {
        return position;
    }

    /** Of the record at hand. */
    long index() {
        return index;
    }

    /** The packet at hand, from 0 on. */
    UnsafeBuffer packet() {
        return packet;
    }

    int length() {
        return length;
    }

    /** What is wrong with the record at hand: file, number, reason. */
    String problem() {
        return "record " + Cycles.record(index) + " of " + Cycles.file(directory, Cycles.cycle(index)) + " is damaged: "
                + problem;
    }

    @Override
    public void close() {
        tailer.close();
    }

    private void onCycle(int of) {
        if (cycle != of) {
            cycle = of;
            fileLength = 0;
            nextPosition = -1;
        }
    }

    /** What lies behind a mapped file's end is no memory: touching it is a fault that comes at any later moment. */
    private void checkThere(long end) {
        if (end > fileLength && !isThere(end)) {
            throw new JournalException("the journal cannot be read behind record " + Cycles.record(index) + " of "
                    + Cycles.file(directory, cycle) + ": the file was cut; journal verify says more");
        }
    }

    /** Whether the file is so long by now; one that was removed meanwhile can be read on. */
    private boolean isThere(long end) {
        try {
            fileLength = Files.size(Cycles.file(directory, cycle));
        } catch (NoSuchFileException removed) {
            fileLength = Long.MAX_VALUE;
        } catch (IOException failed) {
            throw unreadable(failed);
        }
        return end <= fileLength;
    }

    private JournalException unreadable(Throwable broken) {
        String where = index < 0
                ? "at the start of " + directory
                : "behind record " + Cycles.record(index) + " of " + Cycles.file(directory, Cycles.cycle(index));
        // A page behind the end of a mapped file is no memory: the JVM makes an internal error of it.
        String what = broken instanceof InternalError
                ? "the file was cut, or its disk does not answer"
                : JournalQueue.inOneLine(broken);
        return new JournalException(
                "the journal cannot be read " + where + " (" + what + "); journal verify says more", broken);
    }
}

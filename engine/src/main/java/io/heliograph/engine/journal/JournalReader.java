// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.journal;

import io.heliograph.engine.stream.PacketHandler;
import io.heliograph.engine.wire.ControlFlyweight;
import io.heliograph.engine.wire.PacketCut;
import io.heliograph.engine.wire.PacketFlyweight;
import io.heliograph.engine.wire.PacketKind;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Reads a stream's journal from any sequence or time on, as far as it has come, and follows it: data, gaps, seals and ends in
 * one order. Where the journal has a gap, what came too late is handed out in its place, and the rest of the gap as gaps.
 *
 * <pre>{@code
 * if (reader.seek(epoch, sequence)) {
 *     while (running) {
 *         idle.idle(reader.poll(handler, 64));
 *     }
 * }
 * }</pre>
 *
 * <p>A cycle that was removed while it was read, or a damaged record, is a gap like any other; the latter is told by an
 * exception before.
 *
 * <p><b>Thread:</b> one owner; any number of readers, in any process, beside one appender.
 *
 * <p><b>Allocation:</b> none in {@link #poll} but with a new cycle and in gaps; some hundred octets with each search.
 *
 * <p><b>Failure:</b> a {@link JournalException} names file and record; the next poll goes on behind it.
 */
public final class JournalReader implements AutoCloseable {
    private final Path directory;
    private final RecordCursor cursor;
    private final PlaceIndex places;
    private final Fills fills;
    private final JournalTail tail;
    private final UnsafeBuffer made = new UnsafeBuffer(ByteBuffer.allocateDirect(PacketFlyweight.MAX_PACKET_LENGTH));

    private long epoch = JournalEnd.NULL_EPOCH;
    private long next = 1;
    private boolean isEnded;
    private long sentNs;
    private int streamId;
    /** The record at hand was read and not handed out. */
    private boolean isPending;
    /** The first message behind the gap that is handed out now; 0: none. */
    private long gapEnd;

    JournalReader(Path directory) {
        this.directory = directory;
        CycleList cycles = new CycleList(directory);
        this.cursor = new RecordCursor(directory, cycles);
        this.places = new PlaceIndex(directory, cycles);
        this.fills = new Fills(directory);
        this.tail = new JournalTail(new RecordCursor(directory, cycles), places);
    }

    /** Goes to the first packet that the journal still has. */
    public void seekStart() {
        forget();
        cursor.toStart();
    }

    /**
     * Goes to a sequence: the next packet is the one that has it, whole, or from it on the gap that names it.
     *
     * @param soughtEpoch 0 to 2^32 - 1.
     * @param sequence 1 and up.
     * @return true when the journal has it or it is the one to be appended next; false when the journal begins behind it or
     *     does not reach it, or its epoch ended before it: then the next packet is the first one behind it, if any, or the gap
     *     before that one.
     */
    public boolean seek(long soughtEpoch, long sequence) {
        forget();
        if (places.findSequence(soughtEpoch, sequence)) {
            toFound();
        } else {
            cursor.toStart();
        }
        String damage = "";
        while (true) {
            int kind = cursor.next();
            if (kind == RecordCursor.NONE) {
                return epoch == soughtEpoch && next == sequence && !isEnded;
            }
            if (kind == RecordCursor.DAMAGED) {
                damage = cursor.problem();
                continue;
            }
            int position = position(soughtEpoch, sequence);
            if (position < 0) {
                pass();
                continue;
            }
            isPending = true;
            if (position > 0 && !damage.isEmpty()) {
                throw new JournalException(damage + "; it may have had message " + sequence);
            }
            return position == 0 && begin(soughtEpoch, sequence);
        }
    }

    /**
     * Goes to a time: the next packet is the first one in the journal that was sent then or later.
     *
     * @param utcNs ns since the Unix epoch, by the publisher's clock.
     * @return false when there is none so far: the position is the journal's end.
     */
    public boolean seekTime(long utcNs) {
        forget();
        if (places.findTime(utcNs)) {
            toFound();
        } else {
            cursor.toStart();
        }
        for (int kind = cursor.next(); kind != RecordCursor.NONE; kind = cursor.next()) {
            if (kind == RecordCursor.PACKET) {
                DirectBuffer packet = cursor.packet();
                if (PacketFlyweight.kind(packet, 0) == PacketKind.DATA
                        && PacketFlyweight.sentEpochNs(packet, 0) >= utcNs) {
                    isPending = true;
                    epoch = PacketFlyweight.epoch(packet, 0);
                    next = PacketFlyweight.sequence(packet, 0);
                    return true;
                }
                pass();
            }
        }
        return false;
    }

    /**
     * Hands out the next packets.
     *
     * @param handler takes them, before the call returns.
     * @param limit at most so many, 1 and up.
     * @return how many were handed out; 0 at the journal's end.
     * @throws JournalException for a damaged record, once; the next call goes on behind it, with the gap that it leaves.
     */
    public int poll(PacketHandler handler, int limit) {
        int count = 0;
        while (count < limit) {
            if (gapEnd > next) {
                ofGap(handler);
                count++;
                continue;
            }
            gapEnd = 0;
            if (!isPending && !take()) {
                return count;
            }
            if (isInTurn()) {
                isPending = false;
                if (handOut(handler)) {
                    count++;
                }
            }
        }
        return count;
    }

    /** {@return the epoch of the next packet, as far as known; -1 before the first} */
    public long epoch() {
        return epoch;
    }

    /** {@return the sequence that comes next, 1 and up} */
    public long nextSequence() {
        return next;
    }

    /** {@return whether the end of {@link #epoch} was handed out} */
    public boolean isEnded() {
        return isEnded;
    }

    /**
     * How far the journal has come: its last epoch. Looks at the files, some 20 us: not to be asked for each packet.
     *
     * @return 0 to 2^32 - 1; -1 for a journal without packets.
     */
    public long lastEpoch() {
        tail.refresh();
        return tail.end().epoch();
    }

    /**
     * How far the journal has come: the last sequence of {@link #lastEpoch}, lost ones among them.
     *
     * @return 0 and up.
     */
    public long lastSequence() {
        tail.refresh();
        return tail.end().next() - 1;
    }

    /**
     * Whether {@link #lastEpoch} is complete in the journal.
     *
     * @return true when the journal has its end.
     */
    public boolean isLastEnded() {
        tail.refresh();
        return tail.end().isEnded();
    }

    /**
     * The journal's directory.
     *
     * @return of this stream's journal alone.
     */
    public Path directory() {
        return directory;
    }

    /** Idempotent. */
    @Override
    public void close() {
        CloseHelper.quietCloseAll(tail, fills, places, cursor);
    }

    private void forget() {
        epoch = JournalEnd.NULL_EPOCH;
        next = 1;
        isEnded = false;
        isPending = false;
        gapEnd = 0;
    }

    private void toFound() {
        if (!cursor.moveTo(places.cycle(), places.record(), places.position())) {
            throw new JournalException("record " + places.record() + " of " + Cycles.file(directory, places.cycle())
                    + ", which its places name, cannot be found: the file was cut; journal verify says more");
        }
    }

    /** Where the record at hand is: below 0 before a sequence, 0 has it or is the seal or end before it, above 0 behind it. */
    private int position(long soughtEpoch, long sequence) {
        DirectBuffer packet = cursor.packet();
        long itsEpoch = PacketFlyweight.epoch(packet, 0);
        if (itsEpoch != soughtEpoch) {
            return Long.compare(itsEpoch, soughtEpoch);
        }
        long first = PacketFlyweight.sequence(packet, 0);
        long end = endOfRecord(packet, first);
        if (end <= sequence) {
            return -1;
        }
        return first <= sequence ? 0 : 1;
    }

    /** The sequence behind a record: a seal and an end have none of their own. */
    private static long endOfRecord(DirectBuffer packet, long first) {
        return switch (PacketFlyweight.kind(packet, 0)) {
            case PacketKind.DATA -> first + PacketFlyweight.count(packet, 0);
            case PacketKind.GAP -> ControlFlyweight.gapLast(packet, 0) + 1;
            default -> first;
        };
    }

    /** The record at hand is before what is sought. */
    private void pass() {
        DirectBuffer packet = cursor.packet();
        epoch = PacketFlyweight.epoch(packet, 0);
        next = endOfRecord(packet, PacketFlyweight.sequence(packet, 0));
        isEnded = PacketFlyweight.kind(packet, 0) == PacketKind.END_OF_EPOCH;
    }

    /** The record at hand has the sequence; of a gap only what is from it on is handed out. */
    private boolean begin(long soughtEpoch, long sequence) {
        DirectBuffer packet = cursor.packet();
        epoch = soughtEpoch;
        isEnded = false;
        boolean isGap = PacketFlyweight.kind(packet, 0) == PacketKind.GAP;
        next = isGap ? sequence : PacketFlyweight.sequence(packet, 0);
        streamId = PacketFlyweight.stream(packet, 0);
        return true;
    }

    private boolean take() {
        int kind = cursor.next();
        if (kind == RecordCursor.DAMAGED) {
            throw new JournalException(cursor.problem());
        }
        isPending = kind == RecordCursor.PACKET;
        return isPending;
    }

    /** Whether nothing is missing before the record at hand; else the gap before it is next. */
    private boolean isInTurn() {
        DirectBuffer packet = cursor.packet();
        streamId = PacketFlyweight.stream(packet, 0);
        long itsEpoch = PacketFlyweight.epoch(packet, 0);
        if (itsEpoch != epoch) {
            return isEpochInTurn(itsEpoch);
        }
        long first = PacketFlyweight.sequence(packet, 0);
        if (first > next) {
            gapEnd = first;
            return false;
        }
        return true;
    }

    private boolean isEpochInTurn(long itsEpoch) {
        if (epoch == JournalEnd.NULL_EPOCH) {
            next = PacketFlyweight.sequence(cursor.packet(), 0);
        } else if (!isEnded && fills.endOf(epoch) > next) {
            // It did not end here, and more of it came later.
            gapEnd = fills.endOf(epoch);
            return false;
        } else {
            next = 1;
        }
        epoch = itsEpoch;
        isEnded = false;
        return false;
    }

    /** False for what has nothing new: then nothing was handed out. */
    private boolean handOut(PacketHandler handler) {
        DirectBuffer packet = cursor.packet();
        long first = PacketFlyweight.sequence(packet, 0);
        switch (PacketFlyweight.kind(packet, 0)) {
            case PacketKind.DATA -> {
                long end = first + PacketFlyweight.count(packet, 0);
                if (end <= next) {
                    return false;
                }
                next = end;
                sentNs = PacketFlyweight.sentEpochNs(packet, 0);
            }
            case PacketKind.GAP -> {
                gapEnd = ControlFlyweight.gapLast(packet, 0) + 1;
                return false;
            }
            case PacketKind.END_OF_EPOCH -> isEnded = true;
            default -> {
                if (first != next) {
                    return false;
                }
            }
        }
        handler.onPacket(packet, 0, cursor.length());
        return true;
    }

    /** The next packet of a gap: one that came later, or the notice of what did not. */
    private void ofGap(PacketHandler handler) {
        boolean isFilled = fills.find(epoch, next, gapEnd - 1);
        long from = next;
        int length;
        if (isFilled && fills.first() <= next) {
            next = Math.min(fills.end(), gapEnd);
            length = PacketCut.messages(fills.packet(), 0, from, next, made);
        } else {
            next = isFilled ? fills.first() : gapEnd;
            length = PacketCut.gap(made, streamId, epoch, from, next - 1, sentNs);
        }
        handler.onPacket(made, 0, length);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.journal;

import io.heliograph.engine.media.DirectoryLock;
import io.heliograph.engine.wire.ControlFlyweight;
import io.heliograph.engine.wire.PacketCut;
import io.heliograph.engine.wire.PacketFlyweight;
import io.heliograph.engine.wire.PacketFraming;
import io.heliograph.engine.wire.PacketKind;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Writes a stream's packets to its journal, in the order of epoch and sequence and without a hole: what is missing when a
 * packet comes becomes a gap record before it, also at the beginning of an epoch.
 *
 * <p>What was appended survives the death of the process at once; the loss of power, once {@link #syncedNext} says so.
 *
 * <p><b>Thread:</b> one owner: the thread that appends; a {@link JournalKeeper} on another one looks after the files.
 *
 * <p><b>Allocation:</b> none but with a new cycle (each hour) and with the first fill.
 *
 * <p><b>Failure:</b> {@link #append} returns false while the journal is stopped, and {@link #stopped} says why; a journal that
 * cannot be written to is a {@link JournalException}.
 */
public final class JournalAppender implements AutoCloseable {
    private final JournalContext context;
    private final DirectoryLock lock;
    private final JournalClock clock;
    private final RecordWriter writer;
    private final JournalEnd end;
    private final JournalProgress progress = new JournalProgress();
    private final Consumer<String> warnings;
    private final UnsafeBuffer cut = new UnsafeBuffer(ByteBuffer.allocateDirect(PacketFlyweight.MAX_PACKET_LENGTH));
    private @Nullable RecordWriter fillsWriter;
    private long packets;
    private long octets;
    private long gaps;
    private long fills;
    private boolean isClosed;

    JournalAppender(
            JournalContext context, JournalClock clock, DirectoryLock lock, JournalEnd end, Consumer<String> warnings) {
        this.context = context;
        this.clock = clock;
        this.lock = lock;
        this.writer = RecordWriter.withPlaces(context.directory(), clock);
        this.end = end;
        this.warnings = warnings;
        progress.onAppended(end.epoch(), end.next(), writer.cycle(), writer.position());
    }

    /**
     * Appends what is new of a packet: data, a gap, a seal or an end. What the journal has already is left out, heartbeats
     * are.
     *
     * @param packet holds it; its framing was checked.
     * @param offset of its first octet.
     * @param length of it in octets.
     * @return false when the journal is stopped: nothing was appended.
     * @throws JournalException when the journal cannot be written to.
     */
    public boolean append(DirectBuffer packet, int offset, int length) {
        if (!progress.stopped().isEmpty()) {
            return false;
        }
        long epoch = PacketFlyweight.epoch(packet, offset);
        int kind = PacketFlyweight.kind(packet, offset);
        if (PacketFlyweight.stream(packet, offset) != context.streamId()) {
            throw new IllegalArgumentException("a packet of stream " + PacketFlyweight.stream(packet, offset)
                    + " for the journal of stream " + context.streamId());
        }
        if (epoch < end.epoch() || kind == PacketKind.HEARTBEAT || (epoch == end.epoch() && end.isEnded())) {
            return true;
        }
        long next = epoch == end.epoch() ? end.next() : 1;
        long sequence = PacketFlyweight.sequence(packet, offset);
        switch (kind) {
            case PacketKind.DATA -> data(packet, offset, length, epoch, next, sequence);
            case PacketKind.GAP -> {
                long last = ControlFlyweight.gapLast(packet, offset);
                if (last >= next) {
                    gap(epoch, next, last);
                }
            }
            case PacketKind.SEAL -> seal(packet, offset, length, epoch, next);
            default -> {
                if (sequence >= next) {
                    fillUp(epoch, next, sequence);
                    write(packet, offset, length);
                }
            }
        }
        return true;
    }

    /**
     * Keeps data that came too late: readers find it where the journal has a gap.
     *
     * @param packet holds it.
     * @param offset of its first octet.
     * @param length of it in octets.
     * @return false when the journal is stopped, or it is no data packet of this stream before the journal's end.
     */
    public boolean fill(DirectBuffer packet, int offset, int length) {
        boolean isLate = PacketFraming.check(packet, offset, length) == PacketFraming.OK
                && PacketFlyweight.kind(packet, offset) == PacketKind.DATA
                && PacketFlyweight.stream(packet, offset) == context.streamId()
                && isBehind(PacketFlyweight.epoch(packet, offset), PacketFlyweight.sequence(packet, offset));
        if (!isLate || !progress.stopped().isEmpty()) {
            return false;
        }
        try {
            fillsWriter().write(packet, offset, length, 0);
        } catch (RuntimeException | Error refused) {
            throw refused(refused);
        }
        fills++;
        return true;
    }

    /** {@return the epoch that was appended to last, 0 to 2^32 - 1; -1 for a journal without packets} */
    public long epoch() {
        return end.epoch();
    }

    /** {@return the sequence that comes next in that epoch, 1 and up} */
    public long nextSequence() {
        return end.next();
    }

    /** {@return whether that epoch is complete} */
    public boolean isEnded() {
        return end.isEnded();
    }

    /** {@return records appended by this appender} */
    public long packets() {
        return packets;
    }

    /** {@return octets of packets that were appended by this appender} */
    public long octets() {
        return octets;
    }

    /** {@return gap records among them} */
    public long gaps() {
        return gaps;
    }

    /** {@return packets that came too late and were kept} */
    public long fills() {
        return fills;
    }

    /** {@return every message of the epoch before this one is on the disk; 0 without {@code sync=}, or when none is so far} */
    public long syncedNext() {
        return progress.syncedNext(end.epoch());
    }

    /** {@return why nothing is appended at the moment; empty while it is} */
    public String stopped() {
        return progress.stopped();
    }

    /**
     * Who looks after the journal's files, on a thread of its own.
     *
     * @return to be run until this is closed, and closed before it.
     */
    public JournalKeeper keeper() {
        return new JournalKeeper(context, progress, warnings);
    }

    /**
     * Who brings the journal onto the disk, on another thread than the keeper: a disk that does not answer must not silence that.
     *
     * @return to be run until this is closed, and closed before it; without {@code sync=} it does nothing.
     */
    public JournalSync sync() {
        return new JournalSync(context, progress, warnings);
    }

    /** Lets go of the journal; what was appended stays. Idempotent. */
    @Override
    public void close() {
        if (!isClosed) {
            isClosed = true;
            CloseHelper.quietCloseAll(fillsWriter, writer);
            lock.close();
        }
    }

    /** Does what takes long, so that the first packet need not wait for it; a journal that is stopped has no room for that. */
    void prepare() {
        if (progress.stopped().isEmpty()) {
            writer.open();
        }
    }

    private boolean isBehind(long epoch, long sequence) {
        return epoch < end.epoch() || (epoch == end.epoch() && sequence < end.next());
    }

    private void data(DirectBuffer packet, int offset, int length, long epoch, long next, long sequence) {
        long behind = sequence + PacketFlyweight.count(packet, offset);
        if (sequence == next) {
            write(packet, offset, length);
        } else if (sequence > next) {
            fillUp(epoch, next, sequence);
            write(packet, offset, length);
        } else if (behind > next) {
            int rest = PacketCut.messages(packet, offset, next, behind, cut);
            write(cut, 0, rest);
        }
    }

    /** A seal has its place behind the last message that it covers; it is kept once. */
    private void seal(DirectBuffer packet, int offset, int length, long epoch, long next) {
        long sequence = PacketFlyweight.sequence(packet, offset);
        if (epoch == end.epoch() && sequence == next && sequence - 1 > end.sealed()) {
            write(packet, offset, length);
        }
    }

    private void fillUp(long epoch, long next, long sequence) {
        if (sequence > next) {
            gap(epoch, next, sequence - 1);
        }
    }

    private void gap(long epoch, long first, long last) {
        gaps++;
        write(cut, 0, PacketCut.gap(cut, context.streamId(), epoch, first, last, end.sentNs()));
    }

    private void write(DirectBuffer packet, int offset, int length) {
        try {
            writer.write(packet, offset, length, end.latestSentNs());
        } catch (RuntimeException | Error refused) {
            throw refused(refused);
        }
        end.take(packet, offset);
        packets++;
        octets += length;
        progress.onAppended(end.epoch(), end.next(), writer.cycle(), writer.position());
    }

    private RecordWriter fillsWriter() {
        RecordWriter open = fillsWriter;
        if (open == null) {
            Path late = StreamJournal.fills(context.directory());
            if (Files.isDirectory(late)) {
                EarlierCycles.closeUnread(late);
            }
            open = RecordWriter.withoutPlaces(late, clock);
            fillsWriter = open;
        }
        return open;
    }

    private JournalException refused(Throwable cause) {
        return cause instanceof JournalException said
                ? said
                : new JournalException(
                        "the journal of stream " + context.stream() + " cannot be written to (" + context.directory()
                                + ", " + JournalQueue.inOneLine(cause) + "); nothing more is appended",
                        cause);
    }
}

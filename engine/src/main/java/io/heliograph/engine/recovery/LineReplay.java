// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.recovery;

import io.heliograph.engine.wire.PacketFlyweight;
import io.heliograph.engine.wire.PacketKind;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Sends on a stream's lines what many have lost: each range once, a few packets at a time, so that what is live goes on beside
 * it, and no faster than the bound says. What the lines do not take in time, or the journal has not got by then, is given up:
 * who asks for it again gets it by a connection.
 *
 * <p><b>Thread:</b> one owner: the thread that runs the server.
 */
final class LineReplay {
    private static final int PACKETS_PER_TICK = 32;

    /** Of one range; what is asked for behind it is another one. */
    private static final int MOST_OCTETS = 1 << 20;

    private static final int MOST_RANGES = 256;

    private final ReplayLibrary library;
    private final LogCursors cursors;
    private final ReplayServerFigures figures;
    private final ReplayServerContext context;
    private final UnsafeBuffer replayed = new UnsafeBuffer(new byte[PacketFlyweight.MAX_PACKET_LENGTH]);
    private final List<Range> ranges = new ArrayList<>();
    private final long mostSavedNs;
    private long savedNs;
    private long nowNs;

    LineReplay(ReplayLibrary library, LogCursors cursors, ReplayServerFigures figures, ReplayServerContext context) {
        this.library = library;
        this.cursors = cursors;
        this.figures = figures;
        this.context = context;
        // A burst of a hundredth of a second's octets, which is some packets in any case.
        this.mostSavedNs = TimeUnit.MILLISECONDS.toNanos(10);
        this.savedNs = mostSavedNs;
    }

    /** A range that is being sent, or was sent a moment ago. */
    private static final class Range {
        final int stream;
        final long epoch;
        final long first;
        long end;
        long next;
        int octets = MOST_OCTETS;
        boolean isSent;
        /** While it is being sent: when it is given up; then: when it may be sent again. */
        long untilNs;

        Range(int stream, long epoch, long first, long end, long untilNs) {
            this.stream = stream;
            this.epoch = epoch;
            this.first = first;
            this.end = end;
            this.next = first;
            this.untilNs = untilNs;
        }
    }

    /** Whether all of a range is on the lines, or was a moment ago. */
    boolean covers(int stream, long epoch, long first, long end) {
        long from = first;
        boolean isMoved = true;
        while (from < end && isMoved) {
            isMoved = false;
            for (Range range : ranges) {
                if (range.stream == stream && range.epoch == epoch && range.first <= from && from < range.end) {
                    from = range.end;
                    isMoved = true;
                }
            }
        }
        return from >= end;
    }

    /** Sends a range, but what of it is on the lines, or was a moment ago; false when there is too much to send already. */
    boolean send(int stream, long epoch, long first, long end, long now) {
        long from = first;
        long to = end;
        for (int i = 0; i < ranges.size(); i++) {
            Range range = ranges.get(i);
            if (range.stream == stream && range.epoch == epoch) {
                if (range.first <= from && from < range.end) {
                    from = range.end;
                    i = -1;
                } else if (range.first < to && to <= range.end && range.first > from) {
                    to = range.first;
                    i = -1;
                }
            }
            if (from >= to) {
                return true;
            }
        }
        if (ranges.size() >= MOST_RANGES) {
            return false;
        }
        ranges.add(new Range(stream, epoch, from, to, now + context.linePatienceNs()));
        figures.lineRanges++;
        return true;
    }

    /** Time has passed: sends the next packets; how many. */
    int onTick(long now) {
        savedNs = Math.min(mostSavedNs, savedNs + Math.max(0, Math.min(mostSavedNs, now - nowNs)));
        nowNs = now;
        int sent = 0;
        for (int i = 0; i < ranges.size(); ) {
            Range range = ranges.get(i);
            if (now - range.untilNs >= 0) {
                figures.lineGivenUp += range.isSent ? 0 : 1;
                ranges.remove(i);
            } else {
                sent += range.isSent ? 0 : send(range);
                i++;
            }
        }
        return sent;
    }

    private int send(Range range) {
        LogCursor cursor = cursors.at(range.stream, range.epoch, range.next);
        for (int sent = 0; sent < PACKETS_PER_TICK; sent++) {
            if (cursor == null || isOver(range, cursor) || range.octets <= 0) {
                range.end = range.octets <= 0 ? Math.min(range.end, range.next) : range.end;
                range.isSent = true;
                range.untilNs = nowNs + context.lineHoldNs();
                return sent;
            }
            if (savedNs < 0 || !cursor.hasPacket() || !isTaken(range, cursor)) {
                return sent;
            }
            cursor.take();
            range.next = cursor.next();
        }
        return PACKETS_PER_TICK;
    }

    private boolean isTaken(Range range, LogCursor cursor) {
        if (PacketFlyweight.kind(cursor.packet(), 0) != PacketKind.DATA) {
            return true;
        }
        // The log's own memory is not written to.
        replayed.putBytes(0, cursor.packet(), 0, cursor.length());
        PacketFlyweight.flags(replayed, 0, PacketFlyweight.flags(replayed, 0) | PacketFlyweight.FLAG_REPLAYED);
        if (!library.send(range.stream, replayed, 0, cursor.length())) {
            return false;
        }
        figures.linePackets++;
        figures.lineOctets += cursor.length();
        range.octets -= cursor.length();
        savedNs -= TimeUnit.SECONDS.toNanos(cursor.length()) / context.lineOctetsPerSecond();
        return true;
    }

    /** Whether nothing of the range is behind where the reader is; while the journal has not got there that is not known. */
    private static boolean isOver(Range range, LogCursor cursor) {
        return range.next >= range.end
                || (cursor.hasPacket()
                        && (PacketFlyweight.epoch(cursor.packet(), 0) > range.epoch
                                || PacketFlyweight.sequence(cursor.packet(), 0) >= range.end));
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.recovery;

import io.heliograph.engine.wire.PacketFlyweight;
import io.heliograph.engine.wire.PacketKind;
import java.util.ArrayList;
import java.util.List;

/**
 * Sends on a stream's lines what many have lost: each range once, a few packets at a time, so that what is live goes on beside
 * it.
 *
 * <p><b>Thread:</b> one owner: the thread that runs the server.
 */
final class LineReplay {
    private static final int PACKETS_PER_TICK = 32;

    private final ReplayLibrary library;
    private final LogCursors cursors;
    private final ReplayServerFigures figures;
    private final long holdNs;
    private final List<Range> ranges = new ArrayList<>();

    LineReplay(ReplayLibrary library, LogCursors cursors, ReplayServerFigures figures, long holdNs) {
        this.library = library;
        this.cursors = cursors;
        this.figures = figures;
        this.holdNs = holdNs;
    }

    /** A range that is being sent, or was sent a moment ago. */
    private static final class Range {
        final int stream;
        final long epoch;
        final long first;
        final long end;
        long next;
        boolean isSent;
        long untilNs;

        Range(int stream, long epoch, long first, long end) {
            this.stream = stream;
            this.epoch = epoch;
            this.first = first;
            this.end = end;
            this.next = first;
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

    /** Sends a range, but what of it is on the lines, or was a moment ago. */
    void send(int stream, long epoch, long first, long end) {
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
                return;
            }
        }
        ranges.add(new Range(stream, epoch, from, to));
        figures.lineRanges++;
    }

    /** Time has passed: sends the next packets; how many. */
    int onTick(long nowNs) {
        int sent = 0;
        for (int i = ranges.size() - 1; i >= 0; i--) {
            Range range = ranges.get(i);
            if (!range.isSent) {
                sent += send(range, nowNs);
            } else if (nowNs - range.untilNs >= 0) {
                ranges.remove(i);
            }
        }
        return sent;
    }

    private int send(Range range, long nowNs) {
        LogCursor cursor = cursors.at(range.stream, range.epoch, range.next);
        for (int sent = 0; sent < PACKETS_PER_TICK; sent++) {
            if (cursor == null || !isNextSent(range, cursor)) {
                range.isSent = cursor == null || isOver(range, cursor);
                range.untilNs = nowNs + holdNs;
                return sent;
            }
            range.next = cursor.next();
        }
        return PACKETS_PER_TICK;
    }

    private boolean isNextSent(Range range, LogCursor cursor) {
        if (isOver(range, cursor)) {
            return false;
        }
        int kind = PacketFlyweight.kind(cursor.packet(), 0);
        if (kind == PacketKind.DATA) {
            int flags = PacketFlyweight.flags(cursor.packet(), 0) | PacketFlyweight.FLAG_REPLAYED;
            PacketFlyweight.flags(cursor.packet(), 0, flags);
            if (!library.send(range.stream, cursor.packet(), 0, cursor.length())) {
                return false;
            }
            figures.linePackets++;
            figures.lineOctets += cursor.length();
        }
        cursor.take();
        return true;
    }

    private static boolean isOver(Range range, LogCursor cursor) {
        return !cursor.hasPacket()
                || PacketFlyweight.epoch(cursor.packet(), 0) > range.epoch
                || PacketFlyweight.sequence(cursor.packet(), 0) >= range.end;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.recovery;

import io.heliograph.engine.wire.ReplayPageFlyweight;
import io.heliograph.engine.wire.ReplayRequestFlyweight;
import java.util.ArrayList;
import java.util.List;

/**
 * Answers for streams that this host publishes and keeps no journal of, out of what their publishers have kept: it is sent on the
 * lines, once for all who ask, and they are told to look there. What is kept no longer is said at once, to the message, so that
 * others are asked for it.
 *
 * <p>Who asks for the same again and again, because his lines do not bring it, is told to wait: what is sent for one reaches all.
 *
 * <p>A state machine: requests and time come in, pages and ranges go out.
 *
 * <p><b>Thread:</b> one owner: the thread that runs the server.
 */
final class WindowReplay {
    /** So often within a second a node has the same sent. */
    static final int MOST_TIMES = 4;

    /** Then it is to ask again after so long. */
    private static final int WAIT_MS = 250;

    private static final int MOST_RANGES = 256;
    private static final int BUSY_MS = 5;

    private final ReplayServerContext context;
    private final ReplayLibrary library;
    private final ReplayServerFigures figures;
    private final List<Range> ranges = new ArrayList<>();

    WindowReplay(ReplayServerContext context, ReplayLibrary library, ReplayServerFigures figures) {
        this.context = context;
        this.library = library;
        this.figures = figures;
    }

    /** A range that the publisher was handed. */
    private static final class Range {
        final int stream;
        final long epoch;
        final long first;
        final long end;
        boolean isSent;
        /** While it is being sent: when nobody wants it any more; then: when it may be sent again. */
        long untilNs;

        Range(int stream, long epoch, long first, long end, long untilNs) {
            this.stream = stream;
            this.epoch = epoch;
            this.first = first;
            this.end = end;
            this.untilNs = untilNs;
        }
    }

    /** Answers a request, in a page. */
    void answer(ReplayAccount account, ReplayPeer peer, ReplayAsk ask, ResendPlace kept, long nowNs, PageBuilder page) {
        long first = ask.from();
        if (ask.place() != ReplayRequestFlyweight.IN_EPOCH || ask.epoch() > kept.epoch()) {
            page.say(ask.stream(), ReplayPageFlyweight.END, 0, ask.epoch(), Math.max(1, first));
            return;
        }
        if (ask.epoch() < kept.epoch()) {
            figures.refused[ReplayPeer.TOO_OLD]++;
            page.say(ask.stream(), ReplayPageFlyweight.DONE, 0, ask.epoch(), first, kept.epoch(), 1);
            return;
        }
        long end = Math.min(ask.endFrom(first), first + context.lineMessages());
        if (first < kept.first()) {
            figures.refused[ReplayPeer.TOO_OLD]++;
            int status = kept.first() < ask.endFrom(first) ? ReplayPageFlyweight.MORE : ReplayPageFlyweight.DONE;
            long next = Math.min(kept.first(), ask.endFrom(first));
            page.say(ask.stream(), status, 0, ask.epoch(), first, ask.epoch(), next);
        } else if (first >= kept.next() || ask.count() == ReplayRequestFlyweight.ALL) {
            page.say(ask.stream(), ReplayPageFlyweight.END, 0, ask.epoch(), first);
        } else {
            ReplayAsk some = new ReplayAsk(ask.stream(), ask.place(), ask.epoch(), first, end - first, ask.octets());
            ReplayPlace place = new ReplayPlace(ask.epoch(), first, false);
            say(account, new ReplayJob(peer, 0, some, place, nowNs, 0), nowNs, page);
        }
    }

    private void say(ReplayAccount account, ReplayJob job, long nowNs, PageBuilder page) {
        int status = ReplayPageFlyweight.ON_LINE;
        int waitMs = (int) Math.max(1, context.lineHoldNs() / 1_000_000);
        long from = uncovered(job);
        if (from < job.end && account.timesTold(job, nowNs) >= MOST_TIMES) {
            waitMs = WAIT_MS;
        } else if (from < job.end) {
            boolean isTaken = ranges.size() < MOST_RANGES
                    && library.sendKept(job.stream, from, job.end, context.linePatienceNs());
            if (isTaken) {
                ranges.add(new Range(job.stream, job.epoch, from, job.end, nowNs + context.linePatienceNs()));
                account.onTold(job, nowNs);
                figures.lineRanges++;
            } else {
                status = ReplayPageFlyweight.BUSY;
                waitMs = BUSY_MS;
                figures.waits++;
            }
        }
        page.say(job.stream, status, waitMs, job.epoch, job.next);
    }

    /** The first message of a range that is neither on the lines nor was a moment ago. */
    private long uncovered(ReplayJob job) {
        long from = job.next;
        for (int i = 0; i < ranges.size() && from < job.end; i++) {
            Range range = ranges.get(i);
            boolean isOfIt = range.stream == job.stream && range.epoch == job.epoch;
            if (isOfIt && range.first <= from && from < range.end) {
                from = range.end;
                i = -1;
            }
        }
        return from;
    }

    /** Time has passed: what was sent a while ago may be sent again. */
    void onTick(long nowNs) {
        for (int i = ranges.size() - 1; i >= 0; i--) {
            Range range = ranges.get(i);
            if (!range.isSent && library.isKeptSent(range.stream)) {
                range.isSent = true;
                range.untilNs = nowNs + context.lineHoldNs();
            }
            if (nowNs - range.untilNs >= 0) {
                figures.lineGivenUp += range.isSent ? 0 : 1;
                ranges.remove(i);
            }
        }
    }
}

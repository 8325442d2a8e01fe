// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.recovery;

import io.heliograph.engine.wire.ReplayPageFlyweight;
import io.heliograph.engine.wire.ReplayRequestFlyweight;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Answers those who missed something from the journals of a host: page by page, peer by peer in turn, and only as fast as each
 * takes it.
 *
 * <p>Those who ask for the same cost one read. What {@code stormAskers} peers or more ask for within {@code stormNs} is sent once
 * on the stream's lines where they are this host's, and none of them gets it by a connection as well; so that they meet, a
 * request for a bounded range waits for {@code gatherNs}. A peer that asks too much is told to wait, one that asks for what
 * cannot be is refused in words, and neither costs another peer anything.
 *
 * <p>A state machine: requests and time come in, pages and packets go out.
 *
 * <p><b>Thread:</b> one owner: the thread that runs it.
 */
public final class ReplayServer implements AutoCloseable {
    /** A place may be so far ahead of the journal, which may lag behind the lines; one further ahead cannot be meant. */
    private static final long MOST_AHEAD = 1 << 20;

    private static final int PAGES_PER_TICK = 16;
    private static final int BUSY_MS = 5;

    private final ReplayServerContext context;
    private final ReplayLibrary library;
    private final ReplayServerFigures figures = new ReplayServerFigures();
    private final LogCursors cursors;
    private final LineReplay lines;
    private final AskedLately asked;
    private final PageCache cache = new PageCache();
    private final PageBuilder words = new PageBuilder(0);
    private final List<ReplayAccount> accounts = new ArrayList<>();
    private int turn;

    /**
     * A server that nobody has asked.
     *
     * @param context how it shares itself out.
     * @param library what it has.
     */
    public ReplayServer(ReplayServerContext context, ReplayLibrary library) {
        this.context = context;
        this.library = library;
        this.cursors = new LogCursors(library);
        this.lines = new LineReplay(library, cursors, figures, context.lineHoldNs());
        this.asked = new AskedLately(context.stormNs());
    }

    /**
     * What was done.
     *
     * @return live figures.
     */
    public ReplayServerFigures figures() {
        return figures;
    }

    /**
     * A request has come.
     *
     * @param peer who asks.
     * @param request its number, of the peer's.
     * @param body holds it; nothing of it is believed so far.
     * @param offset of its first octet.
     * @param length of it, octets.
     * @param nowNs the time, ns of a monotonic clock.
     */
    public void onRequest(ReplayPeer peer, long request, DirectBuffer body, int offset, int length, long nowNs) {
        figures.requests++;
        int framing = ReplayRequestFlyweight.check(body, offset, length);
        if (framing != ReplayRequestFlyweight.OK) {
            refuse(peer, request, ReplayPeer.MALFORMED, wordsOf(framing));
            return;
        }
        ReplayAsk ask = ReplayAsk.of(body, offset);
        if (!peer.mayPull(ask.stream())) {
            refuse(peer, request, ReplayPeer.NOT_ALLOWED, peer.name() + " may not pull stream " + ask.stream());
            return;
        }
        ReplayAccount account = account(peer, nowNs);
        int waitMs = account.jobs.size() >= context.requestsAtOnce() ? BUSY_MS : account.charge(nowNs);
        if (waitMs > 0) {
            figures.waits++;
            say(peer, request, ask, ReplayPageFlyweight.BUSY, waitMs);
            return;
        }
        LogCursor cursor = cursors.any(ask.stream());
        if (cursor == null) {
            refuse(peer, request, ReplayPeer.NO_JOURNAL, "no journal of stream " + ask.stream() + " here");
            return;
        }
        onAllowed(account, request, ask, cursor.place(ask), cursor.log(), nowNs);
    }

    private void onAllowed(
            ReplayAccount account, long request, ReplayAsk ask, ReplayPlace place, ReplayLog log, long nowNs) {
        if (place.isNowhere()) {
            words.say(ask.stream(), ReplayPageFlyweight.END, 0, Math.max(0, place.epoch()), place.sequence());
            reply(account.peer, request, true, words);
            return;
        }
        if (place.epoch() == log.lastEpoch() && place.sequence() - log.lastSequence() > MOST_AHEAD) {
            refuse(
                    account.peer,
                    request,
                    ReplayPeer.FUTURE,
                    "message " + place.sequence() + " of epoch " + place.epoch() + " of stream " + ask.stream()
                            + " is in the future: the journal ends at " + log.lastSequence());
            return;
        }
        boolean canGather = ask.count() != ReplayRequestFlyweight.ALL && library.hasLines(ask.stream());
        ReplayJob job =
                new ReplayJob(account.peer, request, ask, place, canGather ? nowNs + context.gatherNs() : nowNs);
        account.jobs.add(job);
        if (canGather) {
            gather(job, nowNs);
        }
    }

    /** Many who ask for the same within a short time get it on the lines. */
    private void gather(ReplayJob job, long nowNs) {
        int askers = asked.note(job.peer, job.stream, job.epoch, job.next, job.end, nowNs);
        if (lines.covers(job.stream, job.epoch, job.next, job.end)) {
            onLine(job);
        } else if (askers >= context.stormAskers()) {
            for (ReplayAccount account : accounts) {
                for (ReplayJob each : List.copyOf(account.jobs)) {
                    if (isWith(job, each)) {
                        lines.send(each.stream, each.epoch, each.next, each.end);
                        onLine(each);
                    }
                }
            }
        }
    }

    private static boolean isWith(ReplayJob job, ReplayJob other) {
        return !other.isBegun
                && other.stream == job.stream
                && other.epoch == job.epoch
                && other.end != ReplayRequestFlyweight.ALL
                && other.next < job.end
                && job.next < other.end;
    }

    private void onLine(ReplayJob job) {
        ReplayAccount account = find(job.peer);
        if (account != null) {
            account.jobs.remove(job);
        }
        int waitMs = (int) Math.max(1, context.lineHoldNs() / 1_000_000);
        words.say(job.stream, ReplayPageFlyweight.ON_LINE, waitMs, job.epoch, job.next);
        reply(job.peer, job.request, true, words);
    }

    /**
     * An answer is wanted no longer.
     *
     * @param peer who asked.
     * @param request its number.
     */
    public void onCancelled(ReplayPeer peer, long request) {
        ReplayAccount account = find(peer);
        if (account != null) {
            account.jobs.removeIf(job -> job.request == request);
        }
    }

    /**
     * A peer is gone.
     *
     * @param peer who was connected.
     */
    public void onGone(ReplayPeer peer) {
        accounts.removeIf(account -> account.peer.equals(peer));
    }

    /**
     * Time has passed: reads and sends the next pages, in turns.
     *
     * @param nowNs ns of the same clock.
     * @return work done: pages and packets; 0 when there was nothing to do.
     */
    public int onTick(long nowNs) {
        int work = lines.onTick(nowNs);
        int idle = 0;
        for (int pages = 0; pages < PAGES_PER_TICK && idle < accounts.size(); ) {
            turn = turn + 1 >= accounts.size() ? 0 : turn + 1;
            if (isServed(accounts.get(turn), nowNs)) {
                pages++;
                work++;
                idle = 0;
            } else {
                idle++;
            }
        }
        return work;
    }

    private boolean isServed(ReplayAccount account, long nowNs) {
        ReplayJob job = account.jobs.peekFirst();
        if (job == null || nowNs - job.notBeforeNs < 0 || !account.peer.isWritable()) {
            return false;
        }
        job.isBegun = true;
        PageBuilder page = page(job, nowNs);
        if (page == null) {
            account.jobs.remove(job);
            refuse(job.peer, job.request, ReplayPeer.NO_JOURNAL, "no journal of stream " + job.stream + " here");
            return true;
        }
        job.octets -= page.length();
        job.epoch = page.nextEpoch();
        job.next = page.next();
        boolean isLast = page.status() != ReplayPageFlyweight.MORE || job.octets < ReplayRequestFlyweight.MIN_OCTETS;
        if (isLast) {
            account.jobs.remove(job);
        }
        reply(job.peer, job.request, isLast, page);
        return true;
    }

    private @Nullable PageBuilder page(ReplayJob job, long nowNs) {
        int octets = Math.min(context.pageOctets(), job.octets);
        PageCache.Key key = new PageCache.Key(job.stream, job.epoch, job.next, job.end, octets);
        PageBuilder page = cache.get(key, nowNs);
        if (page != null) {
            return page;
        }
        LogCursor cursor = cursors.at(job.stream, job.epoch, job.next);
        if (cursor == null) {
            return null;
        }
        page = cache.take(context.pageOctets());
        page.build(job.stream, cursor, job.epoch, job.next, job.end, octets);
        figures.pagesRead++;
        if (page.status() == ReplayPageFlyweight.END) {
            cache.giveBack(page);
        } else {
            cache.put(key, page, nowNs);
        }
        return page;
    }

    private void say(ReplayPeer peer, long request, ReplayAsk ask, int status, int waitMs) {
        words.say(ask.stream(), status, waitMs, ask.epoch(), Math.max(1, ask.from()));
        reply(peer, request, true, words);
    }

    private void reply(ReplayPeer peer, long request, boolean isLast, PageBuilder page) {
        figures.pages++;
        figures.octets += page.length();
        peer.reply(request, isLast, page.page(), 0, page.length());
    }

    private void refuse(ReplayPeer peer, long request, int reason, String why) {
        figures.refused[reason]++;
        peer.refuse(request, reason, why);
    }

    private ReplayAccount account(ReplayPeer peer, long nowNs) {
        ReplayAccount account = find(peer);
        if (account == null) {
            account = new ReplayAccount(peer, context, nowNs);
            accounts.add(account);
        }
        return account;
    }

    private @Nullable ReplayAccount find(ReplayPeer peer) {
        for (ReplayAccount account : accounts) {
            if (account.peer.equals(peer)) {
                return account;
            }
        }
        return null;
    }

    private static String wordsOf(int framing) {
        return switch (framing) {
            case ReplayRequestFlyweight.BAD_LENGTH ->
                "a replay request has " + ReplayRequestFlyweight.LENGTH + " octets";
            case ReplayRequestFlyweight.UNKNOWN_VERSION -> "a replay request of an unknown version";
            case ReplayRequestFlyweight.UNKNOWN_PLACE -> "a replay request from an unknown kind of place";
            case ReplayRequestFlyweight.BAD_FROM -> "a replay request from a place that cannot be";
            case ReplayRequestFlyweight.BAD_COUNT -> "a replay request for less than one message, or more than can be";
            default ->
                "a replay request for fewer than " + ReplayRequestFlyweight.MIN_OCTETS + " octets or more than "
                        + ReplayRequestFlyweight.MAX_OCTETS;
        };
    }

    /** Closes the readers. Idempotent. */
    @Override
    public void close() {
        cursors.close();
    }
}

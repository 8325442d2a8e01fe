// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.recovery;

import io.heliograph.engine.wire.ReplayPageFlyweight;
import io.heliograph.engine.wire.ReplayRequestFlyweight;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Answers those who missed something from the journals of a host, and from what its publishers have kept: page by page, peer by peer in turn, and only as fast as each
 * takes it.
 *
 * <p>Those who ask for the same cost one read. Nobody waits for others who may ask for the same: the first are answered at once.
 * But the node that is the {@code stormAskers}th to ask for some of it within {@code stormNs} shows that many have lost it: then it
 * is sent once on the stream's lines, where they are this host's, and that node and all behind it get it there and by no connection
 * as well. Who asks again, because the lines did not bring it either, twice at most has it sent there, and then by his connection.
 *
 * <p>A node is one, over however many connections it asks. One that asks too much is told to wait, one that asks for what cannot be
 * is refused in words, and neither costs another one anything.
 *
 * <p>Of a stream without a journal here, what its publisher has kept is sent on the lines in the same way ({@link WindowReplay}).
 *
 * <p>A state machine: requests and time come in, pages and packets go out.
 *
 * <p><b>Thread:</b> one owner: the thread that runs it.
 */
public final class ReplayServer implements AutoCloseable {
    /** A place may be so far ahead of the journal, which may lag behind the lines; one further ahead cannot be meant. */
    private static final long MOST_AHEAD = 1 << 20;

    /** An epoch is the second of its start; a clock may be wrong by so much. */
    private static final long MOST_EPOCH_AHEAD = TimeUnit.DAYS.toSeconds(1);

    /** What a node may ask at once is saved up in less. */
    private static final long FORGET_NS = TimeUnit.SECONDS.toNanos(2);

    /** On the lines, and on them once more; then by the connection. */
    private static final int MOST_TIMES_ON_LINE = 2;

    /** A look at whether the journal has got there costs some microseconds. */
    private static final long LAG_LOOK_NS = TimeUnit.MICROSECONDS.toNanos(200);

    private static final int PAGES_PER_TICK = 16;
    private static final int BUSY_MS = 5;

    private final ReplayServerContext context;
    private final ReplayLibrary library;
    private final ReplayServerFigures figures = new ReplayServerFigures();
    private final LogCursors cursors;
    private final LineReplay lines;
    private final WindowReplay windows;
    private final AskedLately asked;
    private final PageCache cache = new PageCache();
    private final PageBuilder words = new PageBuilder(0);
    private final List<ReplayAccount> accounts = new ArrayList<>();
    private final LongSupplier utcSeconds;
    private int turn;

    /**
     * A server that nobody has asked.
     *
     * @param context how it shares itself out.
     * @param library what it has.
     * @param utcSeconds the wall clock, seconds since the Unix epoch: no stream's epoch is far ahead of it.
     */
    public ReplayServer(ReplayServerContext context, ReplayLibrary library, LongSupplier utcSeconds) {
        this.context = context;
        this.utcSeconds = utcSeconds;
        this.library = library;
        this.cursors = new LogCursors(library);
        this.lines = new LineReplay(library, cursors, figures, context);
        this.windows = new WindowReplay(context, library, figures);
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
            ResendPlace kept = library.isBesideLines(peer.name()) ? library.kept(ask.stream()) : null;
            if (kept == null) {
                refuse(peer, request, ReplayPeer.NO_JOURNAL, "no journal of stream " + ask.stream() + " here");
            } else {
                windows.answer(account, peer, ask, kept, nowNs, words);
                reply(peer, request, true, words);
            }
            return;
        }
        onAllowed(peer, account, request, ask, cursor, nowNs);
    }

    private void onAllowed(
            ReplayPeer peer, ReplayAccount account, long request, ReplayAsk ask, LogCursor cursor, long nowNs) {
        ReplayPlace place = cursor.place(ask);
        if (place.isNowhere()) {
            words.say(ask.stream(), ReplayPageFlyweight.END, 0, Math.max(0, place.epoch()), place.sequence());
            reply(peer, request, true, words);
            return;
        }
        String future = future(ask.stream(), place, cursor.log());
        if (!future.isEmpty()) {
            refuse(peer, request, ReplayPeer.FUTURE, future);
            return;
        }
        ReplayJob job = new ReplayJob(peer, request, ask, place, nowNs, context.lagNs());
        boolean isForLines = ask.count() <= context.lineMessages()
                && library.isBesideLines(peer.name())
                && library.hasLines(ask.stream());
        if (isForLines && isOnLine(account, job, nowNs)) {
            onLine(account, job, nowNs);
        } else {
            account.jobs.add(job);
        }
    }

    /** What is wrong with a place that nobody can have come near; empty when it may be. */
    private String future(int stream, ReplayPlace place, ReplayLog log) {
        long last = log.lastEpoch();
        boolean isLater = last != ReplayLog.NO_EPOCH && place.epoch() > last;
        if (isLater && place.epoch() - last > 1 && place.epoch() - utcSeconds.getAsLong() > MOST_EPOCH_AHEAD) {
            return "epoch " + place.epoch() + " of stream " + stream + " is in the future: the journal's last is "
                    + last;
        }
        long end = isLater ? 0 : log.lastSequence();
        if ((isLater || place.epoch() == last) && place.sequence() - end > MOST_AHEAD) {
            return "message " + place.sequence() + " of epoch " + place.epoch() + " of stream " + stream
                    + " is in the future: the journal ends at "
                    + (isLater ? "epoch " + last : String.valueOf(log.lastSequence()));
        }
        return "";
    }

    /** Many who ask for the same within a short time get it on the lines. */
    private boolean isOnLine(ReplayAccount account, ReplayJob job, long nowNs) {
        int askers = asked.note(account.name, job.stream, job.epoch, job.next, job.end, nowNs);
        if (account.timesTold(job, nowNs) >= MOST_TIMES_ON_LINE) {
            return false;
        }
        if (lines.covers(job.stream, job.epoch, job.next, job.end)) {
            return true;
        }
        if (askers < context.stormAskers() || !lines.send(job.stream, job.epoch, job.next, job.end, nowNs)) {
            return false;
        }
        for (ReplayAccount other : accounts) {
            for (ReplayJob each : List.copyOf(other.jobs)) {
                // Of those who came first and were not answered so far, who has nothing to get beside it.
                if (!each.isBegun
                        && library.isBesideLines(other.name)
                        && lines.covers(each.stream, each.epoch, each.next, each.end)) {
                    other.jobs.remove(each);
                    onLine(other, each, nowNs);
                }
            }
        }
        return true;
    }

    private void onLine(ReplayAccount account, ReplayJob job, long nowNs) {
        account.onTold(job, nowNs);
        int waitMs = (int) Math.max(1, context.lineHoldNs() / 1_000_000);
        words.say(job.stream, ReplayPageFlyweight.ON_LINE, waitMs, job.epoch, job.next);
        reply(job.peer, job.request, true, words);
    }

    /** A request was refused before it came here: its node asks over too many connections. */
    public void onTooMany() {
        figures.requests++;
        figures.refused[ReplayPeer.TOO_MANY]++;
    }

    /**
     * An answer is wanted no longer.
     *
     * @param peer who asked.
     * @param request its number.
     */
    public void onCancelled(ReplayPeer peer, long request) {
        ReplayAccount account = find(peer.name());
        if (account != null) {
            account.jobs.removeIf(job -> job.request == request && job.peer.equals(peer));
        }
    }

    /**
     * A peer is gone.
     *
     * @param peer who was connected.
     */
    public void onGone(ReplayPeer peer) {
        accounts.forEach(account -> account.jobs.removeIf(job -> job.peer.equals(peer)));
    }

    /**
     * Time has passed: reads and sends the next pages, in turns.
     *
     * @param nowNs ns of the same clock.
     * @return work done: pages and packets; 0 when there was nothing to do.
     */
    public int onTick(long nowNs) {
        int work = lines.onTick(nowNs);
        windows.onTick(nowNs);
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
        ReplayJob job = next(account, nowNs);
        if (job == null) {
            return false;
        }
        job.isBegun = true;
        PageBuilder page = page(job, nowNs);
        if (page == null) {
            account.jobs.remove(job);
            refuse(job.peer, job.request, ReplayPeer.NO_JOURNAL, "no journal of stream " + job.stream + " here");
            return true;
        }
        boolean isEmpty = page.nextEpoch() == job.epoch && page.next() == job.next;
        if (isEmpty && page.status() == ReplayPageFlyweight.END && nowNs - job.patientUntilNs < 0) {
            job.isBegun = false;
            job.againNs = nowNs + LAG_LOOK_NS;
            return false;
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

    /** The oldest request of a node whose connection takes pages. */
    private static @Nullable ReplayJob next(ReplayAccount account, long nowNs) {
        for (ReplayJob job : account.jobs) {
            if (nowNs - job.againNs >= 0 && job.peer.isWritable()) {
                return job;
            }
        }
        return null;
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
        ReplayAccount account = find(peer.name());
        if (account == null) {
            accounts.removeIf(unused -> unused.jobs.isEmpty() && nowNs - unused.usedNs() >= FORGET_NS);
            account = new ReplayAccount(peer.name(), context, nowNs);
            accounts.add(account);
        }
        return account;
    }

    private @Nullable ReplayAccount find(String name) {
        for (ReplayAccount account : accounts) {
            if (account.name.equals(name)) {
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

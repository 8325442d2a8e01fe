// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.recovery.remote;

import io.heliograph.engine.link.session.ReplyStatus;
import io.heliograph.engine.link.session.Session;
import io.heliograph.engine.recovery.ReplayPeer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.ManyToOneConcurrentLinkedQueue;

/**
 * A connection as the replay server sees it: a few pages may be on their way to it, and no more are made until it takes them.
 *
 * <p><b>Thread:</b> the server's, but for the methods that say that they are the links'.
 */
final class LinkPeer implements ReplayPeer {
    /** Two megabytes: waking the links for few pages at a time costs more than the pages. */
    static final int PAGES = 32;

    /** What says something, and has no packets, is not held back: of it there is one a request. */
    private static final int SHORT = 64;

    /** A session has at most 64 requests open at once: of more than that half are answered. */
    private static final int MOST_OPEN = 128;

    private final Session session;
    private final IntPredicate mayPull;
    private final Runnable bell;
    private final ManyToOneConcurrentLinkedQueue<Page> free = new ManyToOneConcurrentLinkedQueue<>();
    private final AtomicInteger pages = new AtomicInteger(PAGES);
    private final Map<Long, Outbox> outboxes = new HashMap<>();
    private final Set<Long> open = new HashSet<>();
    private final AskingRate rate;
    private volatile long usedNs;

    /**
     * A connection that nothing was sent to.
     *
     * @param session it.
     * @param mayPull whether it may have a stream, by its id.
     * @param bell wakes the server.
     * @param rate at which its node asks, over all its connections.
     * @param nowNs the time.
     */
    LinkPeer(Session session, IntPredicate mayPull, Runnable bell, AskingRate rate, long nowNs) {
        this.session = session;
        this.mayPull = mayPull;
        this.bell = bell;
        this.rate = rate;
        this.usedNs = nowNs;
    }

    /** The links': a request has come; false when there are so many that none is meant. */
    boolean isBegun(long request, long nowNs) {
        usedNs = nowNs;
        if (!rate.isWithin(nowNs)) {
            return false;
        }
        if (open.size() >= MOST_OPEN) {
            forgetAnswered();
        }
        open.add(request);
        return true;
    }

    /** How many requests are remembered: the session holds no more of them than half of that open. */
    int openCount() {
        return open.size();
    }

    private void forgetAnswered() {
        open.removeIf(request -> !session.isWanted(request));
    }

    /** The links': whether nothing waits for an answer. */
    boolean isDone() {
        forgetAnswered();
        return open.isEmpty() && outboxes.isEmpty();
    }

    /** Of its node. */
    AskingRate rate() {
        return rate;
    }

    /** Any thread's: when it last asked. */
    long usedNs() {
        return usedNs;
    }

    @Override
    public String name() {
        return session.peer();
    }

    @Override
    public boolean mayPull(int stream) {
        return mayPull.test(stream);
    }

    @Override
    public boolean isWritable() {
        return pages.get() > 0;
    }

    @Override
    public void reply(long request, boolean isLast, DirectBuffer page, int offset, int length) {
        boolean isCounted = length > SHORT;
        Page made = isCounted ? free.poll() : null;
        Page next = made != null ? made : isCounted ? Page.framed() : Page.plain();
        next.set(request, isLast, page, offset, length);
        if (isCounted) {
            pages.decrementAndGet();
        }
        session.execute(() -> send(next));
    }

    @Override
    public void refuse(long request, int reason, String words) {
        session.execute(() -> {
            onGone(request);
            session.refuse(request, statusOf(reason), words);
        });
    }

    static int statusOf(int reason) {
        return switch (reason) {
            case MALFORMED -> ReplyStatus.MALFORMED;
            case NOT_ALLOWED -> ReplyStatus.NOT_ALLOWED;
            case NO_JOURNAL -> ReplyStatus.NOT_FOUND;
            default -> ReplayService.IN_THE_FUTURE;
        };
    }

    /** The links': sends a page, or keeps it until the connection takes it. */
    private void send(Page page) {
        Outbox outbox = outboxes.get(page.request);
        Outbox to = outbox == null ? new Outbox(session, page.request, this::done) : outbox;
        if (to.isTaken(page)) {
            return;
        }
        if (!to.isWanted()) {
            done(page);
        } else {
            to.keep(page);
            outboxes.put(page.request, to);
        }
    }

    /** The links': the connection takes pages again. */
    void onWritable(long request) {
        Outbox outbox = outboxes.get(request);
        if (outbox != null && outbox.isDrained()) {
            outboxes.remove(request);
        }
    }

    /** The links': nobody waits for an answer any more. */
    void onGone(long request) {
        Outbox outbox = outboxes.remove(request);
        if (outbox != null) {
            outbox.clear();
        }
    }

    private void done(Page page) {
        if (page.length > SHORT) {
            free.add(page);
            pages.incrementAndGet();
            bell.run();
        }
    }
}

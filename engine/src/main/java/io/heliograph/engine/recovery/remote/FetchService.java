// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.recovery.remote;

import io.heliograph.engine.link.session.ReplyHandler;
import io.heliograph.engine.link.session.ReplyStatus;
import io.heliograph.engine.link.session.RequestHandler;
import io.heliograph.engine.link.session.Session;
import io.heliograph.engine.wire.ReplayRequestFlyweight;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The service {@code fetch}: asks another host's replay service for a process of this host, and hands its pages on as they are.
 * Several who ask for the same at the same time cost one request; who asks once more, because nothing came, has a new one made for
 * it. What nobody waits for any longer is taken back.
 *
 * <p>Nobody but processes of this host is answered, so that no node gets from another what the topology does not let it pull.
 *
 * <p><b>Layout:</b> a request is that of {@code replay}, and behind it the name of the host to ask, 1 to 64 octets of ASCII.
 *
 * <p><b>Thread:</b> the links', of which there is one; the counts any.
 *
 * <p><b>Failure:</b> what cannot be is refused in words; so is one who does not take its pages, once those that wait for all take
 * 16 MiB.
 */
public final class FetchService implements RequestHandler {
    /** The service's name. */
    public static final String NAME = "fetch";

    private static final int MAX_NAME_LENGTH = 64;
    private static final int MOST_WAITING_OCTETS = 16 << 20;
    private static final long TIMEOUT_NS = TimeUnit.SECONDS.toNanos(10);

    /** Whoever comes later may be trying again, and is not made to wait for an answer that may never come. */
    private static final long JOIN_NS = TimeUnit.MILLISECONDS.toNanos(10);

    private final Function<String, ReplayPath> paths;
    private final Function<String, String> objections;
    private final Map<Asked, Fetching> running = new HashMap<>();
    private final Map<Asker, Waiting> waiting = new HashMap<>();
    private final NanoClock clock;
    private final AtomicLong asked = new AtomicLong();
    private final AtomicLong shared = new AtomicLong();
    private long waitingOctets;

    /**
     * A service that nobody has asked.
     *
     * @param paths to hosts, by their names.
     * @param objections why a host cannot be asked, by its name, in words; empty when it can.
     * @param clock monotonic.
     */
    public FetchService(Function<String, ReplayPath> paths, Function<String, String> objections, NanoClock clock) {
        this.paths = paths;
        this.objections = objections;
        this.clock = clock;
    }

    /** A request as it goes to a host: who asks for the same has the same one. */
    private record Asked(String host, UnsafeBuffer request) {}

    /** A request of a process. */
    private record Asker(Session session, long request) {}

    /** One who waits for an answer. */
    private record Waiting(Outbox outbox, Fetching fetching) {}

    /**
     * Requests to other hosts.
     *
     * @return so far.
     */
    public long asked() {
        return asked.get();
    }

    /**
     * Requests that were answered by the answer to another one.
     *
     * @return so far.
     */
    public long shared() {
        return shared.get();
    }

    @Override
    public void onRequest(Session from, long requestId, String service, DirectBuffer body, int offset, int length) {
        if (!from.permissions().isLocal()) {
            from.refuse(requestId, ReplyStatus.NOT_ALLOWED, "service " + NAME + " is for processes of this host");
            return;
        }
        int nameLength = length - ReplayRequestFlyweight.LENGTH;
        if (nameLength < 1 || nameLength > MAX_NAME_LENGTH) {
            from.refuse(
                    requestId,
                    ReplyStatus.MALFORMED,
                    "a fetch request has " + ReplayRequestFlyweight.LENGTH + " octets and a host's name, not "
                            + length);
            return;
        }
        String host = body.getStringWithoutLengthAscii(offset + ReplayRequestFlyweight.LENGTH, nameLength);
        String objection = objections.apply(host);
        if (!objection.isEmpty()) {
            from.refuse(requestId, ReplyStatus.NOT_FOUND, objection);
            return;
        }
        byte[] octets = new byte[ReplayRequestFlyweight.LENGTH];
        body.getBytes(offset, octets);
        fetch(new Asked(host, new UnsafeBuffer(octets)), new Asker(from, requestId));
    }

    private void fetch(Asked what, Asker asker) {
        long nowNs = clock.nanoTime();
        Outbox outbox = new Outbox(asker.session, asker.request, page -> waitingOctets -= page.length);
        Fetching with = running.get(what);
        if (with != null && with.canBeJoined(nowNs)) {
            shared.incrementAndGet();
            with.askers.add(asker);
            waiting.put(asker, new Waiting(outbox, with));
            return;
        }
        Fetching fetching = new Fetching(what, nowNs);
        fetching.askers.add(asker);
        waiting.put(asker, new Waiting(outbox, fetching));
        running.put(what, fetching);
        asked.incrementAndGet();
        fetching.number = paths.apply(what.host).ask(what.request, TIMEOUT_NS, fetching);
    }

    @Override
    public void onWritable(Session from, long requestId) {
        Asker asker = new Asker(from, requestId);
        Waiting one = waiting.get(asker);
        if (one != null && one.outbox.isDrained() && !one.outbox.isWanted()) {
            waiting.remove(asker);
        }
    }

    @Override
    public void onGone(Session from, long requestId) {
        Asker asker = new Asker(from, requestId);
        Waiting one = waiting.remove(asker);
        if (one != null) {
            one.outbox.clear();
            one.fetching.leave(asker);
        }
    }

    /** One request to another host, and all who wait for its answer. */
    private final class Fetching implements ReplyHandler {
        private final Asked what;
        private final long atNs;
        private final List<Asker> askers = new ArrayList<>();
        private long number;
        private boolean isBegun;
        private boolean isOver;

        Fetching(Asked what, long nowNs) {
            this.what = what;
            this.atNs = nowNs;
        }

        boolean canBeJoined(long nowNs) {
            return !isBegun && nowNs - atNs < JOIN_NS;
        }

        /** One waits no longer; the last of them takes the request back. */
        void leave(Asker asker) {
            askers.remove(asker);
            if (askers.isEmpty() && !isOver) {
                isOver = true;
                running.remove(what, this);
                paths.apply(what.host).cancel(number);
            }
        }

        @Override
        public void onReply(long request, int status, boolean isLast, DirectBuffer body, int offset, int length) {
            isBegun = true;
            if (status != ReplyStatus.OK) {
                refuse(status, PeerWords.of(body, offset, length));
                return;
            }
            isOver |= isLast;
            for (Asker asker : List.copyOf(askers)) {
                give(asker, isLast, body, offset, length);
            }
            if (isLast) {
                running.remove(what, this);
            }
        }

        @Override
        public void onLost(long request, String why) {
            refuse(ReplyStatus.FAILED, why);
        }

        private void give(Asker asker, boolean isLast, DirectBuffer body, int offset, int length) {
            Waiting one = waiting.get(asker);
            if (one == null) {
                return;
            }
            Outbox outbox = one.outbox;
            if (outbox.isTaken(body, offset, length, isLast)) {
                if (isLast) {
                    waiting.remove(asker);
                }
            } else if (waitingOctets + length > MOST_WAITING_OCTETS) {
                outbox.refuse(ReplyStatus.BUSY, "pages wait to be taken; ask again later");
                waiting.remove(asker);
                leave(asker);
            } else {
                Page page = Page.plain();
                page.set(asker.request, isLast, body, offset, length);
                waitingOctets += length;
                outbox.keep(page);
            }
        }

        private void refuse(int status, String words) {
            isOver = true;
            running.remove(what, this);
            for (Asker asker : askers) {
                Waiting one = waiting.remove(asker);
                if (one != null) {
                    one.outbox.refuse(status, words);
                }
            }
        }
    }
}

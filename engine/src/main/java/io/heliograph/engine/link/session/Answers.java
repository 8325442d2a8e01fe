// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.link.session;

import io.heliograph.engine.link.session.LinkCounters.Count;
import io.heliograph.engine.wire.LinkFrame;
import io.heliograph.engine.wire.RequestFlyweight;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The requests of the peer: which wait for an answer, and who gives it.
 *
 * <p>At most {@value #LIMIT} at once; a further one is refused as busy. A peer that asks on and does not take the refusals is
 * one that floods.
 *
 * <p><b>Thread:</b> the session's owner.
 */
final class Answers {
    /** Requests of a session that wait at the same time. */
    static final int LIMIT = 64;

    private static final int WORDS_LIMIT = 1_000;

    private final LinkSession session;
    private final SessionContext context;
    private final LinkOutput output;
    private final Map<Long, Request> waiting = new LinkedHashMap<>();
    private final UnsafeBuffer words = new UnsafeBuffer(0, 0);
    private final UnsafeBuffer framed = new UnsafeBuffer(0, 0);
    private long lastId;

    private static final class Request {
        final RequestHandler handler;
        final long deadlineNs;
        long pages;

        Request(RequestHandler handler, long deadlineNs) {
            this.handler = handler;
            this.deadlineNs = deadlineNs;
        }
    }

    Answers(LinkSession session, SessionContext context, LinkOutput output) {
        this.session = session;
        this.context = context;
        this.output = output;
    }

    /** What is wrong with a REQUEST; null when nothing is. */
    @Nullable
    String onRequest(DirectBuffer buffer, int offset, int length, long nowNs) {
        long id = RequestFlyweight.id(buffer, offset);
        if (LinkFrame.flags(buffer, offset) == RequestFlyweight.FLAG_CANCEL) {
            Request request = waiting.remove(id);
            if (request != null) {
                guard(() -> request.handler.onGone(session, id));
            }
            return id > lastId ? "request " + id + " taken back before it was sent" : null;
        }
        if (id <= lastId) {
            return "request " + id + " after request " + lastId;
        }
        lastId = id;
        context.counters().count(Count.REQUESTS);
        int serviceLength = RequestFlyweight.serviceLength(buffer, offset);
        int name = offset + RequestFlyweight.BODY_OFFSET;
        String service = buffer.getStringWithoutLengthAscii(name, serviceLength);
        Optional<RequestHandler> handler = context.services().find(service);
        if (waiting.size() >= LIMIT) {
            return refuseUnheard(id, ReplyStatus.BUSY, "at most " + LIMIT + " requests at once");
        }
        if (!session.permissions().mayAsk(service)) {
            return refuseUnheard(
                    id, ReplyStatus.NOT_ALLOWED, "the topology does not let " + session.peer() + " ask " + service);
        }
        if (handler.isEmpty()) {
            return refuseUnheard(
                    id, ReplyStatus.UNKNOWN_SERVICE, "no service " + service + " answers at " + context.name());
        }
        waiting.put(id, new Request(handler.get(), nowNs + 1_000_000L * RequestFlyweight.deadlineMs(buffer, offset)));
        int body = name + serviceLength;
        try {
            handler.get().onRequest(session, id, service, buffer, body, offset + length - body);
        } catch (RuntimeException thrown) {
            context.errors().onError(thrown);
            refuse(id, ReplyStatus.FAILED, "service " + service + " failed");
        }
        return null;
    }

    boolean reply(long id, int status, boolean isLast, DirectBuffer body, int offset, int length) {
        Request request = waiting.get(id);
        if (request == null || !output.isWritable()) {
            return false;
        }
        send(id, request.pages++, status, isLast || status != ReplyStatus.OK, body, offset, length);
        return true;
    }

    /** Sends a page from where it was written. */
    boolean reply(long id, boolean isLast, ByteBuffer frame, int length, Runnable done) {
        Request request = waiting.get(id);
        if (request == null || !output.isWritable()) {
            return false;
        }
        check(length);
        framed.wrap(frame);
        RequestFlyweight.encodeReply(framed, 0, id, request.pages++, ReplyStatus.OK, isLast, length);
        output.send(frame, RequestFlyweight.BODY_OFFSET + length, done);
        output.flush();
        if (isLast) {
            waiting.remove(id);
        }
        return true;
    }

    void refuse(long id, int status, String why) {
        Request request = waiting.get(id);
        if (request != null) {
            refuse(id, request.pages, status, why);
        }
    }

    boolean isWanted(long id) {
        return waiting.containsKey(id);
    }

    void onWritable() {
        for (long id : ids()) {
            if (!output.isWritable()) {
                return;
            }
            Request request = waiting.get(id);
            if (request != null) {
                // To the end of the line: the next one begins when the connection takes octets again.
                waiting.remove(id);
                waiting.put(id, request);
                guard(() -> request.handler.onWritable(session, id));
            }
        }
    }

    void onTick(long nowNs) {
        if (waiting.isEmpty()) {
            return;
        }
        for (long id : ids()) {
            Request request = waiting.get(id);
            if (request != null && nowNs - request.deadlineNs >= 0) {
                waiting.remove(id);
                guard(() -> request.handler.onGone(session, id));
            }
        }
    }

    void onClosed() {
        for (long id : ids()) {
            Request request = waiting.remove(id);
            if (request != null) {
                guard(() -> request.handler.onGone(session, id));
            }
        }
    }

    private List<Long> ids() {
        return new ArrayList<>(waiting.keySet());
    }

    private @Nullable String refuseUnheard(long id, int status, String why) {
        if (!output.isWritable()) {
            return "it asks on and takes no answers";
        }
        refuse(id, 0, status, why);
        return null;
    }

    private void refuse(long id, long page, int status, String why) {
        context.counters().count(Count.REFUSED_REQUESTS);
        byte[] octets = why.getBytes(StandardCharsets.UTF_8);
        words.wrap(octets);
        send(id, page, status, true, words, 0, Math.min(octets.length, WORDS_LIMIT));
    }

    private void send(long id, long page, int status, boolean isLast, DirectBuffer body, int offset, int length) {
        check(length);
        MutableDirectBuffer frame = output.claim(RequestFlyweight.BODY_OFFSET + length);
        RequestFlyweight.encodeReply(frame, 0, id, page, status, isLast, length);
        frame.putBytes(RequestFlyweight.BODY_OFFSET, body, offset, length);
        output.commit();
        output.flush();
        if (isLast) {
            waiting.remove(id);
        }
    }

    private static void check(int length) {
        if (length > RequestFlyweight.MAX_REPLY_BODY) {
            throw new IllegalArgumentException(
                    "a page of " + length + " octets; at most " + RequestFlyweight.MAX_REPLY_BODY + " fit a frame");
        }
    }

    private void guard(Runnable callback) {
        try {
            callback.run();
        } catch (RuntimeException thrown) {
            context.errors().onError(thrown);
        }
    }
}

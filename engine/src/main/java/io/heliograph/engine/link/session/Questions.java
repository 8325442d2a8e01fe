// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.link.session;

import io.heliograph.engine.base.Outcome;
import io.heliograph.engine.link.session.LinkCounters.Count;
import io.heliograph.engine.wire.LinkFrame;
import io.heliograph.engine.wire.RequestFlyweight;
import java.util.LinkedHashMap;
import java.util.Map;
import org.agrona.DirectBuffer;
import org.agrona.ErrorHandler;
import org.agrona.MutableDirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The requests of this side: who waits for which answer, and until when.
 *
 * <p><b>Thread:</b> the session's owner.
 */
final class Questions {
    private final Map<Long, Question> waiting = new LinkedHashMap<>();
    private final LinkOutput output;
    private final LinkCounters counters;
    private final ErrorHandler errors;
    private long lastId;

    private static final class Question {
        final long deadlineNs;
        final ReplyHandler handler;
        long nextPage;

        Question(long deadlineNs, ReplyHandler handler) {
            this.deadlineNs = deadlineNs;
            this.handler = handler;
        }
    }

    Questions(LinkOutput output, LinkCounters counters, ErrorHandler errors) {
        this.output = output;
        this.counters = counters;
        this.errors = errors;
    }

    long ask(
            String service,
            DirectBuffer body,
            int offset,
            int length,
            long nowNs,
            long deadlineNs,
            ReplyHandler handler) {
        if (!output.isWritable()) {
            return Outcome.BACK_PRESSURED;
        }
        long id = ++lastId;
        long restMs = Math.max(1, (deadlineNs - nowNs + 999_999) / 1_000_000);
        int frame = RequestFlyweight.BODY_OFFSET + service.length() + length;
        MutableDirectBuffer buffer = output.claim(frame);
        RequestFlyweight.encodeRequest(
                buffer, 0, id, Math.min(restMs, RequestFlyweight.MAX_DEADLINE_MS), service.length(), length);
        buffer.putStringWithoutLengthAscii(RequestFlyweight.BODY_OFFSET, service);
        buffer.putBytes(RequestFlyweight.BODY_OFFSET + service.length(), body, offset, length);
        output.commit();
        output.flush();
        waiting.put(id, new Question(deadlineNs, handler));
        return id;
    }

    boolean cancel(long id) {
        boolean wasWaiting = waiting.remove(id) != null;
        if (wasWaiting) {
            sayCancelled(id);
        }
        return wasWaiting;
    }

    int count() {
        return waiting.size();
    }

    /** What is wrong with a REPLY; null when nothing is. */
    @Nullable
    String onReply(DirectBuffer buffer, int offset, int length) {
        long id = RequestFlyweight.id(buffer, offset);
        if (id > lastId) {
            return "a reply to request " + id + ", which was never sent";
        }
        Question question = waiting.get(id);
        if (question == null) {
            counters.count(Count.LATE_REPLIES);
            return null;
        }
        long page = RequestFlyweight.page(buffer, offset);
        if (page != (question.nextPage & 0xFFFF_FFFFL)) {
            return "page " + page + " of the answer to request " + id + " where page " + question.nextPage + " comes";
        }
        question.nextPage++;
        boolean isLast = (LinkFrame.flags(buffer, offset) & RequestFlyweight.FLAG_LAST) != 0;
        if (isLast) {
            waiting.remove(id);
        }
        int status = RequestFlyweight.status(buffer, offset);
        int body = RequestFlyweight.BODY_OFFSET;
        guard(() -> question.handler.onReply(id, status, isLast, buffer, offset + body, length - body));
        return null;
    }

    void onTick(long nowNs) {
        if (waiting.isEmpty()) {
            return;
        }
        Map<Long, Question> late = new LinkedHashMap<>(waiting);
        late.values().removeIf(question -> nowNs - question.deadlineNs < 0);
        late.forEach((id, question) -> {
            if (cancel(id)) {
                guard(() -> question.handler.onLost(id, "no answer within its deadline"));
            }
        });
    }

    void onClosed(String why) {
        Map<Long, Question> lost = new LinkedHashMap<>(waiting);
        waiting.clear();
        lost.forEach((id, question) -> guard(() -> question.handler.onLost(id, why)));
    }

    private void sayCancelled(long id) {
        RequestFlyweight.encodeCancel(output.claim(RequestFlyweight.BODY_OFFSET), 0, id);
        output.commit();
        output.flush();
    }

    private void guard(Runnable callback) {
        try {
            callback.run();
        } catch (RuntimeException thrown) {
            errors.onError(thrown);
        }
    }
}

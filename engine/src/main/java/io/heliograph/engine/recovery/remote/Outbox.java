// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.recovery.remote;

import io.heliograph.engine.link.session.ReplyStatus;
import io.heliograph.engine.link.session.Session;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;

/**
 * The answer to one request: what its connection does not take waits here, in order.
 *
 * <p><b>Thread:</b> the links'.
 */
final class Outbox {
    private final Session session;
    private final long request;
    private final Consumer<Page> done;
    private final ArrayDeque<Page> waiting = new ArrayDeque<>();

    /**
     * An answer without pages.
     *
     * @param session that asked.
     * @param request of it.
     * @param done given each page that is free again.
     */
    Outbox(Session session, long request, Consumer<Page> done) {
        this.session = session;
        this.request = request;
        this.done = done;
    }

    /** Whether a page was taken at once. */
    boolean isTaken(DirectBuffer page, int offset, int length, boolean isLast) {
        return waiting.isEmpty() && session.reply(request, ReplyStatus.OK, isLast, page, offset, length);
    }

    /** Whether a page was taken at once; then it is free again when it is done with. */
    boolean isTaken(Page page) {
        return waiting.isEmpty() && isSent(page);
    }

    private boolean isSent(Page page) {
        ByteBuffer frame = page.frame();
        if (frame != null) {
            return session.reply(request, page.isLast, frame, page.length, () -> done.accept(page));
        }
        boolean isSent = session.reply(request, ReplyStatus.OK, page.isLast, page.buffer(), 0, page.length);
        if (isSent) {
            done.accept(page);
        }
        return isSent;
    }

    /** Whether somebody waits for the answer. */
    boolean isWanted() {
        return session.isWanted(request);
    }

    /** Keeps a page that was not taken. */
    void keep(Page page) {
        waiting.add(page);
    }

    /** The connection takes pages again; true when nothing waits any longer. */
    boolean isDrained() {
        for (Page page = waiting.peek(); page != null; page = waiting.peek()) {
            if (!isSent(page)) {
                return false;
            }
            waiting.remove();
        }
        return true;
    }

    /** Ends the answer in words. */
    void refuse(int status, String words) {
        clear();
        session.refuse(request, status, words);
    }

    /** Nobody waits for the answer any more. */
    void clear() {
        waiting.forEach(done);
        waiting.clear();
    }
}

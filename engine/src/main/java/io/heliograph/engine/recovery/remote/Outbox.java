// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.recovery.remote;

import io.heliograph.engine.link.session.ReplyStatus;
import io.heliograph.engine.link.session.Session;
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
     * @param done given each page that waited and waits no longer.
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
            if (!session.reply(request, ReplyStatus.OK, page.isLast, page.buffer(), 0, page.length)) {
                return false;
            }
            done.accept(waiting.remove());
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

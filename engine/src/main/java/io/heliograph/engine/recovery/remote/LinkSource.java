// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.recovery.remote;

import io.heliograph.engine.link.session.ReplyHandler;
import io.heliograph.engine.link.session.ReplyStatus;
import io.heliograph.engine.recovery.GapSource;
import io.heliograph.engine.recovery.ReplayAsk;
import io.heliograph.engine.wire.ReplayRequestFlyweight;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.ManyToOneConcurrentLinkedQueue;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Another host's replay service, asked over links: its answers wait for {@link #poll}.
 *
 * <p><b>Thread:</b> one owner: the thread that runs the recovery. The links' thread only puts answers into a queue, and rings.
 *
 * <p><b>Allocation:</b> some hundred octets an ask; memory of pages is used again.
 *
 * <p><b>Failure:</b> what the host refuses is told once, in its words.
 */
public final class LinkSource implements GapSource {
    /** Whoever asks gives up sooner; this is for what nobody waits for any more. */
    private static final long TIMEOUT_NS = TimeUnit.SECONDS.toNanos(10);

    /** Pages whose memory is kept: some megabytes. */
    private static final int MOST_SPARE = 32;

    private final String host;
    private final ReplayPath path;
    private final SourceAnswers answers;
    private final Runnable bell;
    private final Consumer<String> trouble;
    private final UnsafeBuffer request = new UnsafeBuffer(new byte[ReplayRequestFlyweight.LENGTH]);
    private final Map<Long, Long> asked = new HashMap<>();
    private final ManyToOneConcurrentLinkedQueue<Page> come = new ManyToOneConcurrentLinkedQueue<>();
    private final ManyToOneConcurrentLinkedQueue<Page> spare = new ManyToOneConcurrentLinkedQueue<>();
    private final AtomicInteger spares = new AtomicInteger();
    private String told = "";

    /**
     * A source that has not been asked.
     *
     * @param host that is asked, its name.
     * @param path to it.
     * @param answers takes them.
     * @param bell rung, on the links' thread, when there is something to poll.
     * @param trouble told in words, on the owner's thread, when the host refuses.
     */
    public LinkSource(String host, ReplayPath path, SourceAnswers answers, Runnable bell, Consumer<String> trouble) {
        this.host = host;
        this.path = path;
        this.answers = answers;
        this.bell = bell;
        this.trouble = trouble;
    }

    @Override
    public String name() {
        return host;
    }

    @Override
    public boolean ask(long id, ReplayAsk ask) {
        ask.encode(request, 0);
        asked.put(id, path.ask(request, TIMEOUT_NS, new Taking(id)));
        return true;
    }

    @Override
    public void cancel(long id) {
        Long number = asked.remove(id);
        if (number != null) {
            path.cancel(number);
        }
    }

    @Override
    public int poll() {
        int count = 0;
        for (Page page = come.poll(); page != null; page = come.poll()) {
            hand(page);
            count++;
            if (spares.get() < MOST_SPARE) {
                spares.incrementAndGet();
                spare.add(page);
            }
        }
        return count;
    }

    private void hand(Page page) {
        if (!asked.containsKey(page.request)) {
            return;
        }
        if (page.isLast) {
            asked.remove(page.request);
        }
        if (page.status == ReplyStatus.OK) {
            answers.onPage(page.request, page.isLast, page.buffer(), 0, page.length);
            return;
        }
        if (page.status != ReplyStatus.BUSY && !page.words.equals(told)) {
            told = page.words;
            trouble.accept("nothing can be fetched from host " + host + " for now: " + page.words);
        }
        answers.onFailed(page.request, page.words);
    }

    /** The answer to one ask, on the links' thread. */
    private final class Taking implements ReplyHandler {
        private final long id;

        Taking(long id) {
            this.id = id;
        }

        @Override
        public void onReply(long number, int status, boolean isLast, DirectBuffer body, int offset, int length) {
            Page page = page();
            if (status == ReplyStatus.OK) {
                page.set(id, isLast, body, offset, length);
            } else {
                page.refuse(id, status, PeerWords.of(body, offset, length));
            }
            give(page);
        }

        @Override
        public void onLost(long number, String why) {
            Page page = page();
            page.refuse(id, ReplyStatus.BUSY, why);
            give(page);
        }

        private Page page() {
            Page used = spare.poll();
            if (used == null) {
                return Page.plain();
            }
            spares.decrementAndGet();
            return used;
        }

        private void give(Page page) {
            come.add(page);
            bell.run();
        }
    }
}

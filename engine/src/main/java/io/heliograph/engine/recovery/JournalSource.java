// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.recovery;

import io.heliograph.engine.wire.ReplayPageFlyweight;
import io.heliograph.engine.wire.ReplayRequestFlyweight;

/**
 * A journal of this host, asked without any network: answers within the call.
 *
 * <p><b>Thread:</b> one owner: the thread that runs the recovery.
 */
public final class JournalSource implements GapSource {
    private static final int PAGE_OCTETS = 64 * 1024;

    private final String name;
    private final int stream;
    private final LogCursor cursor;
    private final SourceAnswers answers;
    private final PageBuilder builder = new PageBuilder(PAGE_OCTETS);
    private long cancelled;

    /**
     * A source that has not been asked.
     *
     * @param name for people.
     * @param stream id.
     * @param log is read.
     * @param answers takes them.
     */
    public JournalSource(String name, int stream, ReplayLog log, SourceAnswers answers) {
        this.name = name;
        this.stream = stream;
        this.cursor = new LogCursor(log);
        this.answers = answers;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean ask(long id, ReplayAsk ask) {
        if (cursor.log().lastEpoch() == ReplayLog.NO_EPOCH) {
            return false;
        }
        answer(id, ask);
        return true;
    }

    /**
     * Records that could not be read, as often as they were met.
     *
     * @return times.
     */
    public long damages() {
        return cursor.damages();
    }

    @Override
    public void cancel(long id) {
        cancelled = id;
    }

    private void answer(long id, ReplayAsk ask) {
        ReplayPlace place = cursor.place(ask);
        if (place.isNowhere()) {
            builder.say(stream, ReplayPageFlyweight.END, 0, Math.max(0, place.epoch()), place.sequence());
            answers.onPage(id, true, builder.page(), 0, builder.length());
            return;
        }
        long epoch = place.epoch();
        long first = place.sequence();
        long end = ask.endFrom(first);
        int left = ask.octets();
        boolean isLast = false;
        while (!isLast && cancelled != id) {
            builder.build(stream, cursor, epoch, first, end, Math.min(PAGE_OCTETS, left));
            left -= builder.length();
            isLast = builder.status() != ReplayPageFlyweight.MORE || left < ReplayRequestFlyweight.MIN_OCTETS;
            epoch = builder.nextEpoch();
            first = builder.next();
            answers.onPage(id, isLast, builder.page(), 0, builder.length());
        }
    }
}

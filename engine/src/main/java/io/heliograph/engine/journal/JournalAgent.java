// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.journal;

import static io.heliograph.engine.base.JournalDescriptor.JOURNAL_APPENDED;
import static io.heliograph.engine.base.JournalDescriptor.JOURNAL_EPOCH;
import static io.heliograph.engine.base.JournalDescriptor.JOURNAL_GAPS;
import static io.heliograph.engine.base.JournalDescriptor.JOURNAL_LAG;
import static io.heliograph.engine.base.JournalDescriptor.JOURNAL_LATE;
import static io.heliograph.engine.base.JournalDescriptor.JOURNAL_OCTETS;
import static io.heliograph.engine.base.JournalDescriptor.JOURNAL_PACKETS;
import static io.heliograph.engine.base.JournalDescriptor.JOURNAL_STATE;
import static io.heliograph.engine.base.JournalDescriptor.JOURNAL_SYNCED;

import io.heliograph.engine.stream.AeronConnection;
import io.heliograph.engine.stream.CounterSet;
import io.heliograph.engine.stream.PacketHandler;
import io.heliograph.engine.stream.StreamSubscription;
import org.agrona.concurrent.NanoClock;

/**
 * Keeps the journal of a stream: a subscriber beside all others, whose packets go to the disk in their order. It has no say in
 * how fast the stream is.
 *
 * <p><b>Thread:</b> one owner: the thread that owns the subscription and the appender.
 *
 * <p><b>Allocation:</b> none but the journal's, each hour.
 */
public final class JournalAgent implements AutoCloseable {
    private static final int PACKET_LIMIT = 64;
    private static final long TICK_NS = 5_000_000L;

    private final StreamSubscription subscription;
    private final JournalAppender appender;
    private final NanoClock clock;
    private final CounterSet counters;
    private final PacketHandler append;
    private long tickAtNs;

    /**
     * Journals a stream.
     *
     * @param subscription that is polled from here; closed by the caller.
     * @param appender of the stream's journal; closed by the caller.
     * @param connection to the driver that has the counters.
     * @param clock says when counters are shown.
     */
    public JournalAgent(
            StreamSubscription subscription, JournalAppender appender, AeronConnection connection, NanoClock clock) {
        this.subscription = subscription;
        this.appender = appender;
        this.clock = clock;
        this.append = appender::append;
        this.tickAtNs = clock.nanoTime();
        this.counters = CounterSet.ofStream(
                connection,
                subscription.stream(),
                JOURNAL_APPENDED,
                JOURNAL_EPOCH,
                JOURNAL_PACKETS,
                JOURNAL_OCTETS,
                JOURNAL_GAPS,
                JOURNAL_LATE,
                JOURNAL_LAG,
                JOURNAL_SYNCED,
                JOURNAL_STATE);
    }

    /**
     * Appends what has come.
     *
     * @return work done; 0 = idle.
     * @throws JournalException when the journal cannot be written to.
     */
    public int doWork() {
        int work = subscription.pollPackets(append, PACKET_LIMIT);
        if (work > 0) {
            // Who is held back by the journal waits for this one alone.
            counters.set(0, appender.epoch() < 0 ? 0 : appender.nextSequence() - 1);
        }
        long nowNs = clock.nanoTime();
        if (nowNs - tickAtNs >= 0) {
            tickAtNs = nowNs + TICK_NS;
            show();
        }
        return work;
    }

    /** Takes the counters away. */
    @Override
    public void close() {
        counters.close();
    }

    private void show() {
        counters.take();
        counters.set(0, appender.epoch() < 0 ? 0 : appender.nextSequence() - 1);
        counters.set(1, appender.epoch());
        counters.set(2, appender.packets());
        counters.set(3, appender.octets());
        counters.set(4, appender.gaps());
        counters.set(5, appender.fills());
        counters.set(6, lag());
        counters.set(7, Math.max(0, appender.syncedNext() - 1));
        counters.set(8, appender.stopped().isEmpty() ? 1 : 2);
    }

    /** What was heard of and is not appended; while the journal is stopped, nothing is. */
    private long lag() {
        boolean isSameEpoch = subscription.epoch() == appender.epoch();
        return isSameEpoch ? Math.max(0, subscription.heardNext() - appender.nextSequence()) : 0;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.demo;

import io.heliograph.engine.Heliograph;
import io.heliograph.engine.HeliographContext;
import io.heliograph.engine.SubscriptionOptions;
import io.heliograph.engine.cli.CommandException;
import io.heliograph.engine.recovery.JoinPlace;
import io.heliograph.engine.schema.sbe.InstrumentDefinitionDecoder;
import io.heliograph.engine.schema.sbe.MessageHeaderDecoder;
import io.heliograph.engine.stream.Arbiter;
import io.heliograph.engine.stream.LineStatistics;
import io.heliograph.engine.stream.MessageHandler;
import io.heliograph.engine.stream.MessageHeader;
import io.heliograph.engine.stream.Quality;
import io.heliograph.engine.stream.StreamListener;
import io.heliograph.engine.stream.StreamStatistics;
import io.heliograph.engine.stream.StreamSubscription;
import io.heliograph.subscribers.book.Book;
import io.heliograph.subscribers.book.BookListener;
import io.heliograph.subscribers.book.BookOutcome;
import io.heliograph.subscribers.book.Books;
import io.heliograph.subscribers.cli.Latencies;
import io.heliograph.subscribers.record.Instruments;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.SystemNanoClock;
import org.jspecify.annotations.Nullable;

/**
 * A subscriber of the demo: receives the stream by a driver of its own, what it missed from the journal, builds books, and shows
 * snapshots of itself. With a {@link Checkpoint} it keeps every now and then what it has, and begins behind that.
 *
 * <p><b>Thread:</b> its own; others read {@link #snapshot()}, and everything else once the thread has ended.
 */
final class DemoSubscriber implements Runnable, MessageHandler, StreamListener, BookListener {
    static final long PRICE_UNIT = 100_000L;

    private static final int PACKET_LIMIT = 64;
    private static final long SNAPSHOT_NS = 250_000_000L;
    private static final long LONGEST_NS = 60_000_000_000L;
    private static final int LOCATES = 0x10000;
    private static final int BUSIEST = 5;

    /** To keep what it has takes at most so small a part of its time. */
    private static final long CHECKPOINT_SHARE = 20;

    private static final long CHECKPOINT_NS = 100_000_000L;

    private final DemoPart part;
    private final HeliographContext context;
    private final DemoSignals signals;
    private final Corruption corruption;
    private final Books books;
    private final ChangeLog changes = new ChangeLog();
    private final Instruments instruments = new Instruments();
    private final InstrumentDefinitionDecoder definition = new InstrumentDefinitionDecoder();
    private final Latencies latencies = new Latencies();
    private final Histogram lately = new Histogram(LONGEST_NS, 2);
    private final int[] activity = new int[LOCATES];
    private final NanoClock clock = SystemNanoClock.INSTANCE;
    private final Book view = new Book();
    private final Silence silence = new Silence();
    private final @Nullable Checkpoint checkpoint;
    private volatile SubscriberSnapshot snapshot = SubscriberSnapshot.NONE;
    private volatile @Nullable String failure;
    private volatile long caughtUpNs;
    private boolean isResuming;
    private long resumedNext = 1;
    private long checkpointAtNs;
    private long sequence;

    /**
     * One that has heard nothing.
     *
     * @param part that it plays.
     * @param checkpoint that it keeps, and begins behind if it is there; null: none.
     */
    DemoSubscriber(
            DemoPart part,
            HeliographContext context,
            DemoSignals signals,
            DemoPlan plan,
            Corruption corruption,
            @Nullable Checkpoint checkpoint) {
        this.part = part;
        this.context = context;
        this.signals = signals;
        this.corruption = corruption;
        this.checkpoint = checkpoint;
        this.books = books(plan, this);
    }

    /** Empty books with room for a plan's orders. */
    static Books books(DemoPlan plan, BookListener listener) {
        return new Books(plan.symbols(), (int) Math.min(1_000_000, 1024 + plan.limit() / 8), listener);
    }

    @Override
    public void run() {
        IdleStrategy idle = DemoIdle.strategy();
        SubscriptionOptions options = options();
        long startNs = clock.nanoTime();
        try (Heliograph heliograph = Heliograph.connect(context);
                StreamSubscription subscription = heliograph.addSubscription(DemoPlace.STREAM, this, options)) {
            long snapshotAtNs = startNs;
            checkpointAtNs = startNs;
            boolean isReady = false;
            while (!signals.isCancelled() && !subscription.isEnded() && failure == null) {
                long before = sequence;
                idle.idle(heliograph.doWork() + subscription.poll(this, PACKET_LIMIT));
                if (!isReady && isReady(subscription, part.isBridged())) {
                    isReady = true;
                    caughtUpNs = clock.nanoTime() - startNs;
                    signals.ready(part.name());
                }
                long nowNs = clock.nanoTime();
                if (sequence != before) {
                    silence.onHeard(nowNs);
                }
                if (nowNs - snapshotAtNs >= 0) {
                    snapshotAtNs = nowNs + SNAPSHOT_NS;
                    snapshot = take(subscription);
                    lately.reset();
                }
                keep(subscription, nowNs);
            }
            keepNow(subscription);
            snapshot = take(subscription);
        }
        String words = failure;
        if (words != null) {
            throw CommandException.failed(part.name() + ": " + words);
        }
    }

    private SubscriptionOptions options() {
        JoinPlace place = part.from();
        if (checkpoint != null && checkpoint.isThere()) {
            isResuming = true;
            place = checkpoint.read(changes, books);
            resumedNext = place.from();
            isResuming = false;
        }
        SubscriptionOptions options = SubscriptionOptions.DEFAULT;
        return place == null ? options : options.from(place, words -> failure = words);
    }

    /** Writes the checkpoint, if it is time and there is something to keep. */
    private void keep(StreamSubscription subscription, long nowNs) {
        if (checkpoint != null && nowNs - checkpointAtNs >= 0) {
            keepNow(subscription);
            long tookNs = clock.nanoTime() - nowNs;
            checkpointAtNs = nowNs + Math.max(CHECKPOINT_NS, tookNs * CHECKPOINT_SHARE);
        }
    }

    private void keepNow(StreamSubscription subscription) {
        if (checkpoint != null && subscription.epoch() != Arbiter.NULL_EPOCH) {
            checkpoint.write(subscription.epoch(), subscription.nextSequence(), changes, books);
        }
    }

    @Override
    public void onMessage(DirectBuffer buffer, int offset, int length, MessageHeader header) {
        sequence = header.sequence();
        if (!header.isReplayed()) {
            latencies.onMessage(header);
            lately.recordValue(Math.max(0, Math.min(LONGEST_NS, latencies.latencyNs())));
        }
        if ((buffer.getByte(offset + 1) & 0xFF) == InstrumentDefinitionDecoder.TEMPLATE_ID) {
            int blockLength = buffer.getByte(offset) & 0xFF;
            int version = buffer.getByte(offset + 3) & 0xFF;
            definition.wrap(buffer, offset + MessageHeaderDecoder.ENCODED_LENGTH, blockLength, version);
            instruments.onDefinition(definition, buffer);
        }
        books.onMessage(corruption.pass(buffer, offset, length), corruption.offset(offset), length);
    }

    @Override
    public void onBestChange(Book book) {
        if (isResuming) {
            return;
        }
        int locate = book.instrument();
        activity[locate & (LOCATES - 1)]++;
        changes.add(
                sequence,
                locate,
                book.bestBidPrice() / PRICE_UNIT,
                book.bestBidSize(),
                book.bestAskPrice() / PRICE_UNIT,
                book.bestAskSize());
    }

    @Override
    public void onTrouble(BookOutcome outcome, int instrument, long orderId) {
        signals.say(part.name() + ": message " + sequence + " " + outcome.words() + " ("
                + instruments.get(instrument).symbol() + ", order " + orderId + ")");
    }

    @Override
    public void onGap(long epoch, long first, long last) {
        signals.say(part.name() + ": gap, messages " + first + " to " + (last == UNKNOWN_END ? "an unknown end" : last)
                + " are lost");
    }

    @Override
    public void onQuality(Quality was, Quality is) {
        if (is == Quality.STALE) {
            signals.say(part.name() + ": stale, no line brings anything");
        }
    }

    String name() {
        return part.name();
    }

    /** How long it has heard nothing. */
    Silence silence() {
        return silence;
    }

    SubscriberSnapshot snapshot() {
        return snapshot;
    }

    Books books() {
        return books;
    }

    ChangeLog changes() {
        return changes;
    }

    /** Of what came by lines. */
    LatencySummary latency() {
        return LatencySummary.of(latencies);
    }

    /** The first message that was not in its checkpoint. */
    long resumedNext() {
        return resumedNext;
    }

    /** How long it took to be live; 0 while it is not. */
    long caughtUpNs() {
        return caughtUpNs;
    }

    boolean wasCorrupted() {
        return corruption.isDone();
    }

    /** @param isBridged whether it is ready too when nothing can be heard so far. */
    private static boolean isReady(StreamSubscription subscription, boolean isBridged) {
        boolean isWaiting = isBridged && subscription.quality() == Quality.JOINING;
        if (!isWaiting && subscription.quality() != Quality.LIVE) {
            return false;
        }
        for (int i = 0; i < subscription.lineCount(); i++) {
            if (!subscription.isConnected(i)) {
                return false;
            }
        }
        return true;
    }

    private SubscriberSnapshot take(StreamSubscription subscription) {
        StreamStatistics seen = subscription.statistics();
        List<SubscriberSnapshot.Line> lines = new ArrayList<>();
        long duplicates = 0;
        for (int i = 0; i < subscription.lineCount(); i++) {
            LineStatistics line = subscription.line(i);
            lines.add(new SubscriberSnapshot.Line(
                    line.name(), line.won(), line.lost(), line.duplicates(), line.missing()));
            duplicates += line.lost() + line.duplicates();
        }
        return new SubscriberSnapshot(
                isReady(subscription, false),
                subscription.quality().name(),
                resumedNext - 1 + seen.messages(),
                subscription.behind(),
                seen.gaps(),
                seen.lostMessages(),
                duplicates,
                seen.recovered(),
                seen.outOfOrder(),
                seen.replayed(),
                lines,
                lately.getValueAtPercentile(50),
                lately.getValueAtPercentile(99),
                tops());
    }

    private List<SubscriberSnapshot.Top> tops() {
        int[] busiest = new int[BUSIEST];
        for (int locate = 1; locate < LOCATES; locate++) {
            int candidate = locate;
            for (int i = 0; i < BUSIEST; i++) {
                if (activity[candidate] > activity[busiest[i]]) {
                    int worse = busiest[i];
                    busiest[i] = candidate;
                    candidate = worse;
                }
            }
        }
        List<SubscriberSnapshot.Top> tops = new ArrayList<>();
        for (int locate : busiest) {
            if (activity[locate] > 0 && books.find(locate, view)) {
                tops.add(new SubscriberSnapshot.Top(
                        instruments.get(locate).symbol(),
                        view.bestBidPrice(),
                        view.bestBidSize(),
                        view.bestAskPrice(),
                        view.bestAskSize()));
            }
        }
        return tops;
    }
}

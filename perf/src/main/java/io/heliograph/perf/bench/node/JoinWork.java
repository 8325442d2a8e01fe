// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.bench.node;

import io.heliograph.engine.Heliograph;
import io.heliograph.engine.SubscriptionOptions;
import io.heliograph.engine.recovery.JoinPlace;
import io.heliograph.engine.stream.MessageHandler;
import io.heliograph.engine.stream.Quality;
import io.heliograph.engine.stream.StreamListener;
import io.heliograph.engine.stream.StreamSubscription;
import io.heliograph.perf.bench.control.ControlLine;
import java.nio.file.Path;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.SystemNanoClock;
import org.agrona.concurrent.YieldingIdleStrategy;
import org.jspecify.annotations.Nullable;

/**
 * A late joiner: begins at message 1 of a stream that is far ahead and goes on, and is timed until it is live. Publisher and journal
 * are threads of the same process, with drivers of their own.
 *
 * <p><b>Thread:</b> the process's main thread is the joiner's; its recovery, publisher and journal have theirs.
 */
final class JoinWork implements NodeWork, StreamListener {
    private static final int PACKET_LIMIT = 64;
    private static final long LONGEST_NS = 100_000_000_000L;

    private final SystemNanoClock clock = SystemNanoClock.INSTANCE;
    private final JoinSite site;
    private final IdleStrategy idle = new YieldingIdleStrategy();
    private long messages;
    private long outOfOrder;
    private long lastSequence;
    private long gaps;
    private volatile @Nullable String refusal;

    JoinWork(ControlLine settings) {
        site = new JoinSite(
                Path.of(settings.text("directory")), settings.number("behind"), settings.number("rate"), (int)
                        settings.number("length"));
    }

    @Override
    public ControlLine run(ControlLine settings, StopSignal stop) {
        site.await();
        messages = 0;
        outOfOrder = 0;
        lastSequence = 0;
        gaps = 0;
        MessageHandler handler = (buffer, offset, length, header) -> {
            messages++;
            outOfOrder += header.sequence() == lastSequence + 1 ? 0 : 1;
            lastSequence = header.sequence();
        };
        try (Heliograph heliograph = Heliograph.connect(site.context())) {
            ThreadFigures before = ThreadFigures.now();
            long sentBefore = site.sent();
            long startNs = clock.nanoTime();
            try (StreamSubscription joiner = heliograph.addSubscription(
                    "join",
                    this,
                    SubscriptionOptions.DEFAULT.journals(site.journals()).from(JoinPlace.START, words -> {
                        refusal = words;
                    }))) {
                while (joiner.quality() != Quality.LIVE && !stop.isRaised() && refusal == null) {
                    idle.idle(heliograph.doWork() + joiner.poll(handler, PACKET_LIMIT));
                    if (clock.nanoTime() - startNs > LONGEST_NS) {
                        refusal = "not live after 100 s, behind by " + joiner.behind();
                    }
                }
                long tookNs = clock.nanoTime() - startNs;
                String why = refusal;
                if (why != null) {
                    throw new IllegalStateException(why);
                }
                ThreadFigures after = ThreadFigures.now();
                return after.since(before, new ControlLine("done"))
                        .with("messages", messages)
                        .with("ns", tookNs)
                        .with("behind", sentBefore)
                        .with("live", site.sent() - sentBefore)
                        .with("lagNs", site.worstLagNs())
                        .with("replayed", joiner.statistics().replayed())
                        .with("faults", outOfOrder + gaps);
            }
        }
    }

    @Override
    public void onGap(long epoch, long first, long last) {
        gaps++;
    }

    @Override
    public void close() {
        site.close();
    }
}

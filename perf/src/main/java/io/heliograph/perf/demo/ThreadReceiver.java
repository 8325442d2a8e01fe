// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.demo;

import io.heliograph.engine.HeliographContext;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * A subscriber on a thread of this process, there from the start or joining late.
 *
 * <p><b>Thread:</b> the main thread.
 */
final class ThreadReceiver implements DemoReceiver {
    private final DemoSubscriber subscriber;
    private final DemoThread thread;
    private boolean isStarted;
    private long joinedAt;

    ThreadReceiver(DemoPart part, DemoPlace place, DemoSignals signals, DemoPlan plan, Corruption corruption) {
        HeliographContext context = DemoPlace.context(place.topology(), place.state(), part.host());
        subscriber = new DemoSubscriber(part, context, signals, plan, corruption, null);
        thread = new DemoThread(part.name(), subscriber);
    }

    void start() {
        isStarted = true;
        thread.start();
    }

    /** Joins when so many messages have been sent. */
    void startLate(long sent) {
        joinedAt = sent;
        start();
    }

    boolean isStarted() {
        return isStarted;
    }

    @Override
    public String name() {
        return subscriber.name();
    }

    @Override
    public SubscriberSnapshot snapshot() {
        return isStarted ? subscriber.snapshot() : SubscriberSnapshot.NONE.without("joins late");
    }

    @Override
    public boolean isPlaying() {
        thread.check();
        return !isStarted || thread.isAlive();
    }

    @Override
    public boolean isAlive() {
        return thread.isAlive();
    }

    @Override
    public SubscriberEnd end() {
        return new SubscriberEnd(
                name(),
                subscriber.snapshot(),
                subscriber.books(),
                subscriber.changes(),
                subscriber.latency(),
                joinedAt == 0 ? "" : story());
    }

    Silence silence() {
        return subscriber.silence();
    }

    boolean wasCorrupted() {
        return subscriber.wasCorrupted();
    }

    private String story() {
        long tookMs = TimeUnit.NANOSECONDS.toMillis(subscriber.caughtUpNs());
        return String.format(
                Locale.ROOT,
                "%s joined at message %,d from message 1 on: %,d messages from the journal, %s",
                name(),
                joinedAt,
                subscriber.snapshot().replayed(),
                tookMs == 0 ? "the epoch had ended before it was live" : "live after " + tookMs / 1e3 + " s");
    }
}

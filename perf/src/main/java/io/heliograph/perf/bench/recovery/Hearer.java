// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.bench.recovery;

import io.heliograph.engine.Heliograph;
import io.heliograph.engine.base.HostClock;
import io.heliograph.engine.stream.MessageHeader;
import io.heliograph.engine.stream.Quality;
import io.heliograph.engine.stream.StreamListener;
import io.heliograph.engine.stream.StreamSubscription;
import java.util.concurrent.locks.LockSupport;
import org.agrona.DirectBuffer;

/**
 * A subscriber on a thread of its own: what was fetched it times.
 *
 * <p><b>Thread:</b> one owner.
 */
final class Hearer implements AutoCloseable {
    static final int MESSAGE_LENGTH = 36;

    private static final long IDLE_NS = 1_000;

    private final Heliograph heliograph;
    private final StreamSubscription subscription;
    private final Thread thread = new Thread(this::run, "hearing");
    private volatile LostTimes times = new LostTimes();
    private volatile long next;
    private volatile boolean isLive;
    private volatile boolean isOver;

    Hearer(Heliograph heliograph, String stream) {
        this.heliograph = heliograph;
        this.subscription = heliograph.addSubscription(stream, StreamListener.NONE);
        thread.start();
    }

    /** Whether it has heard the stream. */
    boolean isLive() {
        return isLive;
    }

    /** The sequence that comes next. */
    long next() {
        return next;
    }

    /** Times what comes from now on; nothing may be on its way. */
    void begin() {
        times = new LostTimes();
    }

    /** What was timed; all of it has come. */
    LostTimes take() {
        return times;
    }

    private void run() {
        while (!isOver) {
            heliograph.doWork();
            int work = subscription.poll(this::take, 16);
            isLive = subscription.quality() == Quality.LIVE;
            next = subscription.nextSequence();
            if (work == 0) {
                LockSupport.parkNanos(IDLE_NS);
            }
        }
    }

    private void take(DirectBuffer buffer, int offset, int length, MessageHeader header) {
        if (header.isReplayed()) {
            long tookNs = Math.max(0, HostClock.INSTANCE.nanoTime() - header.sentEpochNs());
            LostTimes now = times;
            (buffer.getByte(offset) == 0 ? now.middle() : now.last()).recordValue(tookNs);
        }
    }

    @Override
    public void close() {
        isOver = true;
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        subscription.close();
        heliograph.close();
    }
}

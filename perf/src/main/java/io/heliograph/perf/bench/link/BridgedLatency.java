// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.bench.link;

import io.heliograph.engine.Heliograph;
import io.heliograph.engine.Numbering;
import io.heliograph.engine.PublicationOptions;
import io.heliograph.engine.base.HostClock;
import io.heliograph.engine.stream.StreamListener;
import io.heliograph.engine.stream.StreamPublication;
import io.heliograph.engine.stream.StreamSubscription;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.agrona.concurrent.SystemNanoClock;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What a bridge adds: one publisher, a handler in its own site and one in the site that the bridge leads to, by the same clock.
 *
 * <p><b>Thread:</b> one owner; each handler has a thread of its own.
 */
public final class BridgedLatency {
    private static final int MESSAGE_LENGTH = 36;
    private static final long PATIENCE_NS = 20_000_000_000L;
    private static final long IDLE_NS = 1_000;

    private final Histogram near = histogram();
    private final Histogram far = histogram();

    private BridgedLatency() {}

    private static Histogram histogram() {
        return new Histogram(TimeUnit.SECONDS.toNanos(10), 3);
    }

    /**
     * Measures both.
     *
     * @param directory new and empty.
     * @param rate messages a second, each in a packet of its own.
     * @param warmups that do not count.
     * @param count that do.
     * @return both ends' latencies from the publisher's clock.
     */
    public static BridgedLatency measure(Path directory, int rate, int warmups, int count) {
        BridgedLatency figures = new BridgedLatency();
        try (BridgedSites sites = new BridgedSites(directory);
                Heliograph heliograph = sites.connect(BridgedSites.PUBLISHING);
                Hearing local = new Hearing(sites.connect(BridgedSites.NEAR), figures.near, warmups);
                Hearing remote = new Hearing(sites.connect(BridgedSites.FAR), figures.far, warmups)) {
            sites.start();
            StreamPublication publication = heliograph.addPublication(
                    BenchJournal.STREAM_NAME, PublicationOptions.DEFAULT.numbering(Numbering.newEpoch()));
            UnsafeBuffer message = new UnsafeBuffer(ByteBuffer.allocateDirect(MESSAGE_LENGTH));
            Pace pace = new Pace(rate);
            long startNs = SystemNanoClock.INSTANCE.nanoTime();
            long sent = 0;
            while (local.count < warmups + count || remote.count < warmups + count) {
                pace.await();
                heliograph.doWork();
                publication.doWork();
                // What is sent before both of them hear does not count.
                boolean isWarm = local.count > 0 && remote.count > 0;
                if (sent < warmups + count || !isWarm) {
                    if (publication.offer(message, 0, MESSAGE_LENGTH) > 0) {
                        publication.flush();
                        sent += isWarm ? 1 : 0;
                    }
                }
                if (SystemNanoClock.INSTANCE.nanoTime() - startNs
                        > PATIENCE_NS + TimeUnit.SECONDS.toNanos(count) / rate) {
                    throw new IllegalStateException("of " + sent + " messages " + local.count
                            + " came in the same site and " + remote.count + " over the bridge");
                }
            }
            publication.close();
        }
        return figures;
    }

    /**
     * What the handler in the publisher's site measured.
     *
     * @return ns.
     */
    public Histogram near() {
        return near;
    }

    /**
     * What the handler behind the bridge measured.
     *
     * @return ns.
     */
    public Histogram far() {
        return far;
    }

    /** A handler on a thread of its own. */
    private static final class Hearing implements AutoCloseable, StreamListener {
        volatile long count;
        private final Heliograph heliograph;
        private final StreamSubscription subscription;
        private final Histogram latencies;
        private final int warmups;
        private final Thread thread = new Thread(this::run, "hearing");
        private volatile boolean isOver;
        private long heard;

        Hearing(Heliograph heliograph, Histogram latencies, int warmups) {
            this.heliograph = heliograph;
            this.latencies = latencies;
            this.warmups = warmups;
            this.subscription = heliograph.addSubscription(BenchJournal.STREAM_NAME, this);
            thread.start();
        }

        private void run() {
            while (!isOver) {
                heliograph.doWork();
                int work = subscription.poll(
                        (buffer, offset, length, header) -> take(HostClock.INSTANCE.nanoTime() - header.sentEpochNs()),
                        16);
                if (work == 0) {
                    LockSupport.parkNanos(IDLE_NS);
                }
            }
        }

        private void take(long latencyNs) {
            if (++heard > warmups) {
                latencies.recordValue(Math.max(0, latencyNs));
            }
            count = heard;
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
}

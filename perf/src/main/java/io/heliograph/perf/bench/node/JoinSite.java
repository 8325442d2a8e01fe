// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.bench.node;

import io.heliograph.config.Topology;
import io.heliograph.config.TopologyReader;
import io.heliograph.engine.DriverChoice;
import io.heliograph.engine.Heliograph;
import io.heliograph.engine.HeliographContext;
import io.heliograph.engine.stream.StreamPublication;
import io.heliograph.perf.bench.subject.SideJournal;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.SleepingMillisIdleStrategy;
import org.agrona.concurrent.SystemNanoClock;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.YieldingIdleStrategy;
import org.jspecify.annotations.Nullable;

/**
 * What a late joiner joins: a publisher that sends a number of messages as fast as the journal takes them, then goes on at a rate;
 * and the journal. One line on loopback.
 *
 * <p><b>Thread:</b> made and closed by the main thread; publisher and journal have their own.
 */
final class JoinSite implements AutoCloseable {
    private static final int STREAM_ID = 1001;
    private static final int PACKET_LIMIT = 64;
    private static final int MESSAGES_PER_PACKET = 35;
    /** So far the publisher runs ahead of the journal before anybody is live: less than a window of packets. */
    private static final long MOST_AHEAD = 2_000;

    private static final long INTERVAL_NS = 100_000;
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(60);
    private static final String XML = """
            <topology xmlns="urn:heliograph:topology:1" name="bench-join">
              <site name="local" multicast="239.20.250.0/24">
                <host name="host1">
                  <nic name="a" address="127.0.0.1/8"/>
                </host>
                <bond name="a" nics="a"/>
              </site>
              <stream name="join" id="1001" site="local" publishers="host1" bond="a" lines="pin" flow="max"/>
            </topology>
            """;

    private final Topology topology = TopologyReader.read("bench-join.xml", XML);
    private final SystemNanoClock clock = SystemNanoClock.INSTANCE;
    private final Path directory;
    private final long behind;
    private final long rate;
    private final int length;
    private final Thread publisher = new Thread(this::publish, "publisher");
    private final SideJournal journal;
    private volatile boolean isClosed;
    private volatile long sent;
    private volatile long worstLagNs;
    private volatile @Nullable Throwable failure;

    JoinSite(Path directory, long behind, long rate, int length) {
        this.directory = directory;
        this.behind = behind;
        this.rate = rate;
        this.length = length;
        journal = new SideJournal(context(), journals(), "join", STREAM_ID);
        publisher.setDaemon(true);
        publisher.setUncaughtExceptionHandler((of, thrown) -> failure = thrown);
        publisher.start();
    }

    HeliographContext context() {
        return new HeliographContext()
                .topology(topology)
                .host("host1")
                .driver(DriverChoice.embedded())
                .stateDirectory(directory);
    }

    Path journals() {
        return directory.resolve("journals");
    }

    long sent() {
        return sent;
    }

    /** How far the publisher was behind its rate, at worst, since it was asked last. */
    long worstLagNs() {
        long worst = worstLagNs;
        worstLagNs = 0;
        return worst;
    }

    /** Waits until the stream is as far ahead as it was asked to be, and the journal with it. */
    void await() {
        IdleStrategy idle = new SleepingMillisIdleStrategy(1);
        long deadlineNs = clock.nanoTime() + PATIENCE_NS;
        while (journal.appended() < behind) {
            journal.check();
            Throwable failed = failure;
            if (failed != null) {
                throw new IllegalStateException(failed);
            }
            if (clock.nanoTime() - deadlineNs >= 0) {
                throw new IllegalStateException("after 60 s " + journal.appended() + " messages are in the journal");
            }
            idle.idle();
        }
        worstLagNs = 0;
    }

    private void publish() {
        UnsafeBuffer body = new UnsafeBuffer(new byte[length]);
        IdleStrategy idle = new YieldingIdleStrategy();
        try (Heliograph heliograph = Heliograph.connect(context());
                StreamPublication publication = heliograph.addPublication("join")) {
            while (!isClosed && sent < behind) {
                long before = sent;
                int batch = 0;
                while (publication.isConnected()
                        && batch < MESSAGES_PER_PACKET
                        && before + batch - journal.appended() < MOST_AHEAD
                        && publication.offer(body, 0, length) > 0) {
                    batch++;
                }
                sent = before + batch;
                if (batch < MESSAGES_PER_PACKET) {
                    publication.flush();
                }
                idle.idle(batch + heliograph.doWork() + publication.doWork());
            }
            goOn(heliograph, publication, body, idle);
        }
    }

    /** At its rate, until it is closed. */
    private void goOn(Heliograph heliograph, StreamPublication publication, UnsafeBuffer body, IdleStrategy idle) {
        long startNs = clock.nanoTime();
        long base = sent;
        long nextNs = 0;
        while (!isClosed) {
            long elapsedNs = clock.nanoTime() - startNs;
            int batch = 0;
            if (elapsedNs >= nextNs) {
                long due = base + (long) (elapsedNs / 1e9 * rate);
                long before = sent;
                while (before + batch < due && batch < PACKET_LIMIT && publication.offer(body, 0, length) > 0) {
                    batch++;
                }
                publication.flush();
                long now = before + batch;
                sent = now;
                nextNs = now >= due ? elapsedNs + INTERVAL_NS : nextNs;
                long lagNs = (long) ((due - now) * 1e9 / rate);
                if (lagNs > worstLagNs) {
                    worstLagNs = lagNs;
                }
            }
            idle.idle(batch + heliograph.doWork() + publication.doWork());
        }
    }

    @Override
    public void close() {
        isClosed = true;
        try {
            publisher.join(TimeUnit.NANOSECONDS.toMillis(PATIENCE_NS));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        journal.close();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.intake;

import io.heliograph.engine.base.Outcome;
import io.heliograph.engine.base.PublicationDescriptor;
import io.heliograph.engine.stream.AeronConnection;
import io.heliograph.engine.stream.CounterSet;
import io.heliograph.engine.stream.StreamPublication;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.NanoClock;

/**
 * Numbers and sends what processes put into an {@link IntakeRing}: takes a bounded batch, flushes at its end, frees its
 * places, and does the publication's own work.
 *
 * <p>A place is freed when its message has been handed to the media driver: an engine that is killed loses nothing that is in
 * the ring, and the next one may send a batch again, under new numbers.
 *
 * <p><b>Thread:</b> one owner: the publishing thread, which also owns the publication and the ring.
 *
 * <p><b>Allocation:</b> none after construction, but for what {@link IntakeRing} says.
 *
 * <p><b>Failure:</b> while the publication pushes back, the message at hand stays where it is. Of a ring that is corrupt
 * nothing more is taken; the publication goes on with its heartbeats.
 */
public final class RingAgent implements AutoCloseable {
    private static final long COUNT_INTERVAL_NS = 5_000_000L;

    private final IntakeRing ring;
    private final StreamPublication publication;
    private final NanoClock clock;
    private final CounterSet counters;
    private final IntakeRing.Handler handler = this::onMessage;
    private long countAtNs;

    /**
     * An agent.
     *
     * @param ring drained by this agent alone; the caller closes it.
     * @param publication offered to by this agent alone; the caller closes it.
     * @param connection to the driver, for the counters.
     * @param clock monotonic, read once a cycle.
     */
    public RingAgent(IntakeRing ring, StreamPublication publication, AeronConnection connection, NanoClock clock) {
        this.ring = ring;
        this.publication = publication;
        this.clock = clock;
        this.counters = CounterSet.ofStream(
                connection,
                publication.stream(),
                PublicationDescriptor.INTAKE_MESSAGES,
                PublicationDescriptor.INTAKE_ABANDONED,
                PublicationDescriptor.INTAKE_FULL,
                PublicationDescriptor.INTAKE_WRITERS);
    }

    /**
     * A cycle.
     *
     * @return work done; 0 = idle.
     */
    public int doWork() {
        long nowNs = clock.nanoTime();
        int taken = ring.drain(handler, PublishingAgent.DEFAULT_LIMIT, nowNs);
        if (publication.flush() >= 0) {
            ring.release();
        }
        ring.sweep(nowNs);
        if (nowNs - countAtNs >= 0) {
            countAtNs = nowNs + COUNT_INTERVAL_NS;
            count();
        }
        return taken + publication.doWork();
    }

    /** Shows the last figures and gives the counters back. */
    @Override
    public void close() {
        count();
        counters.close();
    }

    private void count() {
        counters.take();
        counters.set(0, ring.messages());
        counters.set(1, ring.abandoned());
        counters.set(2, ring.full());
        counters.set(3, ring.writers());
    }

    private boolean onMessage(DirectBuffer buffer, int offset, int length) {
        long outcome = publication.offer(buffer, offset, length);
        // A ring's lengths have 16 bits: none is too long.
        return outcome > 0 || outcome == Outcome.TOO_LONG;
    }
}

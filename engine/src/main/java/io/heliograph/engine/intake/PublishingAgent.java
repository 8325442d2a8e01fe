// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.intake;

import io.heliograph.engine.base.Outcome;
import io.heliograph.engine.stream.StreamPublication;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.ControlledMessageHandler;

/**
 * Publishes what feed threads put into an {@link Intake}: drains a bounded batch, flushes at its end, and does the
 * publication's own work.
 *
 * <p>While the publication pushes back, the message at hand stays at the head of the ring and is offered again in the next
 * cycle: nothing is lost, nothing overtakes.
 *
 * <p><b>Thread:</b> one owner: the publishing thread, which also owns the publication.
 *
 * <p><b>Allocation:</b> none after construction.
 *
 * <p><b>Failure:</b> of a publication that was closed or has ended its epoch nothing is taken any more: what is in the ring
 * stays there.
 */
public final class PublishingAgent implements Agent {
    /** Messages a cycle: 14 packets of 35; long enough to fill packets, short enough for heartbeats. */
    public static final int DEFAULT_LIMIT = 512;

    private final Intake intake;
    private final StreamPublication publication;
    private final int limit;
    private final ControlledMessageHandler handler = this::onMessage;

    /**
     * An agent that drains {@link #DEFAULT_LIMIT} messages a cycle.
     *
     * @param intake drained by this agent alone.
     * @param publication offered to by this agent alone; the caller closes it.
     */
    public PublishingAgent(Intake intake, StreamPublication publication) {
        this(intake, publication, DEFAULT_LIMIT);
    }

    /**
     * An agent with another batch.
     *
     * @param intake drained by this agent alone.
     * @param publication offered to by this agent alone; the caller closes it.
     * @param limit messages a cycle, 1 and up.
     */
    public PublishingAgent(Intake intake, StreamPublication publication, int limit) {
        this.intake = intake;
        this.publication = publication;
        this.limit = limit;
    }

    @Override
    public int doWork() {
        int drained = intake.drain(handler, limit);
        if (drained > 0) {
            publication.flush();
        }
        return drained + publication.doWork();
    }

    @Override
    public String roleName() {
        return "publish " + publication.stream();
    }

    private ControlledMessageHandler.Action onMessage(int typeId, MutableDirectBuffer buffer, int index, int length) {
        long outcome = publication.offer(buffer, index, length);
        // The intake lets no message in that is too long: what remains is to wait, or never to go on.
        return outcome > 0 || outcome == Outcome.TOO_LONG
                ? ControlledMessageHandler.Action.CONTINUE
                : ControlledMessageHandler.Action.ABORT;
    }
}

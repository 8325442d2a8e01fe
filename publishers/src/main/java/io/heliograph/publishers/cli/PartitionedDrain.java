// SPDX-License-Identifier: Apache-2.0
package io.heliograph.publishers.cli;

import io.heliograph.engine.PartitionedPublication;
import io.heliograph.engine.base.Outcome;
import io.heliograph.engine.intake.Intake;
import io.heliograph.engine.intake.PublishingAgent;
import io.heliograph.engine.schema.InstrumentKey;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.ControlledMessageHandler;

/**
 * Empties the ring of several feeds into a feed of partitions, by the instrument of each body. What {@link PublishingAgent}
 * does for one stream.
 *
 * <p><b>Thread:</b> one owner: the publishing thread.
 *
 * <p><b>Allocation:</b> none after construction.
 */
final class PartitionedDrain {
    private final Intake intake;
    private final PartitionedPublication publication;
    private final ControlledMessageHandler handler = this::onMessage;

    PartitionedDrain(Intake intake, PartitionedPublication publication) {
        this.intake = intake;
        this.publication = publication;
    }

    /** A cycle: what the ring holds, a batch at most, flushed, and the work of all partitions. */
    int doWork() {
        int drained = intake.drain(handler, PublishingAgent.DEFAULT_LIMIT);
        if (drained > 0) {
            publication.flush();
        }
        return drained + publication.doWork();
    }

    private ControlledMessageHandler.Action onMessage(int typeId, MutableDirectBuffer buffer, int index, int length) {
        long key = InstrumentKey.of(buffer, index, length);
        long outcome = publication.offer(key == InstrumentKey.NONE ? 0 : key, buffer, index, length);
        return outcome > 0 || outcome == Outcome.TOO_LONG
                ? ControlledMessageHandler.Action.CONTINUE
                : ControlledMessageHandler.Action.ABORT;
    }
}

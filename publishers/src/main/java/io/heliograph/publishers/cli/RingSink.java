// SPDX-License-Identifier: Apache-2.0
package io.heliograph.publishers.cli;

import io.heliograph.engine.base.Outcome;
import io.heliograph.engine.intake.IntakeWriter;
import io.heliograph.publishers.normalise.ItchNormaliser;
import io.heliograph.publishers.replay.FeedSource;

/**
 * Writes bodies in place into the ring of a stream with {@code writers="many"}.
 *
 * <p><b>Thread:</b> one owner: the feed's.
 *
 * <p><b>Allocation:</b> none after construction.
 */
final class RingSink implements FeedSink {
    private final IntakeWriter writer;
    private boolean isCorrupt;

    RingSink(IntakeWriter writer) {
        this.writer = writer;
    }

    /** Whether the ring was found to be written into by something else. */
    boolean isCorrupt() {
        return isCorrupt;
    }

    @Override
    public long accept(FeedSource source, ItchNormaliser normaliser) {
        long outcome = writer.claim(ItchNormaliser.bodyLength(source.buffer(), source.offset(), source.length()));
        isCorrupt |= outcome == Outcome.CORRUPT;
        if (outcome > 0) {
            try {
                normaliser.normalise(source.buffer(), source.offset(), source.length(), writer.buffer(), 0);
                writer.commit();
            } finally {
                // Nothing without a claim. One that stays open would stand in the way of all other writers.
                writer.abort();
            }
        }
        return outcome;
    }
}

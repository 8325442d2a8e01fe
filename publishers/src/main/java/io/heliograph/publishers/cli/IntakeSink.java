// SPDX-License-Identifier: Apache-2.0
package io.heliograph.publishers.cli;

import io.heliograph.engine.intake.Intake;
import io.heliograph.engine.intake.IntakeClaim;
import io.heliograph.publishers.normalise.ItchNormaliser;
import io.heliograph.publishers.replay.FeedSource;

/**
 * Writes bodies in place into the ring in front of the publication.
 *
 * <p><b>Thread:</b> one owner: a feed thread.
 *
 * <p><b>Allocation:</b> none after construction.
 */
final class IntakeSink implements FeedSink {
    private final Intake intake;
    private final IntakeClaim claim = new IntakeClaim();

    IntakeSink(Intake intake) {
        this.intake = intake;
    }

    @Override
    public long accept(FeedSource source, ItchNormaliser normaliser) {
        int bodyLength = ItchNormaliser.bodyLength(source.buffer(), source.offset(), source.length());
        long outcome = intake.claim(bodyLength, claim);
        if (outcome > 0) {
            boolean isWritten = false;
            try {
                normaliser.normalise(source.buffer(), source.offset(), source.length(), claim.buffer(), 0);
                isWritten = true;
            } finally {
                // A claim that stays open would stand in the way of all other feeds.
                if (isWritten) {
                    claim.commit();
                } else {
                    claim.abort();
                }
            }
        }
        return outcome;
    }
}

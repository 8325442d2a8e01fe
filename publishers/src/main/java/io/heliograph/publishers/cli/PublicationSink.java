// SPDX-License-Identifier: Apache-2.0
package io.heliograph.publishers.cli;

import io.heliograph.engine.stream.MessageClaim;
import io.heliograph.engine.stream.StreamPublication;
import io.heliograph.publishers.normalise.ItchNormaliser;
import io.heliograph.publishers.replay.FeedSource;

/**
 * Writes bodies in place into the publication's open packet.
 *
 * <p><b>Thread:</b> one owner: the publishing thread, which is the feed's.
 *
 * <p><b>Allocation:</b> none after construction.
 */
final class PublicationSink implements FeedSink {
    private final StreamPublication publication;
    private final MessageClaim claim = new MessageClaim();

    PublicationSink(StreamPublication publication) {
        this.publication = publication;
    }

    @Override
    public long accept(FeedSource source, ItchNormaliser normaliser) {
        int bodyLength = ItchNormaliser.bodyLength(source.buffer(), source.offset(), source.length());
        long outcome = publication.claim(bodyLength, claim);
        if (outcome > 0) {
            normaliser.normalise(source.buffer(), source.offset(), source.length(), claim.buffer(), claim.offset());
            claim.commit();
        }
        return outcome;
    }
}

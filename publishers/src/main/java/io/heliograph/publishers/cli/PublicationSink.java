// SPDX-License-Identifier: Apache-2.0
package io.heliograph.publishers.cli;

import io.heliograph.engine.PartitionedPublication;
import io.heliograph.engine.stream.MessageClaim;
import io.heliograph.publishers.normalise.ItchNormaliser;
import io.heliograph.publishers.replay.FeedSource;
import java.nio.ByteOrder;

/**
 * Writes bodies in place into the open packet of their instrument's partition.
 *
 * <p><b>Thread:</b> one owner: the publishing thread, which is the feed's.
 *
 * <p><b>Allocation:</b> none after construction.
 */
final class PublicationSink implements FeedSink {
    /** Of every ITCH message: behind its type. */
    private static final int LOCATE_OFFSET = 1;

    private final PartitionedPublication publication;
    private final MessageClaim claim = new MessageClaim();

    PublicationSink(PartitionedPublication publication) {
        this.publication = publication;
    }

    @Override
    public long accept(FeedSource source, ItchNormaliser normaliser) {
        int bodyLength = ItchNormaliser.bodyLength(source.buffer(), source.offset(), source.length());
        long outcome = publication.claim(instrument(source), bodyLength, claim);
        if (outcome > 0) {
            normaliser.normalise(source.buffer(), source.offset(), source.length(), claim.buffer(), claim.offset());
            claim.commit();
        }
        return outcome;
    }

    /** The normalised message's {@code InstrumentKey}; 0 for what concerns the venue, or is too short to say. */
    private static long instrument(FeedSource source) {
        return source.length() < LOCATE_OFFSET + Short.BYTES
                ? 0
                : source.buffer().getShort(source.offset() + LOCATE_OFFSET, ByteOrder.BIG_ENDIAN) & 0xFFFF;
    }
}

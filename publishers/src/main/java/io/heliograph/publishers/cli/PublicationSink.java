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
    /** Of each partition: how many of its messages an earlier publisher has numbered. */
    private final long[] ahead;

    private long aheadInAll;

    PublicationSink(PartitionedPublication publication) {
        this.publication = publication;
        this.ahead = new long[publication.count()];
        for (int i = 0; i < ahead.length; i++) {
            ahead[i] = publication.partition(i).first() - 1;
            aheadInAll += ahead[i];
        }
    }

    @Override
    public boolean pass(FeedSource source) {
        if (aheadInAll == 0) {
            return false;
        }
        int partition = publication.partitionOf(instrument(source));
        int bodyLength = ItchNormaliser.bodyLength(source.buffer(), source.offset(), source.length());
        if (ahead[partition] == 0
                || bodyLength > publication.partition(partition).maxMessageLength()) {
            return false;
        }
        ahead[partition]--;
        aheadInAll--;
        return true;
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

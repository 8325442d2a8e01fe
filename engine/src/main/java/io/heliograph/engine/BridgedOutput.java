// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine;

import static io.aeron.logbuffer.FrameDescriptor.FRAME_ALIGNMENT;
import static io.aeron.protocol.DataHeaderFlyweight.HEADER_LENGTH;

import io.heliograph.engine.bridge.BridgeOutput;
import io.heliograph.engine.stream.AeronConnection;
import io.heliograph.engine.stream.ForwardedPublication;
import io.heliograph.engine.wire.PacketFlyweight;
import org.agrona.BitUtil;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.EpochNanoClock;

/**
 * A stream's lines at an ingress, held back by the ingress's own journal: what it has not, a restart would not know of, and what
 * comes faster than it appends waits on the other side's disk.
 *
 * <p><b>Thread:</b> one owner: the ingress's.
 */
final class BridgedOutput implements BridgeOutput {
    private static final long NO_EPOCH = -1;

    private final ForwardedPublication publication;
    private final AeronConnection connection;
    private final String stream;
    private final long lagOctets;
    private final EpochNanoClock wall;
    private RequiredJournal journal;
    private long epoch;

    /**
     * @param publication on the lines; closed with this.
     * @param connection whose driver shows how far the journal is.
     * @param stream its name.
     * @param lagOctets how much the journal may lack, in octets of the frames that packets are sent in.
     * @param from the epoch that is gone on with; 0: none so far.
     * @param wall wall clock.
     */
    BridgedOutput(
            ForwardedPublication publication,
            AeronConnection connection,
            String stream,
            long lagOctets,
            long from,
            EpochNanoClock wall) {
        this.publication = publication;
        this.connection = connection;
        this.stream = stream;
        this.lagOctets = lagOctets;
        this.wall = wall;
        this.epoch = from == 0 ? NO_EPOCH : from;
        this.journal = journalOf(epoch);
    }

    private RequiredJournal journalOf(long itsEpoch) {
        return new RequiredJournal(RequiredJournal.of(connection), stream, itsEpoch, lagOctets);
    }

    @Override
    public boolean isOpen() {
        return journal.isOpen() && publication.isConnected();
    }

    @Override
    public boolean publish(MutableDirectBuffer packet, int offset, int length) {
        if (!isOpen() || !publication.offer(packet, offset, length)) {
            return false;
        }
        long its = PacketFlyweight.epoch(packet, offset);
        if (its != epoch) {
            epoch = its;
            journal.close();
            journal = journalOf(its);
            journal.onTick(publication.nextSequence());
        }
        journal.onSent(publication.nextSequence(), BitUtil.align(length + HEADER_LENGTH, FRAME_ALIGNMENT));
        return true;
    }

    @Override
    public int doWork(long nowNs, boolean isAlive) {
        journal.onTick(publication.nextSequence());
        return publication.doWork(nowNs, wall.nanoTime(), isAlive);
    }

    @Override
    public void close() {
        journal.close();
        publication.close();
    }
}

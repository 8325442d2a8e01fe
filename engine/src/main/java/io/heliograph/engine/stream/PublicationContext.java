// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.NanoClock;

/**
 * What a publication is of.
 *
 * <p><b>Thread:</b> immutable.
 *
 * @param stream the stream's name, for messages to people.
 * @param streamId the stream's id in the topology.
 * @param epoch the numbering that begins, 0 to 2^32 - 1.
 * @param source the publisher's place in {@code publishers=}.
 * @param hasSeals whether ranges are sealed.
 * @param isLossless flow="min": a packet waits for every line that has a listener.
 * @param wallClock read once a packet.
 * @param nanoClock read once a duty cycle.
 * @param first the sequence of the first message: 1, or where an earlier publisher of the epoch is gone on from.
 * @param place told of each packet before it is offered.
 * @param gate holds packets back.
 */
public record PublicationContext(
        String stream,
        int streamId,
        long epoch,
        int source,
        boolean hasSeals,
        boolean isLossless,
        EpochNanoClock wallClock,
        NanoClock nanoClock,
        long first,
        SendPlace place,
        SendGate gate) {
    /**
     * An epoch that begins at 1, and is not gone on with.
     *
     * @param stream as above.
     * @param streamId as above.
     * @param epoch as above.
     * @param source as above.
     * @param hasSeals as above.
     * @param isLossless as above.
     * @param wallClock as above.
     * @param nanoClock as above.
     */
    public PublicationContext(
            String stream,
            int streamId,
            long epoch,
            int source,
            boolean hasSeals,
            boolean isLossless,
            EpochNanoClock wallClock,
            NanoClock nanoClock) {
        this(
                stream,
                streamId,
                epoch,
                source,
                hasSeals,
                isLossless,
                wallClock,
                nanoClock,
                1,
                SendPlace.NONE,
                SendGate.NONE);
    }

    /**
     * The same, gone on with from a place.
     *
     * @param from as {@code first} above.
     * @param keeper as {@code place} above.
     * @return a changed copy.
     */
    public PublicationContext from(long from, SendPlace keeper) {
        return new PublicationContext(
                stream, streamId, epoch, source, hasSeals, isLossless, wallClock, nanoClock, from, keeper, gate);
    }

    /**
     * The same, held back.
     *
     * @param by as {@code gate} above.
     * @return a changed copy.
     */
    public PublicationContext gate(SendGate by) {
        return new PublicationContext(
                stream, streamId, epoch, source, hasSeals, isLossless, wallClock, nanoClock, first, place, by);
    }
}

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
 */
public record PublicationContext(
        String stream,
        int streamId,
        long epoch,
        int source,
        boolean hasSeals,
        boolean isLossless,
        EpochNanoClock wallClock,
        NanoClock nanoClock) {}

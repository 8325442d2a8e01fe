// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine;

import io.heliograph.engine.media.ChannelSettings;

/**
 * What a publication may ask for beside what the topology says of its stream.
 *
 * <p><b>Thread:</b> immutable.
 *
 * @param receivers with flow="min": how many drivers have to hear each line over the network before anything is sent to them;
 *     0 = whoever comes. Who reads from the publisher's own driver is none of them.
 * @param termLength of each of a line's three buffers, octets.
 * @param windowLength how far a receiver lets the sender run ahead, octets.
 */
public record PublicationOptions(int receivers, int termLength, int windowLength) {
    /** What the topology says, and nothing more. */
    public static final PublicationOptions DEFAULT =
            new PublicationOptions(0, ChannelSettings.TERM_LENGTH, ChannelSettings.WINDOW_LENGTH);

    /**
     * The same for a known number of receivers.
     *
     * @param count on each line.
     * @return a changed copy.
     */
    public PublicationOptions receivers(int count) {
        return new PublicationOptions(count, termLength, windowLength);
    }
}

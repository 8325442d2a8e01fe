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
 * @param numbering where it begins to number when an earlier publisher has not ended its epoch.
 */
public record PublicationOptions(int receivers, int termLength, int windowLength, Numbering numbering) {
    /** What the topology says, and nothing more. */
    public static final PublicationOptions DEFAULT =
            new PublicationOptions(0, ChannelSettings.TERM_LENGTH, ChannelSettings.WINDOW_LENGTH, Numbering.DEFAULT);

    /**
     * The same for a known number of receivers.
     *
     * @param count on each line.
     * @return a changed copy.
     */
    public PublicationOptions receivers(int count) {
        return new PublicationOptions(count, termLength, windowLength, numbering);
    }

    /**
     * The same over buffers of other lengths.
     *
     * @param term as above.
     * @param window as above.
     * @return a changed copy.
     */
    public PublicationOptions buffers(int term, int window) {
        return new PublicationOptions(receivers, term, window, numbering);
    }

    /**
     * The same, numbered otherwise.
     *
     * @param from as above.
     * @return a changed copy.
     */
    public PublicationOptions numbering(Numbering from) {
        return new PublicationOptions(receivers, termLength, windowLength, from);
    }

    /** Whether streams with either can have one publication on each line. */
    boolean isOfSameLines(PublicationOptions other) {
        return receivers == other.receivers && termLength == other.termLength && windowLength == other.windowLength;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine;

import io.heliograph.engine.media.ChannelSettings;
import io.heliograph.engine.stream.ArbiterContext;
import io.heliograph.engine.stream.ArbiterContext.Join;

/**
 * What a subscription may ask for beside what the topology says of its stream.
 *
 * <p><b>Thread:</b> immutable.
 *
 * @param join where to begin.
 * @param nak on which lines Aeron repairs losses.
 * @param windowLength how far a line lets its sender run ahead, octets.
 * @param attach whether the network is left out where it can be.
 * @param skewNs how much later than another one a line may constantly be before {@code StreamListener.onSkew} is told, ns; {@link
 *     ArbiterContext#HALF_OF_REORDER}, or 0: never. Counts with lines="redundant" only, where every line brings everything.
 */
public record SubscriptionOptions(Join join, Nak nak, int windowLength, Attach attach, long skewNs) {
    /** From live, with NAK where the design says. */
    public static final SubscriptionOptions DEFAULT = new SubscriptionOptions(
            Join.LIVE, Nak.DESIGN, ChannelSettings.WINDOW_LENGTH, Attach.NEAREST, ArbiterContext.HALF_OF_REORDER);

    /** How a subscription on its publisher's own host gets the stream. */
    public enum Attach {
        /** From the publications of the host's driver, and over the network while there are none. */
        NEAREST,
        /** Over the network, like anybody: to measure, or to test. */
        NETWORK
    }

    /** On which lines Aeron repairs losses. */
    public enum Nak {
        /** With lines="redundant" the last one only, with others every one that is joined, with repair="journal" none. */
        DESIGN,
        /** Every line. */
        ALL,
        /** No line. */
        NONE
    }

    /**
     * The same with another beginning.
     *
     * @param value where to begin.
     * @return a changed copy.
     */
    public SubscriptionOptions join(Join value) {
        return new SubscriptionOptions(value, nak, windowLength, attach, skewNs);
    }

    /**
     * The same with NAK elsewhere: to measure, or to test.
     *
     * @param value on which lines Aeron repairs losses.
     * @return a changed copy.
     */
    public SubscriptionOptions nak(Nak value) {
        return new SubscriptionOptions(join, value, windowLength, attach, skewNs);
    }

    /**
     * The same by another way.
     *
     * @param value which.
     * @return a changed copy.
     */
    public SubscriptionOptions attach(Attach value) {
        return new SubscriptionOptions(join, nak, windowLength, value, skewNs);
    }

    /**
     * The same with another bound of skew.
     *
     * @param value how much later than another one a line may constantly be, ns; 0: nobody is told.
     * @return a changed copy.
     */
    public SubscriptionOptions skewNs(long value) {
        return new SubscriptionOptions(join, nak, windowLength, attach, value);
    }
}

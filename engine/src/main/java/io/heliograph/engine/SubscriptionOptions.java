// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine;

import io.heliograph.engine.media.ChannelSettings;
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
 */
public record SubscriptionOptions(Join join, Nak nak, int windowLength, Attach attach) {
    /** From live, with NAK where the design says. */
    public static final SubscriptionOptions DEFAULT =
            new SubscriptionOptions(Join.LIVE, Nak.DESIGN, ChannelSettings.WINDOW_LENGTH, Attach.NEAREST);

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
        return new SubscriptionOptions(value, nak, windowLength, attach);
    }

    /**
     * The same with NAK elsewhere: to measure, or to test.
     *
     * @param value on which lines Aeron repairs losses.
     * @return a changed copy.
     */
    public SubscriptionOptions nak(Nak value) {
        return new SubscriptionOptions(join, value, windowLength, attach);
    }

    /**
     * The same by another way.
     *
     * @param value which.
     * @return a changed copy.
     */
    public SubscriptionOptions attach(Attach value) {
        return new SubscriptionOptions(join, nak, windowLength, value);
    }
}

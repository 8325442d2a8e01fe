// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine;

import io.heliograph.engine.media.ChannelSettings;
import io.heliograph.engine.recovery.JoinPlace;
import io.heliograph.engine.stream.ArbiterContext;
import io.heliograph.engine.stream.ArbiterContext.Join;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

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
 * @param journals the directory of this host's journals, from which what no line brings is fetched; null: nothing is.
 * @param from where in the past to begin, with {@code journals}; null: as {@code join} says.
 * @param failed told in words, on another thread, when the subscription cannot begin at {@code from}.
 */
public record SubscriptionOptions(
        Join join,
        Nak nak,
        int windowLength,
        Attach attach,
        long skewNs,
        @Nullable Path journals,
        @Nullable JoinPlace from,
        Consumer<String> failed) {
    /** From live, with NAK where the design says. */
    public static final SubscriptionOptions DEFAULT = new SubscriptionOptions(
            Join.LIVE,
            Nak.DESIGN,
            ChannelSettings.WINDOW_LENGTH,
            Attach.NEAREST,
            ArbiterContext.HALF_OF_REORDER,
            null,
            null,
            words -> {});

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
        return new SubscriptionOptions(value, nak, windowLength, attach, skewNs, journals, from, failed);
    }

    /**
     * The same with NAK elsewhere: to measure, or to test.
     *
     * @param value on which lines Aeron repairs losses.
     * @return a changed copy.
     */
    public SubscriptionOptions nak(Nak value) {
        return new SubscriptionOptions(join, value, windowLength, attach, skewNs, journals, from, failed);
    }

    /**
     * The same by another way.
     *
     * @param value which.
     * @return a changed copy.
     */
    public SubscriptionOptions attach(Attach value) {
        return new SubscriptionOptions(join, nak, windowLength, value, skewNs, journals, from, failed);
    }

    /**
     * The same with another bound of skew.
     *
     * @param value how much later than another one a line may constantly be, ns; 0: nobody is told.
     * @return a changed copy.
     */
    public SubscriptionOptions skewNs(long value) {
        return new SubscriptionOptions(join, nak, windowLength, attach, value, journals, from, failed);
    }

    /**
     * The same with the journals of this host, from which what no line brings is fetched: gaps stay open for the stream's budget.
     *
     * @param directory of all journals of the host.
     * @return a changed copy.
     */
    public SubscriptionOptions journals(Path directory) {
        return new SubscriptionOptions(join, nak, windowLength, attach, skewNs, directory, from, failed);
    }

    /**
     * The same from a place in the past on, with no seam where the lines are reached; needs {@link #journals(Path)}.
     *
     * @param place where to begin.
     * @param onFailure told in words, on another thread, when the stream cannot be had from there on.
     * @return a changed copy.
     */
    public SubscriptionOptions from(JoinPlace place, Consumer<String> onFailure) {
        return new SubscriptionOptions(join, nak, windowLength, attach, skewNs, journals, place, onFailure);
    }
}

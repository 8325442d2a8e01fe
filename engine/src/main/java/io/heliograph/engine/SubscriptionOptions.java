// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine;

import io.heliograph.config.Stream;
import io.heliograph.config.Topology;
import io.heliograph.engine.media.ChannelSettings;
import io.heliograph.engine.recovery.JoinPlace;
import io.heliograph.engine.stream.ArbiterContext;
import io.heliograph.engine.stream.ArbiterContext.Join;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
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
 * @param isRepaired whether what no line brings is fetched, where there is a journal of the stream.
 * @param isJournal whether it is what this host's journal is made of, which asks other hosts' journals only, for longer.
 * @param journals the directory of its host's journals; null: as the topology says.
 * @param from where in the past to begin, with a journal; null: as {@code join} says.
 * @param failed told in words, on another thread, when the subscription cannot begin at {@code from}.
 */
public record SubscriptionOptions(
        Join join,
        Nak nak,
        int windowLength,
        Attach attach,
        long skewNs,
        boolean isRepaired,
        boolean isJournal,
        @Nullable Path journals,
        @Nullable JoinPlace from,
        Consumer<String> failed) {
    private static final long JOURNAL_BUDGET_SECONDS = 10;

    /** From live, with NAK where the design says. */
    public static final SubscriptionOptions DEFAULT = new SubscriptionOptions(
            Join.LIVE,
            Nak.DESIGN,
            ChannelSettings.WINDOW_LENGTH,
            Attach.NEAREST,
            ArbiterContext.HALF_OF_REORDER,
            true,
            false,
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
     * Whether a subscription on a host can begin in the past of a stream, by the topology.
     *
     * @param topology of all.
     * @param host its name.
     * @param stream of the topology.
     * @return true where the host keeps a journal of the stream, or one whose engine accepts links.
     */
    public static boolean hasJournal(Topology topology, String host, Stream stream) {
        return topology.host(host)
                .filter(place ->
                        !JournalPlaces.of(topology, place, stream, DEFAULT).isNone())
                .isPresent();
    }

    /**
     * The same with another beginning.
     *
     * @param value where to begin.
     * @return a changed copy.
     */
    public SubscriptionOptions join(Join value) {
        return new SubscriptionOptions(
                value, nak, windowLength, attach, skewNs, isRepaired, isJournal, journals, from, failed);
    }

    /**
     * The same with NAK elsewhere: to measure, or to test.
     *
     * @param value on which lines Aeron repairs losses.
     * @return a changed copy.
     */
    public SubscriptionOptions nak(Nak value) {
        return new SubscriptionOptions(
                join, value, windowLength, attach, skewNs, isRepaired, isJournal, journals, from, failed);
    }

    /**
     * The same by another way.
     *
     * @param value which.
     * @return a changed copy.
     */
    public SubscriptionOptions attach(Attach value) {
        return new SubscriptionOptions(
                join, nak, windowLength, value, skewNs, isRepaired, isJournal, journals, from, failed);
    }

    /**
     * The same with another bound of skew.
     *
     * @param value how much later than another one a line may constantly be, ns; 0: nobody is told.
     * @return a changed copy.
     */
    public SubscriptionOptions skewNs(long value) {
        return new SubscriptionOptions(
                join, nak, windowLength, attach, value, isRepaired, isJournal, journals, from, failed);
    }

    /**
     * The same with another directory of this host's journals than the topology says, or where that says none: what no line brings
     * is fetched from there, and gaps stay open for the stream's budget.
     *
     * @param directory of all journals of the host.
     * @return a changed copy.
     */
    public SubscriptionOptions journals(Path directory) {
        return new SubscriptionOptions(
                join, nak, windowLength, attach, skewNs, true, isJournal, directory, from, failed);
    }

    /**
     * The same from a place in the past on, with no seam where the lines are reached; needs a journal of the stream on this host.
     *
     * @param place where to begin.
     * @param onFailure told in words, on another thread, when the stream cannot be had from there on.
     * @return a changed copy.
     */
    public SubscriptionOptions from(JoinPlace place, Consumer<String> onFailure) {
        return new SubscriptionOptions(
                join, nak, windowLength, attach, skewNs, isRepaired, isJournal, journals, place, onFailure);
    }

    /**
     * The same without anybody who fetches what no line brings: a gap stays open for the reorder time only.
     *
     * @return a changed copy.
     */
    public SubscriptionOptions withoutRepair() {
        return new SubscriptionOptions(join, nak, windowLength, attach, skewNs, false, false, null, null, failed);
    }

    /**
     * The same for what keeps this host's journal: it asks the journals of other hosts, and a gap stays open for {@value
     * #JOURNAL_BUDGET_SECONDS} s, because what is appended behind it can't be put before it any more.
     *
     * @return a changed copy.
     */
    SubscriptionOptions keepingJournal() {
        return new SubscriptionOptions(join, nak, windowLength, attach, skewNs, true, true, null, null, failed);
    }

    /** How long a gap stays open, where the stream's budget is that of those who wait for messages. */
    long budgetNs(long streamNs) {
        return isJournal ? Math.max(streamNs, TimeUnit.SECONDS.toNanos(JOURNAL_BUDGET_SECONDS)) : streamNs;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine;

import io.heliograph.config.HostPlace;
import io.heliograph.config.Line;
import io.heliograph.config.LinePolicy;
import io.heliograph.config.Stream;
import io.heliograph.engine.media.ChannelSettings;
import io.heliograph.engine.media.LineChannel;
import io.heliograph.engine.media.LineChoice;
import io.heliograph.engine.media.LineOpening;
import io.heliograph.engine.media.SocketBuffers;
import io.heliograph.engine.stream.ArbiterContext;
import io.heliograph.engine.stream.ArbiterContext.Join;
import io.heliograph.engine.stream.CarriedContext;
import io.heliograph.engine.stream.CarrierCounters;
import io.heliograph.engine.stream.CarrierSubscription;
import io.heliograph.engine.stream.GapRepair;
import io.heliograph.engine.stream.LinesIn;
import io.heliograph.engine.stream.StreamListener;
import io.heliograph.engine.stream.StreamSubscription;
import io.heliograph.engine.stream.SubscriptionCounters;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.IntPredicate;
import org.agrona.CloseHelper;

/**
 * Opens the subscriptions of a connection.
 *
 * <p><b>Thread:</b> one owner: the connection's.
 *
 * @param context of the connection.
 * @param place the host.
 * @param connection to the driver.
 * @param health of the host's NICs.
 * @param engine of the host, which reaches other hosts' journals.
 */
record SubscriptionOpening(
        HeliographContext context, HostPlace place, Connection connection, HostHealth health, OwnEngine engine) {
    /** What waits for its turn in one stream of many: enough for some hundred packets. */
    private static final int MIN_WINDOW_PACKETS = 1024;

    private static final int MIN_WINDOW_BYTES = 1 << 20;

    /** Joins a stream's lines, once the driver has opened one. */
    StreamSubscription stream(Stream stream, LineStart start, StreamListener listener, SubscriptionOptions options) {
        LinesIn lines = in(start, options);
        List<String> names = names(start);
        SubscriptionCounters figures = new SubscriptionCounters(
                connection, stream.name(), names, start.lines().choiceKeys());
        StreamSubscription subscription;
        GapRepair repair = null;
        JournalPlaces journals = JournalPlaces.of(context.topology(), place, stream, options);
        List<String> publishers = ResendHosts.of(place, stream, options);
        boolean isRepaired = !journals.isNone() || !publishers.isEmpty();
        try {
            repair = isRepaired
                    ? SubscriptionRecovery.start(
                            stream, copies(start), journals, publishers, engine, options, context.errorHandler())
                    : null;
            subscription = new StreamSubscription(
                    connection,
                    stream.name(),
                    lines,
                    arbitration(stream, start.lines().policy(), names, begun(options, journals))
                            .times(
                                    stream.reorderNs(),
                                    isRepaired ? options.budgetNs(stream.budgetNs()) : stream.budgetNs()),
                    listener,
                    context.nanoClock(),
                    figures,
                    repair);
        } catch (OutOfMemoryError refusal) {
            figures.close();
            CloseHelper.quietClose(repair);
            throw MemoryShortage.ofSubscription(stream.name(), refusal);
        }
        try {
            await(start, lines, subscription::isOpening, subscription::isSpied);
        } catch (RuntimeException e) {
            subscription.close();
            throw e;
        }
        return subscription;
    }

    private static SubscriptionOptions begun(SubscriptionOptions options, JournalPlaces journals) {
        return !journals.isNone() && options.from() != null ? options.join(Join.REPLAY) : options;
    }

    /** Joins a carrier's lines for some of its streams, once the driver has opened one. */
    CarrierSubscription carrier(
            String carrier,
            List<Stream> streams,
            LineStart start,
            Function<String, StreamListener> listeners,
            SubscriptionOptions options) {
        LinesIn lines = in(start, options);
        List<String> names = names(start);
        List<CarriedContext> contexts = streams.stream()
                .map(stream -> new CarriedContext(
                        stream.name(),
                        shared(arbitration(stream, start.lines().policy(), names, options), streams.size()),
                        listeners.apply(stream.name())))
                .toList();
        CarrierCounters figures = new CarrierCounters(
                connection, carrier, streams.stream().map(Stream::name).toList(), names);
        CarrierSubscription subscription;
        try {
            subscription = new CarrierSubscription(connection, carrier, lines, contexts, context.nanoClock(), figures);
        } catch (OutOfMemoryError refusal) {
            figures.close();
            throw MemoryShortage.ofSubscription(streams.get(0).name(), refusal);
        }
        try {
            await(start, lines, subscription::isOpening, subscription::isSpied);
        } catch (RuntimeException e) {
            subscription.close();
            throw e;
        }
        return subscription;
    }

    private LinesIn in(LineStart start, SubscriptionOptions options) {
        StreamLines lines = start.lines();
        ChannelSettings settings = lines.settings()
                .withBuffers(Math.max(ChannelSettings.TERM_LENGTH, options.windowLength() * 2), options.windowLength())
                .withinSocketBuffer(SocketBuffers.granted());
        return start.in(settings, options, health.of(lines.stream(), lines.here()));
    }

    /** How many lines bring each packet: all where the stream is sent on all; else one for each who sends it. */
    private static int copies(LineStart start) {
        List<Line> here = start.lines().here();
        return start.lines().policy() == LinePolicy.REDUNDANT
                ? here.size()
                : (int) here.stream().map(Line::senders).distinct().count();
    }

    private static List<String> names(LineStart start) {
        return start.lines().here().stream().map(Line::name).toList();
    }

    private static ArbiterContext arbitration(
            Stream stream, LinePolicy policy, List<String> names, SubscriptionOptions options) {
        return ArbiterContext.of(stream.id(), names.size())
                .join(options.join())
                .times(stream.reorderNs(), stream.budgetNs())
                .skew(policy == LinePolicy.REDUNDANT ? options.skewNs() : 0)
                .seals(stream.seals())
                .lineNames(names);
    }

    /** What comes early of all streams comes through the same lines: each has its share of the room for it. */
    private static ArbiterContext shared(ArbiterContext context, int streams) {
        return context.window(
                Math.max(MIN_WINDOW_PACKETS, ArbiterContext.DEFAULT_WINDOW_PACKETS / streams),
                Math.max(MIN_WINDOW_BYTES, ArbiterContext.DEFAULT_WINDOW_BYTES / streams));
    }

    private void await(LineStart start, LinesIn lines, BooleanSupplier isOpening, IntPredicate isSpied) {
        start.await(isOpening, () -> openings(used(lines, isSpied)));
        openings(lines.network()).forEach(opening -> opening.onStart(context.errorHandler()));
    }

    /** Where each line comes from at the moment: the network, or the host's own driver. */
    private static List<LineChannel> used(LinesIn lines, IntPredicate isSpied) {
        List<LineChannel> used = new ArrayList<>();
        Iterator<LineChannel> spies = lines.spies().iterator();
        for (int i = 0; i < lines.network().size(); i++) {
            LineChannel spy = LineChoice.has(lines.spied(), i) ? spies.next() : null;
            used.add(spy != null && isSpied.test(i) ? spy : lines.network().get(i));
        }
        return used;
    }

    private static List<LineOpening> openings(List<LineChannel> channels) {
        return channels.stream().map(LineChannel::opening).toList();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine;

import io.aeron.logbuffer.FrameDescriptor;
import io.aeron.protocol.DataHeaderFlyweight;
import io.heliograph.config.Line;
import io.heliograph.engine.media.ChannelSettings;
import io.heliograph.engine.media.Joiner;
import io.heliograph.engine.media.LineChannel;
import io.heliograph.engine.media.LineChoice;
import io.heliograph.engine.media.LineHealth;
import io.heliograph.engine.media.LineJoins;
import io.heliograph.engine.media.LineOpening;
import io.heliograph.engine.media.population.LeastPopulatedLine;
import io.heliograph.engine.stream.AeronPacketLine;
import io.heliograph.engine.stream.LinesIn;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.agrona.CloseHelper;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.SystemNanoClock;

/**
 * The start of a stream on its lines: asks the driver for all that are wanted, and goes on when one is open and the driver
 * has answered for the others. A NIC that has lost its address costs its own line and no other.
 *
 * <p><b>Thread:</b> one owner: the connection's.
 *
 * @param lines of the stream on this host.
 * @param connection to a driver that is alive; does its work meanwhile.
 * @param errorHandler told of lines that cannot be opened.
 */
record LineStart(StreamLines lines, Connection connection, ErrorHandler errorHandler) {
    /** A driver answers within its duty cycle; one that is started on a busy machine takes some hundred milliseconds. */
    private static final long PATIENCE_NS = 5_000_000_000L;

    private static final long IDLE_NS = 50_000;

    /** The same, of those lines that this host sends on. */
    LineStart sent() {
        return new LineStart(lines.sent(), connection, errorHandler);
    }

    /**
     * The lines to send on, and those that may take over from them. One that cannot be opened is told, and tried again.
     *
     * @throws HeliographException when none can be opened.
     */
    List<AeronPacketLine> out(ChannelSettings settings) {
        int maxPayloadLength = settings.mtu() - DataHeaderFlyweight.HEADER_LENGTH;
        List<AeronPacketLine> asked = new ArrayList<>();
        List<LineOpening> openings = new ArrayList<>();
        for (Line line : lines.here()) {
            LineOpening opening = lines.opening(line);
            openings.add(opening);
            asked.add(new AeronPacketLine(
                    line.name(),
                    connection,
                    lines.uriOut(line, settings),
                    lines.stream().linesId(),
                    maxPayloadLength,
                    FrameDescriptor.computeMaxMessageLength(settings.termLength()),
                    settings.lingerNs(),
                    opening));
        }
        try {
            await(() -> isOpening(asked, openings), () -> openings);
            openings.forEach(opening -> opening.onStart(errorHandler));
            return asked;
        } catch (RuntimeException none) {
            CloseHelper.quietCloseAll(asked);
            throw none;
        }
    }

    /**
     * All lines that can be received, not asked for yet, and which of them the stream's policy joins.
     *
     * @param settings of the stream.
     * @param options of the subscription.
     * @param health of the lines.
     */
    LinesIn in(ChannelSettings settings, SubscriptionOptions options, LineHealth health) {
        Joiner joiner = lines.joiner();
        LineJoins joins = lines.joins(joiner, health);
        if (lines.isJoinedByMac() && !joiner.hasMac()) {
            int joined = Long.numberOfTrailingZeros(
                    joins.joined(LineChoice.all(lines.here().size())));
            errorHandler.onError(
                    new HeliographException(lines.withoutMac(lines.here().get(joined))));
        }
        if (joins instanceof LeastPopulatedLine least && !least.isKnown()) {
            int joined = Long.numberOfTrailingZeros(
                    joins.joined(LineChoice.all(lines.here().size())));
            errorHandler.onError(
                    new HeliographException(lines.withoutPopulation(lines.here().get(joined))));
        }
        boolean isNearest = options.attach() == SubscriptionOptions.Attach.NEAREST;
        long spied = isNearest ? lines.sentHereOnly() : 0;
        List<LineChannel> spies = IntStream.range(0, lines.here().size())
                .filter(place -> LineChoice.has(spied, place))
                .mapToObj(place -> lines.spy(lines.here().get(place), settings))
                .toList();
        List<LineChannel> network = lines.here().stream()
                .map(line -> lines.channelIn(line, settings, options.nak()))
                .toList();
        return new LinesIn(network, spies, spied, health, joins, lines.carried());
    }

    /**
     * Waits until the driver has answered for every line.
     *
     * @param isOpening asks the driver.
     * @param wanted openings of the lines that are wanted once it has answered.
     * @throws HeliographException when none is open.
     */
    void await(BooleanSupplier isOpening, Supplier<List<LineOpening>> wanted) {
        long deadlineNs = SystemNanoClock.INSTANCE.nanoTime() + PATIENCE_NS;
        while (isOpening.getAsBoolean()
                && connection.isAlive()
                && SystemNanoClock.INSTANCE.nanoTime() - deadlineNs < 0) {
            if (connection.doWork() == 0) {
                LockSupport.parkNanos(IDLE_NS);
            }
        }
        List<LineOpening> openings = wanted.get();
        if (openings.stream().noneMatch(LineOpening::isOpen)) {
            String refusals = openings.stream()
                    .map(LineOpening::refusal)
                    .filter(Objects::nonNull)
                    .collect(Collectors.joining("; "));
            throw new HeliographException(
                    refusals.isEmpty()
                            ? "the media driver opened no line of stream "
                                    + lines.stream().name() + " within 5 s: it is gone or hangs"
                            : refusals);
        }
    }

    private static boolean isOpening(List<AeronPacketLine> asked, List<LineOpening> openings) {
        boolean isOpening = false;
        for (int i = 0; i < asked.size(); i++) {
            if (!openings.get(i).isSettled()) {
                asked.get(i).onTick();
                isOpening |= !openings.get(i).isSettled();
            }
        }
        return isOpening;
    }
}

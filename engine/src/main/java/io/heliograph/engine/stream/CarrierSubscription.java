// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.NanoClock;
import org.jspecify.annotations.Nullable;

/**
 * Subscribes to several streams of a carrier, or all: joins its lines once, and hands each packet to the arbitration of its
 * stream. Each stream's messages come once and in its order; between streams there is none. A message's header says whose it
 * is, by the stream's id.
 *
 * <pre>{@code
 * while (running) {
 *     idle.idle(heliograph.doWork() + carrier.poll(handler, 64));
 * }
 * }</pre>
 *
 * <p>A stream that has packets is looked after in the same cycle; of one that has none, gaps and silence are looked after every
 * millisecond: so a poll costs what came, and not what there could be.
 *
 * <p><b>Thread:</b> one owner: the thread that calls it.
 *
 * <p><b>Allocation:</b> none after construction but Aeron's, with a new image.
 *
 * <p><b>Failure:</b> as {@link StreamSubscription}, for each stream by itself. What comes on the lines and belongs to no stream
 * of the carrier, or cannot be read, is refused, counted and told by the first stream.
 */
public final class CarrierSubscription implements AutoCloseable {
    private static final long TICK_NS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long MIND_NS = TimeUnit.MILLISECONDS.toNanos(1);

    private final String carrier;
    private final CarriedStream[] streams;
    private final CarriedStreams arbitration;
    private final SubscriptionLines lines;
    private final NanoClock clock;
    private final CarrierTick figures;
    private long mindAtNs;
    private long tickAtNs;
    private boolean isClosed;

    /**
     * Joins a carrier's lines; {@code Heliograph.addCarrierSubscription} does it for a carrier of the topology.
     *
     * @param connection to the driver, which is asked for the lines and not waited for.
     * @param carrier its name, for messages to people.
     * @param lines that the host can hear, in the order of their names, with the ids of all streams of the carrier.
     * @param contexts of the streams to subscribe to, one at least; what concerns the lines is the same in all of them.
     * @param clock read once a duty cycle.
     * @param figures shows the figures every few milliseconds; closed with the subscription.
     */
    public CarrierSubscription(
            AeronConnection connection,
            String carrier,
            LinesIn lines,
            List<CarriedContext> contexts,
            NanoClock clock,
            CarrierTick figures) {
        this.carrier = carrier;
        this.clock = clock;
        this.figures = figures;
        this.streams = new CarriedStream[contexts.size()];
        Arbiter[] arbiters = new Arbiter[streams.length];
        List<Integer> subscribed = new ArrayList<>();
        for (int i = 0; i < streams.length; i++) {
            CarriedContext context = contexts.get(i);
            arbiters[i] = new Arbiter(context.arbitration(), context.listener());
            subscribed.add(context.arbitration().streamId());
            streams[i] = new CarriedStream(context.stream(), subscribed.get(i), arbiters[i]);
        }
        long nowNs = clock.nanoTime();
        this.arbitration = new CarriedStreams(lines.carried(), subscribed, nowNs, arbiters);
        this.lines = new SubscriptionLines(connection, lines, contexts.get(0).arbitration(), arbitration, nowNs);
        this.mindAtNs = nowNs;
        this.tickAtNs = nowNs;
    }

    /**
     * The duty cycle: takes what the lines have, in turns, delivers what is next in each stream, gives up what has waited too
     * long.
     *
     * @param handler takes the messages of all streams, on this thread, before the call returns.
     * @param packetLimit at most so many packets of each line, 1 and up; a packet is always delivered whole.
     * @return work done: packets of any kind, of any stream of the carrier, and notices; 0 when there was nothing.
     * @throws RuntimeException what the handler has thrown: its message counts as delivered, and a later call goes on with the
     *     one behind it.
     */
    public int poll(MessageHandler handler, int packetLimit) {
        if (isClosed) {
            return 0;
        }
        long nowNs = clock.nanoTime();
        arbitration.beginCycle(nowNs, handler);
        if (nowNs - mindAtNs >= 0) {
            mindAtNs = nowNs + MIND_NS;
            arbitration.includeAll();
        }
        int work = lines.poll(packetLimit, nowNs) + arbitration.endCycle();
        if (nowNs - tickAtNs >= 0) {
            tick(nowNs);
        }
        return work;
    }

    /**
     * Whether the driver still has to say of a line that it is open, or that it cannot be; asks it. {@code
     * Heliograph.addCarrierSubscription} waits for that.
     *
     * @return false when it has answered for every line.
     */
    public boolean isOpening() {
        return lines.isOpening(clock.nanoTime());
    }

    /**
     * Whether the streams come from this host's own driver, by spies on its publications, and nothing is heard over the
     * network.
     *
     * @return true while that is so.
     */
    public boolean isLocal() {
        return lines.isLocal();
    }

    /**
     * Whether a line comes from this host's own driver, by a spy, and not over the network.
     *
     * @param index 0 for A, 1 for B and so on.
     * @return true while that is so.
     */
    public boolean isSpied(int index) {
        return lines.isSpied(index);
    }

    /**
     * The carrier's name in the topology.
     *
     * @return the name.
     */
    public String carrier() {
        return carrier;
    }

    /**
     * How many streams are subscribed to.
     *
     * @return 1 and up.
     */
    public int streamCount() {
        return streams.length;
    }

    /**
     * A stream.
     *
     * @param index 0 to {@link #streamCount} - 1, in the order in which they were asked for.
     * @return live figures.
     */
    public CarriedStream stream(int index) {
        return streams[index];
    }

    /**
     * A stream by its name.
     *
     * @param name in the topology.
     * @return live figures; null when it is not subscribed to.
     */
    public @Nullable CarriedStream stream(String name) {
        for (CarriedStream stream : streams) {
            if (stream.stream().equals(name)) {
                return stream;
            }
        }
        return null;
    }

    /**
     * Whether the epoch of every stream is complete.
     *
     * @return true when all have ended.
     */
    public boolean isEnded() {
        for (CarriedStream stream : streams) {
            if (!stream.isEnded()) {
                return false;
            }
        }
        return true;
    }

    /**
     * The number of lines.
     *
     * @return 1 and up.
     */
    public int lineCount() {
        return lines.count();
    }

    /**
     * Whether a line has a publisher.
     *
     * @param index 0 for A, 1 for B and so on.
     * @return true with at least one image.
     */
    public boolean isConnected(int index) {
        return lines.isConnected(index);
    }

    /**
     * How often a line was left and joined anew: it stood still beyond its share of the budget, or its NIC was mended.
     *
     * @param index 0 for A, 1 for B and so on.
     * @return times.
     */
    public long rejoins(int index) {
        return lines.rejoins(index);
    }

    /**
     * Images of a line that were rejected: their source may not publish the carrier's streams.
     *
     * @param index 0 for A, 1 for B and so on.
     * @return images.
     */
    public long rejectedImages(int index) {
        return lines.rejectedImages(index);
    }

    /**
     * Whether this was closed.
     *
     * @return true after {@link #close}.
     */
    public boolean isClosed() {
        return isClosed;
    }

    /** Leaves the lines. Idempotent. */
    @Override
    public void close() {
        if (!isClosed) {
            isClosed = true;
            lines.close();
            figures.close();
        }
    }

    private void tick(long nowNs) {
        tickAtNs = nowNs + TICK_NS;
        lines.onTick(nowNs);
        figures.publish(this);
    }
}

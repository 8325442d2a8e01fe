// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.NanoClock;
import org.jspecify.annotations.Nullable;

/**
 * Subscribes to a stream: joins its lines, arbitrates them, and delivers every message once and in order, or a notice of
 * the exact range that is lost, in its place in the order.
 *
 * <pre>{@code
 * while (running) {
 *     idle.idle(heliograph.doWork() + subscription.poll(handler, 64));
 * }
 * }</pre>
 *
 * <p>Of a carrier's lines it takes its own stream's packets and passes over the others'; who wants several streams of one
 * takes a {@link CarrierSubscription}, which reads each line once.
 *
 * <p><b>Thread:</b> one owner: the thread that calls it.
 *
 * <p><b>Allocation:</b> none after construction but Aeron's, with a new image.
 *
 * <p><b>Failure:</b> what cannot be read is dropped and counted ({@link StreamStatistics}); what is lost is told to the
 * {@link StreamListener}; {@link #quality} says how far the stream can be trusted.
 */
public final class StreamSubscription implements AutoCloseable {
    private static final long TICK_NS = TimeUnit.MILLISECONDS.toNanos(5);

    private final String stream;
    private final Arbiter arbiter;
    private final PacketAssembly packets;
    private final SubscriptionLines lines;
    private final NanoClock clock;
    private final SubscriptionTick figures;
    private final @Nullable GapRepair repair;
    private long tickAtNs;
    private boolean isClosed;

    /**
     * Joins a stream's lines; {@code Heliograph.addSubscription} does it for a stream of the topology.
     *
     * @param connection to the driver, which is asked for the lines and not waited for.
     * @param stream the stream's name, for messages to people.
     * @param lines that the host can hear, in the order of their names.
     * @param context how to arbitrate.
     * @param listener told of gaps, epochs and quality.
     * @param clock read once a duty cycle.
     * @param figures shows the figures every few milliseconds; closed with the subscription.
     */
    public StreamSubscription(
            AeronConnection connection,
            String stream,
            LinesIn lines,
            ArbiterContext context,
            StreamListener listener,
            NanoClock clock,
            SubscriptionTick figures) {
        this(connection, stream, lines, context, listener, clock, figures, null);
    }

    /**
     * Joins a stream's lines, and fetches what none of them brings.
     *
     * @param connection to the driver, which is asked for the lines and not waited for.
     * @param stream the stream's name, for messages to people.
     * @param lines that the host can hear, in the order of their names.
     * @param context how to arbitrate.
     * @param listener told of gaps, epochs and quality.
     * @param clock read once a duty cycle.
     * @param figures shows the figures every few milliseconds; closed with the subscription.
     * @param repair fetches what is missing; closed with the subscription; null where nobody does.
     */
    public StreamSubscription(
            AeronConnection connection,
            String stream,
            LinesIn lines,
            ArbiterContext context,
            StreamListener listener,
            NanoClock clock,
            SubscriptionTick figures,
            @Nullable GapRepair repair) {
        this.stream = stream;
        this.clock = clock;
        this.repair = repair;
        this.packets = new PacketAssembly(context.streamId(), listener);
        this.arbiter = new Arbiter(context, packets, repair);
        long nowNs = clock.nanoTime();
        PacketSink sink = lines.carried().isEmpty()
                ? new SoleStream(arbiter, nowNs)
                : CarriedStreams.one(lines.carried(), context.streamId(), nowNs, arbiter);
        this.lines = new SubscriptionLines(connection, lines, context, sink, nowNs);
        this.figures = figures;
        this.tickAtNs = nowNs;
    }

    /**
     * The duty cycle: takes what the lines have, in turns, delivers what is next, gives up what has waited too long.
     *
     * @param handler takes the messages, on this thread, before the call returns.
     * @param packetLimit at most so many packets of each line, 1 and up; a packet is always delivered whole.
     * @return work done: packets of any kind and notices; 0 when there was nothing.
     * @throws RuntimeException what the handler has thrown: its message counts as delivered, and a later call goes on with the
     *     one behind it.
     */
    public int poll(MessageHandler handler, int packetLimit) {
        if (isClosed) {
            return 0;
        }
        long nowNs = clock.nanoTime();
        arbiter.beginCycle(nowNs, handler);
        int work = lines.poll(packetLimit, nowNs) + arbiter.endCycle();
        if (nowNs - tickAtNs >= 0) {
            tick(nowNs);
        }
        return work;
    }

    /**
     * The same duty cycle, with packets in place of messages: data in order, each message once (what is old in part comes
     * under a header of its own); gaps and the end of an epoch as packets in their place; and of each seal one copy, behind the
     * last message that it covers. An epoch that is left without its end has no end packet. A subscription is polled in one of
     * the two ways.
     *
     * @param handler takes the packets, on this thread, before the call returns.
     * @param packetLimit at most so many packets of each line, 1 and up.
     * @return work done: packets of any kind and notices; 0 when there was nothing.
     * @throws RuntimeException what the handler has thrown: its packet counts as delivered, and a later call goes on with the
     *     one behind it.
     */
    public int pollPackets(PacketHandler handler, int packetLimit) {
        packets.begin(handler);
        try {
            return poll(packets, packetLimit);
        } finally {
            packets.end();
        }
    }

    /**
     * Goes on where an earlier life was: where the first epoch that is heard is this one, what was missed in between is missing,
     * and is fetched as any loss is. Before the first poll.
     *
     * @param epoch 0 to 2^32 - 1.
     * @param sequence all before it was had.
     */
    public void goOnFrom(long epoch, long sequence) {
        arbiter.goOnFrom(epoch, sequence);
    }

    /**
     * Whether the driver still has to say of a line that it is open, or that it cannot be; asks it. {@code
     * Heliograph.addSubscription} waits for that.
     *
     * @return false when it has answered for every line.
     */
    public boolean isOpening() {
        return lines.isOpening(clock.nanoTime());
    }

    /**
     * Whether the stream comes from this host's own driver, by spies on its publications, and nothing is heard over the
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
     * How far the stream can be trusted at the moment.
     *
     * @return the quality.
     */
    public Quality quality() {
        return arbiter.watch().quality();
    }

    /**
     * The consumer has rebuilt what a gap had spoilt: {@link Quality#GAP} ends.
     */
    public void acknowledgeGap() {
        arbiter.watch().onTrusted();
    }

    /**
     * The stream's name in the topology.
     *
     * @return the name.
     */
    public String stream() {
        return stream;
    }

    /**
     * The numbering that is being delivered.
     *
     * @return 0 to 2^32 - 1, or {@link Arbiter#NULL_EPOCH}.
     */
    public long epoch() {
        return arbiter.epoch();
    }

    /**
     * The sequence that is delivered next.
     *
     * @return 1 and up.
     */
    public long nextSequence() {
        return arbiter.nextSequence();
    }

    /**
     * How far behind its lines a subscription is that catches up.
     *
     * @return messages, as far as known; 0 when it does not catch up.
     */
    public long behind() {
        return arbiter.catchUp().behind(arbiter.epoch(), arbiter.nextSequence());
    }

    /**
     * How far the epoch has come, as far as any line has brought it or spoken of it.
     *
     * @return the sequence behind the furthest message, {@link #nextSequence} or more.
     */
    public long heardNext() {
        long heard = arbiter.nextSequence();
        for (int line = 0; line < lines.count(); line++) {
            heard = Math.max(heard, arbiter.line(line).next());
        }
        return heard;
    }

    /**
     * Whether the epoch is complete.
     *
     * @return true when its end was delivered and no other epoch has begun.
     */
    public boolean isEnded() {
        return arbiter.isEnded();
    }

    /**
     * Whether at least one line has a publisher.
     *
     * @return true with at least one image.
     */
    public boolean isConnected() {
        for (int line = 0; line < lines.count(); line++) {
            if (lines.isConnected(line)) {
                return true;
            }
        }
        return false;
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
     * Whether a line is one that the subscription has chosen to join over the network: all, or with lines="spread" one, which may
     * fail and have another one beside it for a while.
     *
     * @param index 0 for A, 1 for B and so on.
     * @return false for every line while the stream comes from the host's own driver.
     */
    public boolean isChosen(int index) {
        return lines.isChosen(index);
    }

    /**
     * What a line has done.
     *
     * @param index 0 for A, 1 for B and so on.
     * @return live figures.
     */
    public LineStatistics line(int index) {
        return arbiter.line(index);
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
     * Images of a line that were rejected: their source may not publish the stream.
     *
     * @param index 0 for A, 1 for B and so on.
     * @return images.
     */
    public long rejectedImages(int index) {
        return lines.rejectedImages(index);
    }

    /**
     * What was seen over all lines.
     *
     * @return live figures.
     */
    public StreamStatistics statistics() {
        return arbiter.statistics();
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
            if (repair != null) {
                repair.close();
            }
        }
    }

    private void tick(long nowNs) {
        tickAtNs = nowNs + TICK_NS;
        lines.onTick(nowNs);
        figures.publish(this);
    }
}

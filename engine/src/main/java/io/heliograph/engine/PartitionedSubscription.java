// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine;

import io.heliograph.config.Stream;
import io.heliograph.engine.stream.MessageHandler;
import io.heliograph.engine.stream.StreamListener;
import io.heliograph.engine.stream.StreamSubscription;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.agrona.CloseHelper;

/**
 * Subscribes to all partitions of a feed ({@code partitions="4"}); who needs one of them alone subscribes to its stream. Each
 * partition's messages come once and in its order; between partitions there is none. A listener of its own tells of each
 * partition's gaps and epochs.
 *
 * <p><b>Thread:</b> one owner: the thread that polls.
 *
 * <p><b>Allocation:</b> none after construction but Aeron's, with a new image.
 */
public final class PartitionedSubscription implements AutoCloseable {
    private final StreamSubscription[] partitions;
    private int turn;

    private PartitionedSubscription(StreamSubscription[] partitions) {
        this.partitions = partitions;
    }

    /**
     * Subscribes to all partitions of a feed, from live.
     *
     * @param heliograph connected.
     * @param feed its name in the topology, without a partition's number; or a stream's that has none.
     * @param listeners gives each partition, by its number, who is told of its gaps, epochs and quality.
     * @return the subscription, closed by the caller or with the connection.
     * @throws HeliographException as {@link Heliograph#addSubscription}, for any of them.
     */
    public static PartitionedSubscription open(
            Heliograph heliograph, String feed, IntFunction<StreamListener> listeners) {
        return open(heliograph, feed, listeners, SubscriptionOptions.DEFAULT);
    }

    /**
     * Subscribes to all partitions of a feed.
     *
     * @param heliograph connected.
     * @param feed its name in the topology, without a partition's number; or a stream's that has none.
     * @param listeners gives each partition, by its number, who is told of its gaps, epochs and quality.
     * @param options what the topology does not say, for each.
     * @return the subscription, closed by the caller or with the connection.
     * @throws HeliographException as {@link Heliograph#addSubscription}, for any of them.
     */
    public static PartitionedSubscription open(
            Heliograph heliograph, String feed, IntFunction<StreamListener> listeners, SubscriptionOptions options) {
        List<StreamSubscription> opened = new ArrayList<>();
        try {
            for (Stream stream : heliograph.partitions(feed)) {
                opened.add(heliograph.addSubscription(stream.name(), listeners.apply(opened.size()), options));
            }
            return new PartitionedSubscription(opened.toArray(new StreamSubscription[0]));
        } catch (RuntimeException failed) {
            CloseHelper.quietCloseAll(opened);
            throw failed;
        }
    }

    /**
     * The duty cycle: polls every partition, beginning with another one each time.
     *
     * @param handler takes the messages, on this thread, before the call returns.
     * @param packetLimit at most so many packets of each line of each partition.
     * @return work done; 0 when there was nothing.
     */
    public int poll(MessageHandler handler, int packetLimit) {
        int work = 0;
        int index = turn;
        turn = index + 1 == partitions.length ? 0 : index + 1;
        for (int i = 0; i < partitions.length; i++) {
            work += partitions[index].poll(handler, packetLimit);
            index = index + 1 == partitions.length ? 0 : index + 1;
        }
        return work;
    }

    /**
     * The duty cycle with a handler for each partition.
     *
     * @param handlers as many as there are partitions, by their numbers.
     * @param packetLimit at most so many packets of each line of each partition.
     * @return work done; 0 when there was nothing.
     */
    public int poll(MessageHandler[] handlers, int packetLimit) {
        int work = 0;
        int index = turn;
        turn = index + 1 == partitions.length ? 0 : index + 1;
        for (int i = 0; i < partitions.length; i++) {
            work += partitions[index].poll(handlers[index], packetLimit);
            index = index + 1 == partitions.length ? 0 : index + 1;
        }
        return work;
    }

    /**
     * How many partitions there are.
     *
     * @return 1 and up.
     */
    public int count() {
        return partitions.length;
    }

    /**
     * One of the streams, for its quality and figures.
     *
     * @param index 0 to {@link #count} - 1.
     * @return its subscription; closed with this.
     */
    public StreamSubscription partition(int index) {
        return partitions[index];
    }

    /**
     * Whether the epoch of every partition is complete.
     *
     * @return true when all have ended.
     */
    public boolean isEnded() {
        for (StreamSubscription partition : partitions) {
            if (!partition.isEnded()) {
                return false;
            }
        }
        return true;
    }

    /** Leaves all lines. Idempotent. */
    @Override
    public void close() {
        CloseHelper.closeAll(partitions);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine;

import io.heliograph.config.Stream;
import io.heliograph.engine.base.Outcome;
import io.heliograph.engine.base.Partitions;
import io.heliograph.engine.stream.MessageClaim;
import io.heliograph.engine.stream.StreamPublication;
import java.util.ArrayList;
import java.util.List;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;

/**
 * Publishes a feed that is split into several streams ({@code partitions="4"}) by the key that comes with each message; one
 * that is not split is a feed of one partition. Each partition has its own numbering, lines and flow: order holds among the
 * messages of one key, and none between partitions.
 *
 * <pre>{@code
 * try (PartitionedPublication feed = PartitionedPublication.open(heliograph, "nasdaq.itch")) {
 *     long sequence = feed.offer(instrument, buffer, offset, length);
 *     ...
 * }
 * }</pre>
 *
 * <p><b>Thread:</b> one owner: the publishing thread.
 *
 * <p><b>Allocation:</b> none after construction.
 */
public final class PartitionedPublication implements AutoCloseable {
    private final String feed;
    private final StreamPublication[] partitions;

    private PartitionedPublication(String feed, StreamPublication[] partitions) {
        this.feed = feed;
        this.partitions = partitions;
    }

    /**
     * A feed of publications that are open.
     *
     * @param feed its name.
     * @param partitions in order, at least one; closed with this.
     * @return the publication of all.
     */
    public static PartitionedPublication of(String feed, StreamPublication... partitions) {
        return new PartitionedPublication(feed, partitions.clone());
    }

    /**
     * Publishes all partitions of a feed, each numbered by itself.
     *
     * @param heliograph connected, on a host that publishes the feed.
     * @param feed its name in the topology, without a partition's number; or a stream's that has none.
     * @return the publication, closed by the caller or with the connection.
     * @throws HeliographException as {@link Heliograph#addPublication(String)}, for any of them.
     */
    public static PartitionedPublication open(Heliograph heliograph, String feed) {
        return open(heliograph, feed, PublicationOptions.DEFAULT);
    }

    /**
     * Publishes all partitions of a feed, each numbered by itself.
     *
     * @param heliograph connected, on a host that publishes the feed.
     * @param feed its name in the topology, without a partition's number; or a stream's that has none.
     * @param options of each.
     * @return the publication, closed by the caller or with the connection.
     * @throws HeliographException as {@link Heliograph#addPublication(String)}, for any of them.
     */
    public static PartitionedPublication open(Heliograph heliograph, String feed, PublicationOptions options) {
        List<StreamPublication> opened = new ArrayList<>();
        try {
            for (Stream stream : heliograph.partitions(feed)) {
                opened.add(heliograph.addPublication(stream.name(), options));
            }
            return new PartitionedPublication(feed, opened.toArray(new StreamPublication[0]));
        } catch (RuntimeException failed) {
            CloseHelper.quietCloseAll(opened);
            throw failed;
        }
    }

    /**
     * Accepts a message: copies it into the open packet of its key's partition.
     *
     * @param key of the message, such as its instrument: {@link Partitions#of} says where it goes.
     * @param buffer holds the body.
     * @param offset where the body begins.
     * @param length of the body in octets.
     * @return its sequence in that partition (1 and up), or what {@link StreamPublication#offer} says instead.
     */
    public long offer(long key, DirectBuffer buffer, int offset, int length) {
        return of(key).offer(buffer, offset, length);
    }

    /**
     * Makes room for a message that is written in place, in its key's partition.
     *
     * @param key of the message.
     * @param length of the body in octets.
     * @param claim receives the place; commit or abort it before anything else is offered.
     * @return the sequence that the message will have there, or what {@link StreamPublication#claim} says instead.
     */
    public long claim(long key, int length, MessageClaim claim) {
        return of(key).claim(length, claim);
    }

    /**
     * Sends the open packets.
     *
     * @return 1, or the first negative {@link Outcome} of a partition; the others were flushed all the same.
     */
    public long flush() {
        long outcome = 1;
        for (StreamPublication partition : partitions) {
            long own = partition.flush();
            outcome = own < 0 && outcome > 0 ? own : outcome;
        }
        return outcome;
    }

    /**
     * The duty cycle of every partition, to be called at least every millisecond.
     *
     * @return work done: 0 when there was none.
     */
    public int doWork() {
        int work = 0;
        for (StreamPublication partition : partitions) {
            work += partition.doWork();
        }
        return work;
    }

    /**
     * Ends the epoch of every partition; see {@link StreamPublication#endEpoch}.
     *
     * @return 0, or the first negative {@link Outcome} of a partition: call again after {@link #doWork}.
     */
    public long endEpoch() {
        long outcome = 0;
        for (StreamPublication partition : partitions) {
            long own = partition.endEpoch();
            outcome = own < 0 && outcome == 0 ? own : outcome;
        }
        return outcome;
    }

    /**
     * Whether a partition that has ended still repeats its end.
     *
     * @return false before the end, and a second after it.
     */
    public boolean isLingering() {
        for (StreamPublication partition : partitions) {
            if (partition.isLingering()) {
                return true;
            }
        }
        return false;
    }

    /**
     * The feed's name.
     *
     * @return without a partition's number.
     */
    public String feed() {
        return feed;
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
     * One of the streams.
     *
     * @param index 0 to {@link #count} - 1.
     * @return its publication; closed with this.
     */
    public StreamPublication partition(int index) {
        return partitions[index];
    }

    /**
     * Messages accepted.
     *
     * @return by all partitions, since this was opened.
     */
    public long messages() {
        long messages = 0;
        for (StreamPublication partition : partitions) {
            messages += partition.messages();
        }
        return messages;
    }

    /** Closes the lines at once; an orderly end is {@link #endEpoch} and its linger. Idempotent. */
    @Override
    public void close() {
        CloseHelper.closeAll(partitions);
    }

    /**
     * Where a message goes.
     *
     * @param key of the message.
     * @return its partition, 0 to {@link #count} - 1.
     */
    public int partitionOf(long key) {
        return partitions.length == 1 ? 0 : Partitions.of(key, partitions.length);
    }

    private StreamPublication of(long key) {
        return partitions[partitionOf(key)];
    }
}

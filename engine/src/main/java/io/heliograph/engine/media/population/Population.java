// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.media.population;

import io.aeron.Aeron;
import io.heliograph.engine.base.LineKey;
import io.heliograph.engine.base.NicDescriptor;
import io.heliograph.engine.base.SubscriptionDescriptor;
import io.heliograph.engine.media.StatedCounters;
import io.heliograph.engine.media.StatedCounters.Stated;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.agrona.DirectBuffer;
import org.agrona.ErrorHandler;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.status.CountersReader;
import org.jspecify.annotations.Nullable;

/**
 * An engine's part in counting the subscribers of lines: counts those of its host by their own counters in the driver's file, so
 * that a process that is gone counts as long as the driver keeps its client (10 s), states them, takes what others state, and
 * states the sums in counters.
 *
 * <p><b>Thread:</b> one owner: the monitor's.
 *
 * <p><b>Allocation:</b> none but when counters are asked for.
 */
public final class Population {
    private final LineSlots slots;
    private final PopulationBoard board;
    private final int host;
    private final StatedCounters counters;
    private @Nullable Aeron asked;
    private boolean isChanged;

    /**
     * Of a host whose engine has just started.
     *
     * @param slots of the lines that are counted.
     * @param host by {@link LineKey#host(String, String)}.
     * @param peers how many other hosts may state something.
     * @param errorHandler told of counters that the driver refuses.
     * @param nowNs the time.
     */
    public Population(LineSlots slots, int host, int peers, ErrorHandler errorHandler, long nowNs) {
        this.slots = slots;
        this.board = new PopulationBoard(slots, peers, nowNs);
        this.host = host;
        this.counters = new StatedCounters(
                IntStream.range(0, slots.count()).mapToObj(this::stated).toList(), errorHandler);
    }

    /**
     * Whether there is nothing to count.
     *
     * @return true without a stream that asks for it.
     */
    public boolean isEmpty() {
        return slots.count() == 0;
    }

    /**
     * Counts the subscribers of this host; to be called before each statement.
     *
     * @param client of the host's driver; null while there is none.
     */
    public void count(@Nullable Aeron client) {
        if (!isEmpty()) {
            isChanged = true;
            if (client == null || client.isClosed()) {
                Arrays.fill(board.own(), 0);
            } else {
                count(client.countersReader());
            }
        }
    }

    /**
     * Takes what another engine states.
     *
     * @param peer 0 and up: who.
     * @param buffer holds a statement that was checked.
     * @param offset of the statement.
     * @param nowNs the time.
     */
    public void onStatement(int peer, DirectBuffer buffer, int offset, long nowNs) {
        board.onStatement(peer, buffer, offset, nowNs);
        isChanged = true;
    }

    /**
     * Writes what this host states, as much as one datagram holds.
     *
     * @param buffer with room for the longest.
     * @param topology CRC-32C of its name.
     * @param sender address of the NIC that it leaves by.
     * @param from 0 at first, then what the call before has given.
     * @return where the next one begins.
     */
    public int write(MutableDirectBuffer buffer, int topology, int sender, int from) {
        return board.write(buffer, topology, sender, from);
    }

    /**
     * Whether there is more to write.
     *
     * @param from as for {@link #write}.
     * @return true until everything was stated.
     */
    public boolean isToBeStated(int from) {
        return from < slots.streamCount();
    }

    /**
     * States the sums, once every peer has had the time to state its own.
     *
     * @param client of the host's driver; null while there is none.
     * @param nowNs the time.
     */
    public void state(@Nullable Aeron client, long nowNs) {
        if (isEmpty() || !board.isKnown(nowNs)) {
            return;
        }
        if (isAnother(client)) {
            asked = client;
            isChanged = true;
        }
        counters.take(client);
        if (isChanged) {
            isChanged = false;
            for (int slot = 0; slot < slots.count(); slot++) {
                counters.set(slot, board.subscribers(slot, nowNs));
            }
        }
    }

    @SuppressWarnings("ReferenceEquality") // Another client is another object.
    private boolean isAnother(@Nullable Aeron client) {
        return client != asked;
    }

    void count(CountersReader reader) {
        int[] own = board.own();
        Arrays.fill(own, 0);
        DirectBuffer records = reader.metaDataBuffer();
        int type = SubscriptionDescriptor.SUBSCRIPTION_LINE_CHOSEN.typeId();
        for (int id = 0; id <= reader.maxCounterId(); id++) {
            int state = reader.getCounterState(id);
            if (state == CountersReader.RECORD_UNUSED) {
                return;
            }
            int key = CountersReader.metaDataOffset(id) + CountersReader.KEY_OFFSET;
            if (state == CountersReader.RECORD_ALLOCATED
                    && reader.getCounterTypeId(id) == type
                    && LineKey.host(records, key) == host
                    && reader.getCounterValue(id) == 1) {
                int slot = slots.slot(LineKey.stream(records, key), LineKey.line(records, key));
                if (slot >= 0) {
                    own[slot]++;
                }
            }
        }
    }

    private Stated stated(int slot) {
        int at = slots.streamOf(slot);
        DirectBuffer key = LineKey.of(slots.stream(at), slot - slots.start(at), host);
        return new Stated(NicDescriptor.LINE_SUBSCRIBERS.typeId(), slots.label(slot), key);
    }
}

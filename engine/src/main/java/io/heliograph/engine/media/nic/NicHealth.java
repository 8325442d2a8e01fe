// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.media.nic;

import io.aeron.Aeron;
import io.heliograph.engine.base.CounterDescriptor;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.status.CountersReader;
import org.jspecify.annotations.Nullable;

/**
 * The health of a host's NICs as its engine states it, for publishers and subscribers in any process of the host: a look at
 * memory, no call. Where no engine runs, or the program has a driver of its own, nobody states it, and every NIC is taken
 * for up.
 *
 * <p>An engine that is killed leaves its last statement standing until the driver ends its client, about 10 s; a new engine's
 * statement is preferred from its first.
 *
 * <p><b>Thread:</b> one owner.
 *
 * <p><b>Allocation:</b> none after construction.
 */
public final class NicHealth {
    private static final long SEARCH_INTERVAL_NS = 100_000_000L;
    private static final int NONE = -1;

    private final byte[][] labels;
    private final int[] counterIds;
    private final long[] registrations;
    private @Nullable CountersReader counters;
    private long searchAtNs;

    /**
     * Of NICs that nobody has stated anything about so far.
     *
     * @param host that the program runs on, by its name in the topology.
     * @param nics their names there; asked for by their place in this list.
     */
    public NicHealth(String host, List<String> nics) {
        labels = nics.stream()
                .map(nic -> CounterDescriptor.NIC_STATE.labelOfNic(host, nic).getBytes(StandardCharsets.US_ASCII))
                .toArray(byte[][]::new);
        counterIds = new int[labels.length];
        registrations = new long[labels.length];
        Arrays.fill(counterIds, NONE);
    }

    /**
     * Reads the counters of a driver from now on.
     *
     * @param aeron a client of the host's driver; null while there is none.
     * @param nowNs the time.
     */
    public void attach(@Nullable Aeron aeron, long nowNs) {
        attach(aeron == null ? null : aeron.countersReader(), nowNs);
    }

    void attach(@Nullable CountersReader reader, long nowNs) {
        counters = reader;
        Arrays.fill(counterIds, NONE);
        search();
        searchAtNs = nowNs + SEARCH_INTERVAL_NS;
    }

    /**
     * To be called in the duty cycle: looks, ten times a second, for what an engine that came or went states.
     *
     * @param nowNs the time.
     * @return work done; 0 = idle.
     */
    public int doWork(long nowNs) {
        if (nowNs - searchAtNs < 0) {
            return 0;
        }
        searchAtNs = nowNs + SEARCH_INTERVAL_NS;
        search();
        return 1;
    }

    /**
     * Whether lines on a NIC are to be used.
     *
     * @param nic its place in the list.
     * @return false only when the engine says that it is down.
     */
    public boolean isUp(int nic) {
        return code(nic) != NicState.DOWN.code();
    }

    /**
     * What is known of a NIC.
     *
     * @param nic its place in the list.
     * @return {@link NicState#UNKNOWN} when nobody states it.
     */
    public NicState state(int nic) {
        return NicState.of(code(nic));
    }

    /** Acquire: pairs with the monitor's release. */
    private long code(int nic) {
        CountersReader reader = counters;
        int id = counterIds[nic];
        if (reader == null || id == NONE || !isStated(reader, nic, id)) {
            return NicState.UNKNOWN.code();
        }
        return reader.getCounterValue(id);
    }

    /** A counter that was given back may be somebody else's by now. */
    private boolean isStated(CountersReader reader, int nic, int id) {
        return reader.getCounterState(id) == CountersReader.RECORD_ALLOCATED
                && reader.getCounterRegistrationId(id) == registrations[nic];
    }

    private void search() {
        CountersReader reader = counters;
        Arrays.fill(counterIds, NONE);
        int state = reader == null ? CountersReader.RECORD_UNUSED : CountersReader.RECORD_ALLOCATED;
        for (int id = 0; reader != null && state != CountersReader.RECORD_UNUSED && id <= reader.maxCounterId(); id++) {
            state = reader.getCounterState(id);
            if (state == CountersReader.RECORD_ALLOCATED
                    && reader.getCounterTypeId(id) == CounterDescriptor.NIC_STATE.typeId()) {
                take(reader, id);
            }
        }
    }

    /** The newest of several with the same label; one that says nothing yet is none. */
    private void take(CountersReader reader, int id) {
        long registration = reader.getCounterRegistrationId(id);
        for (int nic = 0; nic < labels.length; nic++) {
            boolean isNewer = counterIds[nic] == NONE || registration - registrations[nic] > 0;
            if (isNewer && reader.getCounterValue(id) != NicState.UNKNOWN.code() && isLabel(reader, id, labels[nic])) {
                counterIds[nic] = id;
                registrations[nic] = registration;
            }
        }
    }

    private static boolean isLabel(CountersReader reader, int id, byte[] label) {
        DirectBuffer records = reader.metaDataBuffer();
        int at = CountersReader.metaDataOffset(id) + CountersReader.LABEL_OFFSET;
        if (records.getInt(at) != label.length) {
            return false;
        }
        for (int i = 0; i < label.length; i++) {
            if (records.getByte(at + Integer.BYTES + i) != label[i]) {
                return false;
            }
        }
        return true;
    }
}

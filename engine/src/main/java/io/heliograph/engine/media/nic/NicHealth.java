// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.media.nic;

import io.aeron.Aeron;
import io.heliograph.engine.base.CounterDescriptor;
import io.heliograph.engine.base.NicDescriptor;
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
 * <p><b>Thread:</b> attached and searched by one owner; read by any thread.
 *
 * <p><b>Allocation:</b> none after construction but when an engine's statement appears or goes.
 */
public final class NicHealth {
    private static final long SEARCH_INTERVAL_NS = 100_000_000L;
    private static final CounterDescriptor[] COUNTERS = {
        NicDescriptor.NIC_STATE,
        NicDescriptor.NIC_GOOD_UNTIL,
        NicDescriptor.NIC_CAUSE,
        NicDescriptor.NIC_SENT,
        NicDescriptor.NIC_JOINS,
        NicDescriptor.NIC_GONE
    };
    private static final int STATE = 0;
    private static final int GOOD_UNTIL = 1;
    private static final int CAUSE = 2;
    private static final int SENT = 3;
    private static final int JOINS = 4;
    private static final int GONE = 5;

    private final byte[][][] labels;
    private final Found search;
    private volatile Found found;
    private @Nullable CountersReader counters;
    private long searchAtNs;

    /**
     * Of NICs that nobody has stated anything about so far.
     *
     * @param host that the program runs on, by its name in the topology.
     * @param nics their names there; asked for by their place in this list.
     */
    public NicHealth(String host, List<String> nics) {
        labels = new byte[COUNTERS.length][][];
        for (int kind = 0; kind < COUNTERS.length; kind++) {
            CounterDescriptor counter = COUNTERS[kind];
            labels[kind] = nics.stream()
                    .map(nic -> counter.labelOfNic(host, nic).getBytes(StandardCharsets.US_ASCII))
                    .toArray(byte[][]::new);
        }
        search = new Found(null, nics.size());
        found = search.copy();
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

    /**
     * Until when a NIC that is down is known to have carried everything.
     *
     * @param nic its place in the list.
     * @return ns of the host's monotonic clock; {@link Long#MAX_VALUE} when nobody states it.
     */
    public long goodUntilNs(int nic) {
        Found now = found;
        return now.has(GOOD_UNTIL, nic) ? now.value(GOOD_UNTIL, nic) : Long.MAX_VALUE;
    }

    /**
     * How often lines on a NIC had to be joined, since the engine was started: more than before means now.
     *
     * @param nic its place in the list.
     * @return 1 and up; 0 when nobody states it.
     */
    public long joins(int nic) {
        Found now = found;
        return now.has(JOINS, nic) ? now.value(JOINS, nic) : 0;
    }

    /**
     * Whether a NIC is away, by the kernel's word: not there, without its address, set down, or without a carrier.
     *
     * @param nic its place in the list.
     * @return true only when the engine says so.
     */
    public boolean isGone(int nic) {
        Found now = found;
        long cause = now.has(CAUSE, nic) ? now.value(CAUSE, nic) : NicFault.NONE.code();
        return !isUp(nic) && cause >= NicFault.ADDRESS.code() && cause <= NicFault.CARRIER.code();
    }

    /**
     * Whether a NIC was away by the kernel's word, is so no longer, and is only held down in case that it goes again.
     *
     * @param nic its place in the list.
     * @return true only when the engine says so.
     */
    public boolean isMended(int nic) {
        Found now = found;
        return isGone(nic) && now.has(GONE, nic) && now.value(GONE, nic) == 0;
    }

    /**
     * What a NIC has sent in the last second.
     *
     * @param nic its place in the list.
     * @return bytes per second; -1 when nobody states it.
     */
    public long sentPerSecond(int nic) {
        Found now = found;
        return now.has(SENT, nic) ? now.value(SENT, nic) : -1;
    }

    private long code(int nic) {
        Found now = found;
        return now.has(STATE, nic) ? now.value(STATE, nic) : NicState.UNKNOWN.code();
    }

    private void search() {
        CountersReader reader = counters;
        search.clear(reader);
        int state = reader == null ? CountersReader.RECORD_UNUSED : CountersReader.RECORD_ALLOCATED;
        for (int id = 0; reader != null && state != CountersReader.RECORD_UNUSED && id <= reader.maxCounterId(); id++) {
            state = reader.getCounterState(id);
            for (int kind = 0; state == CountersReader.RECORD_ALLOCATED && kind < COUNTERS.length; kind++) {
                if (reader.getCounterTypeId(id) == COUNTERS[kind].typeId()) {
                    take(reader, kind, id);
                }
            }
        }
        if (!search.isSame(found)) {
            found = search.copy();
        }
    }

    /** The newest of several with the same label; one that says nothing yet is none. */
    private void take(CountersReader reader, int kind, int id) {
        for (int nic = 0; nic < labels[kind].length; nic++) {
            // Only the first two never state a 0.
            boolean isStated = kind > GOOD_UNTIL || reader.getCounterValue(id) != NicState.UNKNOWN.code();
            if (isStated
                    && search.isNewer(kind, nic, reader.getCounterRegistrationId(id))
                    && isLabel(reader, id, labels[kind][nic])) {
                search.put(kind, nic, id, reader.getCounterRegistrationId(id));
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

    /** Which counters state what; published whole, and not changed any more then. */
    @SuppressWarnings("ReferenceEquality") // Another driver's counters are another object.
    private static final class Found {
        private static final int NONE = -1;

        private final int[][] ids;
        private final long[][] registrations;
        private @Nullable CountersReader reader;

        Found(@Nullable CountersReader reader, int nics) {
            this.ids = new int[COUNTERS.length][nics];
            this.registrations = new long[COUNTERS.length][nics];
            clear(reader);
        }

        void clear(@Nullable CountersReader now) {
            reader = now;
            for (int[] kind : ids) {
                Arrays.fill(kind, NONE);
            }
        }

        boolean isNewer(int kind, int nic, long registration) {
            return ids[kind][nic] == NONE || registration - registrations[kind][nic] > 0;
        }

        void put(int kind, int nic, int id, long registration) {
            ids[kind][nic] = id;
            registrations[kind][nic] = registration;
        }

        /** A counter that was given back may be somebody else's by now. */
        boolean has(int kind, int nic) {
            CountersReader from = reader;
            int id = ids[kind][nic];
            return from != null
                    && id != NONE
                    && from.getCounterState(id) == CountersReader.RECORD_ALLOCATED
                    && from.getCounterRegistrationId(id) == registrations[kind][nic];
        }

        /** Acquire: pairs with the monitor's release. */
        long value(int kind, int nic) {
            CountersReader from = reader;
            return from == null ? NicState.UNKNOWN.code() : from.getCounterValue(ids[kind][nic]);
        }

        boolean isSame(Found other) {
            return reader == other.reader
                    && Arrays.deepEquals(ids, other.ids)
                    && Arrays.deepEquals(registrations, other.registrations);
        }

        Found copy() {
            Found copy = new Found(reader, ids[0].length);
            for (int kind = 0; kind < ids.length; kind++) {
                System.arraycopy(ids[kind], 0, copy.ids[kind], 0, ids[kind].length);
                System.arraycopy(registrations[kind], 0, copy.registrations[kind], 0, registrations[kind].length);
            }
            return copy;
        }
    }
}

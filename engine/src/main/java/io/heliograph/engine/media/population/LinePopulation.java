// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.media.population;

import io.heliograph.engine.base.LineKey;
import io.heliograph.engine.base.NicDescriptor;
import java.util.Arrays;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.status.CountersReader;
import org.jspecify.annotations.Nullable;

/**
 * How many subscribers each line has, as the engine of the host states it, for programs of the host: a look at memory, no call.
 * Where no engine runs, or the program has a driver of its own, nobody states it.
 *
 * <p>An engine that is killed leaves its last statement standing until the driver ends its client, about 10 s; a new engine's
 * statement is preferred from its first.
 *
 * <p><b>Thread:</b> attached and searched by one owner; read by any thread.
 *
 * <p><b>Allocation:</b> none after construction but when an engine's statement appears or goes.
 */
public final class LinePopulation {
    private final LineSlots slots;
    private final int host;
    private final Found next;
    private @Nullable CountersReader counters;
    private volatile Found found;

    /**
     * Of lines that nobody has stated anything about so far.
     *
     * @param slots of the lines that are counted.
     * @param host by {@link LineKey#host(String, String)}.
     */
    public LinePopulation(LineSlots slots, int host) {
        this.slots = slots;
        this.host = host;
        this.next = new Found(slots.count());
        this.found = next.copy();
    }

    /**
     * Reads the counters of a driver from now on.
     *
     * @param reader of the host's driver; null while there is none.
     */
    public void attach(@Nullable CountersReader reader) {
        counters = reader;
        search();
    }

    /** Looks for what an engine that came or went states: to be called some times a second. */
    public void search() {
        CountersReader reader = counters;
        if (slots.count() == 0) {
            return;
        }
        next.clear(reader);
        if (reader != null) {
            search(reader);
        }
        if (!next.isSame(found)) {
            found = next.copy();
        }
    }

    /**
     * The slot of a line.
     *
     * @param stream id of its stream.
     * @param line 0 for A.
     * @return for {@link #subscribers}; -1 for a line that is not counted.
     */
    public int slot(int stream, int line) {
        return slots.slot(stream, line);
    }

    /**
     * The subscribers of a line.
     *
     * @param slot of it.
     * @return 0 and up; -1 when nobody states it.
     */
    public long subscribers(int slot) {
        return slot < 0 ? -1 : found.value(slot);
    }

    private void search(CountersReader reader) {
        DirectBuffer records = reader.metaDataBuffer();
        int type = NicDescriptor.LINE_SUBSCRIBERS.typeId();
        for (int id = 0; id <= reader.maxCounterId(); id++) {
            int state = reader.getCounterState(id);
            if (state == CountersReader.RECORD_UNUSED) {
                return;
            }
            int key = CountersReader.metaDataOffset(id) + CountersReader.KEY_OFFSET;
            if (state == CountersReader.RECORD_ALLOCATED
                    && reader.getCounterTypeId(id) == type
                    && LineKey.host(records, key) == host) {
                int slot = slots.slot(LineKey.stream(records, key), LineKey.line(records, key));
                if (slot >= 0) {
                    next.put(slot, id, reader.getCounterRegistrationId(id));
                }
            }
        }
    }

    /** Which counters state what; published whole, and not changed any more then. */
    @SuppressWarnings("ReferenceEquality") // Another driver's counters are another object.
    private static final class Found {
        private static final int NONE = -1;

        private final int[] ids;
        private final long[] registrations;
        private @Nullable CountersReader reader;

        Found(int count) {
            this.ids = new int[count];
            this.registrations = new long[count];
            clear(null);
        }

        void clear(@Nullable CountersReader now) {
            reader = now;
            Arrays.fill(ids, NONE);
            Arrays.fill(registrations, 0);
        }

        Found copy() {
            Found copy = new Found(ids.length);
            copy.reader = reader;
            System.arraycopy(ids, 0, copy.ids, 0, ids.length);
            System.arraycopy(registrations, 0, copy.registrations, 0, ids.length);
            return copy;
        }

        /** The newest of several. */
        void put(int slot, int id, long registration) {
            if (ids[slot] == NONE || registration - registrations[slot] > 0) {
                ids[slot] = id;
                registrations[slot] = registration;
            }
        }

        /** Acquire: pairs with the engine's release. A counter that was given back may be somebody else's by now. */
        long value(int slot) {
            CountersReader from = reader;
            int id = ids[slot];
            boolean isThere = from != null
                    && id != NONE
                    && from.getCounterState(id) == CountersReader.RECORD_ALLOCATED
                    && from.getCounterRegistrationId(id) == registrations[slot];
            return from == null || !isThere ? NONE : from.getCounterValue(id);
        }

        boolean isSame(Found other) {
            return reader == other.reader
                    && Arrays.equals(ids, other.ids)
                    && Arrays.equals(registrations, other.registrations);
        }
    }
}

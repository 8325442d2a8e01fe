// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.media.nic;

import io.aeron.Aeron;
import io.aeron.Counter;
import io.aeron.exceptions.AeronException;
import io.heliograph.engine.base.CounterDescriptor;
import java.util.Arrays;
import org.agrona.ErrorHandler;
import org.jspecify.annotations.Nullable;

/**
 * What is stated of one NIC in the driver's counters, by the catalogue; asked for without waiting, and anew from each driver.
 *
 * <p><b>Thread:</b> one owner: the monitor's; read by anybody, in any process.
 *
 * <p><b>Allocation:</b> none but when counters are asked for.
 */
@SuppressWarnings("ReferenceEquality") // Another client is another object.
final class NicCounters {
    private static final CounterDescriptor[] COUNTERS = {
        CounterDescriptor.NIC_STATE,
        CounterDescriptor.NIC_CAUSE,
        CounterDescriptor.NIC_DOWNS,
        CounterDescriptor.NIC_SUSPICIONS,
        CounterDescriptor.NIC_PEERS,
        CounterDescriptor.NIC_PEERS_CUT,
        CounterDescriptor.NIC_PROBES_REFUSED,
        CounterDescriptor.NIC_GOOD_UNTIL,
        CounterDescriptor.NIC_JOINS,
        CounterDescriptor.NIC_SENT
    };

    private final String[] labels;
    private final ErrorHandler errorHandler;
    private final @Nullable Counter[] counters = new Counter[COUNTERS.length];
    private final long[] pending = new long[COUNTERS.length];
    private @Nullable Aeron client;

    NicCounters(String host, String nic, ErrorHandler errorHandler) {
        this.labels = Arrays.stream(COUNTERS)
                .map(counter -> counter.labelOfNic(host, nic))
                .toArray(String[]::new);
        this.errorHandler = errorHandler;
    }

    /** Asks the driver that lives now, if it is another than before; takes what it has given meanwhile. */
    void take(@Nullable Aeron now) {
        if (now != client) {
            client = now;
            Arrays.fill(counters, null);
            Arrays.fill(pending, Aeron.NULL_VALUE);
            for (int i = 0; now != null && i < COUNTERS.length; i++) {
                request(now, i);
            }
        }
        for (int i = 0; now != null && i < COUNTERS.length; i++) {
            if (pending[i] != Aeron.NULL_VALUE) {
                complete(now, i);
            }
        }
    }

    void set(NicWatch watch, int peers, int peersCut, long probesRefused, long goodUntilNs, long sentPerSecond) {
        set(9, sentPerSecond);
        set(8, watch.joins());
        set(7, goodUntilNs);
        set(6, probesRefused);
        set(5, peersCut);
        set(4, peers);
        set(3, watch.suspicions());
        set(2, watch.downs());
        set(1, watch.cause().code());
        set(0, watch.state().code());
    }

    /** Release: pairs with the acquire of {@link NicHealth}. */
    private void set(int index, long value) {
        Counter counter = counters[index];
        if (counter != null && !counter.isClosed()) {
            counter.setRelease(value);
        }
    }

    private void request(Aeron now, int index) {
        try {
            pending[index] = now.asyncAddCounter(COUNTERS[index].typeId(), labels[index]);
        } catch (AeronException refused) {
            errorHandler.onError(refused);
        }
    }

    private void complete(Aeron now, int index) {
        try {
            Counter given = now.getCounter(pending[index]);
            if (given != null) {
                counters[index] = given;
                pending[index] = Aeron.NULL_VALUE;
            }
        } catch (AeronException refused) {
            pending[index] = Aeron.NULL_VALUE;
            errorHandler.onError(refused);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.media.nic;

import io.aeron.Aeron;
import io.heliograph.engine.base.CounterDescriptor;
import io.heliograph.engine.base.NicDescriptor;
import io.heliograph.engine.media.StatedCounters;
import io.heliograph.engine.media.StatedCounters.Stated;
import java.util.List;
import org.agrona.ErrorHandler;
import org.jspecify.annotations.Nullable;

/**
 * What is stated of one NIC in the driver's counters, by the catalogue.
 *
 * <p><b>Thread:</b> one owner: the monitor's; read by anybody, in any process.
 *
 * <p><b>Allocation:</b> none but when counters are asked for.
 */
final class NicCounters {
    private static final List<CounterDescriptor> COUNTERS = List.of(
            NicDescriptor.NIC_STATE,
            NicDescriptor.NIC_CAUSE,
            NicDescriptor.NIC_DOWNS,
            NicDescriptor.NIC_SUSPICIONS,
            NicDescriptor.NIC_PEERS,
            NicDescriptor.NIC_PEERS_CUT,
            NicDescriptor.NIC_PROBES_REFUSED,
            NicDescriptor.NIC_GOOD_UNTIL,
            NicDescriptor.NIC_JOINS,
            NicDescriptor.NIC_SENT,
            NicDescriptor.NIC_GONE);

    private final StatedCounters counters;

    NicCounters(String host, String nic, ErrorHandler errorHandler) {
        this.counters = new StatedCounters(
                COUNTERS.stream()
                        .map(counter -> new Stated(counter.typeId(), counter.labelOfNic(host, nic), null))
                        .toList(),
                errorHandler);
    }

    /** Asks the driver that lives now, if it is another than before; takes what it has given meanwhile. */
    void take(@Nullable Aeron now) {
        counters.take(now);
    }

    /** The state last: who sees it sees the rest. */
    void set(NicWatch watch, int peers, int peersCut, long probesRefused, long goodUntilNs, long sentPerSecond) {
        counters.set(10, watch.isGone() ? 1 : 0);
        counters.set(9, sentPerSecond);
        counters.set(8, watch.joins());
        counters.set(7, goodUntilNs);
        counters.set(6, probesRefused);
        counters.set(5, peersCut);
        counters.set(4, peers);
        counters.set(3, watch.suspicions());
        counters.set(2, watch.downs());
        counters.set(1, watch.cause().code());
        counters.set(0, watch.state().code());
    }
}

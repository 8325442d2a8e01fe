// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine;

import static io.heliograph.engine.base.LinkDescriptor.REPLAY_FETCHES;
import static io.heliograph.engine.base.LinkDescriptor.REPLAY_LINE_PACKETS;
import static io.heliograph.engine.base.LinkDescriptor.REPLAY_OCTETS;
import static io.heliograph.engine.base.LinkDescriptor.REPLAY_REFUSED;
import static io.heliograph.engine.base.LinkDescriptor.REPLAY_REQUESTS;
import static io.heliograph.engine.base.LinkDescriptor.REPLAY_WAITS;

import io.aeron.Aeron;
import io.heliograph.engine.base.CounterDescriptor;
import io.heliograph.engine.media.StatedCounters;
import io.heliograph.engine.media.StatedCounters.Stated;
import io.heliograph.engine.recovery.ReplayPeer;
import io.heliograph.engine.recovery.ReplayServerFigures;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.agrona.ErrorHandler;
import org.jspecify.annotations.Nullable;

/**
 * States in the driver's counters what a host was asked for and answered from its journals.
 *
 * <p><b>Thread:</b> one owner.
 */
final class ReplayStatement {
    private static final List<String> REASONS = List.of(
            "malformed", "not allowed", "no journal", "in the future", "too many connections", "kept no longer");

    private final List<Stated> wanted = new ArrayList<>();
    private final List<LongSupplier> values = new ArrayList<>();
    private final StatedCounters counters;

    ReplayStatement(String host, ReplayServerFigures figures, LongSupplier fetches, ErrorHandler errors) {
        add(REPLAY_REQUESTS, host, "", figures::requests);
        for (int i = 0; i < ReplayPeer.REASONS; i++) {
            int reason = i;
            add(REPLAY_REFUSED, host, ", " + REASONS.get(i), () -> figures.refused(reason));
        }
        add(REPLAY_WAITS, host, "", figures::waits);
        add(REPLAY_OCTETS, host, "", figures::octets);
        add(REPLAY_LINE_PACKETS, host, "", figures::linePackets);
        add(REPLAY_FETCHES, host, "", fetches);
        this.counters = new StatedCounters(wanted, errors);
    }

    /** States them to the driver that lives now. */
    void state(@Nullable Aeron client) {
        counters.take(client);
        for (int i = 0; i < values.size(); i++) {
            counters.set(i, values.get(i).getAsLong());
        }
    }

    private void add(CounterDescriptor descriptor, String host, String more, LongSupplier value) {
        wanted.add(new Stated(descriptor.typeId(), descriptor.labelOfHost(host) + more, null));
        values.add(value);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine;

import static io.heliograph.engine.base.BridgeDescriptor.BRIDGED_DUPLICATES;
import static io.heliograph.engine.base.BridgeDescriptor.BRIDGED_EPOCH;
import static io.heliograph.engine.base.BridgeDescriptor.BRIDGED_GAPS;
import static io.heliograph.engine.base.BridgeDescriptor.BRIDGED_LOST;
import static io.heliograph.engine.base.BridgeDescriptor.BRIDGED_MESSAGES;
import static io.heliograph.engine.base.BridgeDescriptor.BRIDGED_NEXT;
import static io.heliograph.engine.base.BridgeDescriptor.BRIDGED_PATHS;
import static io.heliograph.engine.base.BridgeDescriptor.BRIDGED_REFUSED;
import static io.heliograph.engine.base.BridgeDescriptor.BRIDGED_SEAL_MISMATCHES;
import static io.heliograph.engine.base.BridgeDescriptor.EGRESS_COMPRESSED;
import static io.heliograph.engine.base.BridgeDescriptor.EGRESS_OCTETS;
import static io.heliograph.engine.base.BridgeDescriptor.EGRESS_PACKETS;
import static io.heliograph.engine.base.BridgeDescriptor.EGRESS_PLAIN_OCTETS;
import static io.heliograph.engine.base.BridgeDescriptor.EGRESS_REFUSED;
import static io.heliograph.engine.base.BridgeDescriptor.PATH_BACKLOG;
import static io.heliograph.engine.base.BridgeDescriptor.PATH_CLOCK_ERROR;
import static io.heliograph.engine.base.BridgeDescriptor.PATH_CLOCK_OFFSET;
import static io.heliograph.engine.base.BridgeDescriptor.PATH_OLDEST;
import static io.heliograph.engine.base.BridgeDescriptor.PATH_ROUND_TRIP;
import static io.heliograph.engine.base.BridgeDescriptor.PATH_SPACE;
import static io.heliograph.engine.base.BridgeDescriptor.PATH_STATE;

import io.aeron.Aeron;
import io.heliograph.engine.base.CounterDescriptor;
import io.heliograph.engine.bridge.EgressFigures;
import io.heliograph.engine.bridge.Ingress;
import io.heliograph.engine.bridge.IngressAgent;
import io.heliograph.engine.bridge.IngressFigures;
import io.heliograph.engine.bridge.PathView;
import io.heliograph.engine.media.StatedCounters;
import io.heliograph.engine.media.StatedCounters.Stated;
import io.heliograph.engine.priority.PeerView;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;
import org.agrona.ErrorHandler;
import org.jspecify.annotations.Nullable;

/**
 * States in the driver's counters what the bridges of a host do: what it sends, its paths, and the streams that come.
 *
 * <p><b>Thread:</b> one owner; what the bridges' threads have counted it reads a moment late.
 */
final class BridgeStatement {
    private final String host;
    private final ErrorHandler errors;
    private final List<Stated> wanted = new ArrayList<>();
    private final List<LongSupplier> values = new ArrayList<>();
    private @Nullable StatedCounters counters;

    /** Nothing to state; all is added before the first is stated. */
    BridgeStatement(String host, ErrorHandler errors) {
        this.host = host;
        this.errors = errors;
    }

    /** What is sent from here. */
    BridgeStatement egress(EgressFigures figures) {
        add(EGRESS_PACKETS, EGRESS_PACKETS.labelOfHost(host), figures::packets);
        add(EGRESS_OCTETS, EGRESS_OCTETS.labelOfHost(host), figures::octets);
        add(EGRESS_PLAIN_OCTETS, EGRESS_PLAIN_OCTETS.labelOfHost(host), figures::plainOctets);
        add(EGRESS_COMPRESSED, EGRESS_COMPRESSED.labelOfHost(host), figures::compressed);
        add(EGRESS_REFUSED, EGRESS_REFUSED.labelOfHost(host), figures::refused);
        return this;
    }

    /** The paths of a bridge that leads here. */
    BridgeStatement paths(String bridge, IngressAgent agent) {
        for (int path = 0; path < agent.card().peers().length; path++) {
            Place place = new Place(bridge, agent, path);
            add(PATH_STATE, place, view -> view.peer().state().code());
            add(PATH_BACKLOG, place, view -> view.peer().backlog());
            add(PATH_SPACE, place, view -> space(view.peer()));
            add(PATH_OLDEST, place, view -> view.peer().oldestNs());
            add(PATH_ROUND_TRIP, place, view -> view.timing().roundTripNs());
            add(PATH_CLOCK_OFFSET, place, view -> view.timing().clockOffsetNs());
            add(PATH_CLOCK_ERROR, place, view -> view.timing().clockErrorNs());
        }
        return this;
    }

    /** A stream that a bridge leads here. */
    BridgeStatement stream(String bridge, String stream, int id, Ingress ingress) {
        IngressFigures figures = ingress.figures(id);
        add(BRIDGED_EPOCH, BRIDGED_EPOCH.labelOfBridged(host, bridge, stream), () -> ingress.epoch(id));
        add(BRIDGED_NEXT, BRIDGED_NEXT.labelOfBridged(host, bridge, stream), () -> ingress.next(id));
        add(BRIDGED_MESSAGES, BRIDGED_MESSAGES.labelOfBridged(host, bridge, stream), figures::messages);
        add(BRIDGED_DUPLICATES, BRIDGED_DUPLICATES.labelOfBridged(host, bridge, stream), figures::duplicates);
        add(BRIDGED_GAPS, BRIDGED_GAPS.labelOfBridged(host, bridge, stream), figures::gaps);
        add(BRIDGED_LOST, BRIDGED_LOST.labelOfBridged(host, bridge, stream), figures::lost);
        add(BRIDGED_REFUSED, BRIDGED_REFUSED.labelOfBridged(host, bridge, stream), figures::refused);
        add(
                BRIDGED_SEAL_MISMATCHES,
                BRIDGED_SEAL_MISMATCHES.labelOfBridged(host, bridge, stream),
                figures::sealMismatches);
        add(BRIDGED_PATHS, BRIDGED_PATHS.labelOfBridged(host, bridge, stream), () -> ingress.pulling(id));
        return this;
    }

    /** States them to the driver that lives now. */
    void state(@Nullable Aeron client) {
        StatedCounters stated = counters;
        if (stated == null) {
            stated = new StatedCounters(wanted, errors);
            counters = stated;
        }
        stated.take(client);
        for (int i = 0; i < values.size(); i++) {
            stated.set(i, values.get(i).getAsLong());
        }
    }

    /** A path of a bridge. */
    private record Place(String bridge, IngressAgent agent, int path) {}

    private void add(CounterDescriptor descriptor, Place place, ToLongFunction<PathView> value) {
        String peer = place.agent.card().peers()[place.path];
        add(
                descriptor,
                descriptor.labelOfPath(host, place.bridge, peer),
                () -> value.applyAsLong(place.agent.paths().get(place.path)));
    }

    private void add(CounterDescriptor descriptor, String label, LongSupplier value) {
        wanted.add(new Stated(descriptor.typeId(), label, null));
        values.add(value);
    }

    private static long space(PeerView peer) {
        return peer.space() == PeerView.UNBOUNDED ? -1 : peer.space();
    }
}

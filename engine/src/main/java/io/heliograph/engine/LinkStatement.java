// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine;

import static io.heliograph.engine.base.LinkDescriptor.LINK_ACCEPTED;
import static io.heliograph.engine.base.LinkDescriptor.LINK_BROKEN;
import static io.heliograph.engine.base.LinkDescriptor.LINK_REJECTS;
import static io.heliograph.engine.base.LinkDescriptor.LINK_REQUESTS;
import static io.heliograph.engine.base.LinkDescriptor.LINK_REQUESTS_REFUSED;
import static io.heliograph.engine.base.LinkDescriptor.LINK_ROUND_TRIP;
import static io.heliograph.engine.base.LinkDescriptor.LINK_SESSIONS;

import io.aeron.Aeron;
import io.heliograph.engine.base.CounterDescriptor;
import io.heliograph.engine.link.session.LinkCounters;
import io.heliograph.engine.link.session.LinkCounters.Count;
import io.heliograph.engine.link.session.RejectCode;
import io.heliograph.engine.link.session.TlsFault;
import io.heliograph.engine.media.StatedCounters;
import io.heliograph.engine.media.StatedCounters.Stated;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.agrona.ErrorHandler;
import org.jspecify.annotations.Nullable;

/**
 * States what a host's links have seen in the driver's counters, rejects by their reason.
 *
 * <p><b>Thread:</b> one owner.
 */
final class LinkStatement {
    private final List<Stated> wanted = new ArrayList<>();
    private final List<LongSupplier> values = new ArrayList<>();
    private final StatedCounters counters;

    LinkStatement(String host, LinkCounters seen, ErrorHandler errors) {
        add(LINK_SESSIONS, LINK_SESSIONS.labelOfHost(host), seen::open);
        add(LINK_ACCEPTED, LINK_ACCEPTED.labelOfHost(host), () -> seen.of(Count.ACCEPTED));
        add(LINK_BROKEN, LINK_BROKEN.labelOfHost(host), () -> seen.of(Count.BROKEN));
        add(LINK_REQUESTS, LINK_REQUESTS.labelOfHost(host), () -> seen.of(Count.REQUESTS));
        add(LINK_REQUESTS_REFUSED, LINK_REQUESTS_REFUSED.labelOfHost(host), () -> seen.of(Count.REFUSED_REQUESTS));
        add(LINK_ROUND_TRIP, LINK_ROUND_TRIP.labelOfHost(host), seen::roundTripNs);
        String rejects = LINK_REJECTS.labelOfHost(host) + ", ";
        for (RejectCode code : RejectCode.values()) {
            add(LINK_REJECTS, rejects + code.words(), () -> seen.rejected(code));
        }
        for (TlsFault fault : TlsFault.values()) {
            add(LINK_REJECTS, rejects + "TLS: " + fault.words(), () -> seen.tlsFaults(fault));
        }
        add(LINK_REJECTS, rejects + "ZMTP greeting", () -> seen.of(Count.ZMTP));
        add(LINK_REJECTS, rejects + "at the door", () -> seen.of(Count.REFUSED));
        this.counters = new StatedCounters(wanted, errors);
    }

    /** States them to the driver that lives now. */
    void state(@Nullable Aeron client) {
        counters.take(client);
        for (int i = 0; i < values.size(); i++) {
            counters.set(i, values.get(i).getAsLong());
        }
    }

    private void add(CounterDescriptor descriptor, String label, LongSupplier value) {
        wanted.add(new Stated(descriptor.typeId(), label, null));
        values.add(value);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.recovery;

import io.heliograph.engine.wire.ReplayRequestFlyweight;

/**
 * A request that is being answered.
 *
 * <p><b>Thread:</b> one owner: the thread that runs the server.
 */
final class ReplayJob {
    final ReplayPeer peer;
    final long request;
    final int stream;
    final long end;
    long epoch;
    long next;
    int octets;
    boolean isBegun;
    /** While the journal has not got there: when it is looked at again, and until when it is waited for. */
    long againNs;

    long patientUntilNs;

    ReplayJob(ReplayPeer peer, long request, ReplayAsk ask, ReplayPlace place, long nowNs, long lagNs) {
        this.peer = peer;
        this.request = request;
        this.stream = ask.stream();
        this.epoch = place.epoch();
        this.next = place.sequence();
        this.end = ask.endFrom(place.sequence());
        this.octets = ask.octets();
        this.againNs = nowNs;
        this.patientUntilNs = ask.count() == ReplayRequestFlyweight.ALL ? nowNs : nowNs + lagNs;
    }
}

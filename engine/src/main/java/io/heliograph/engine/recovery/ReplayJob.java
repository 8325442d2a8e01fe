// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.recovery;

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

    ReplayJob(ReplayPeer peer, long request, ReplayAsk ask, ReplayPlace place) {
        this.peer = peer;
        this.request = request;
        this.stream = ask.stream();
        this.epoch = place.epoch();
        this.next = place.sequence();
        this.end = ask.endFrom(place.sequence());
        this.octets = ask.octets();
    }
}

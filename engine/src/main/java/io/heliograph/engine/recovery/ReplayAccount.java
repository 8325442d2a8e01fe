// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.recovery;

import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;

/**
 * What a peer has asked and has not had yet, and how much more it may ask now.
 *
 * <p><b>Thread:</b> one owner: the thread that runs the server.
 */
final class ReplayAccount {
    private static final long SECOND_NS = TimeUnit.SECONDS.toNanos(1);

    final ReplayPeer peer;
    final ArrayDeque<ReplayJob> jobs = new ArrayDeque<>();
    private final long costNs;
    private final long mostNs;
    /** Time that the peer has not used for requests; each costs some. */
    private long savedNs;

    private long nowNs;

    ReplayAccount(ReplayPeer peer, ReplayServerContext context, long nowNs) {
        this.peer = peer;
        this.costNs = SECOND_NS / context.requestsPerSecond();
        // A tenth of a second's requests may come at once.
        this.mostNs = Math.max(costNs, SECOND_NS / 10);
        this.savedNs = mostNs;
        this.nowNs = nowNs;
    }

    /** Takes a request from what the peer may ask; the ms that it has to wait, or 0. */
    int charge(long now) {
        savedNs = Math.min(mostNs, savedNs + now - nowNs);
        nowNs = now;
        if (savedNs < costNs) {
            return 1 + (int) TimeUnit.NANOSECONDS.toMillis(costNs - savedNs);
        }
        savedNs -= costNs;
        return 0;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.heliograph.subscribers.cli;

import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.NanoClock;

/**
 * Says now and then how far a subscription is behind that catches up: one whose handler is slower than the stream never is live,
 * and loses nothing.
 *
 * <p><b>Thread:</b> the main thread.
 */
final class BehindWatch {
    private static final long INTERVAL_NS = TimeUnit.SECONDS.toNanos(5);

    private final NanoClock clock;
    private long sayAtNs;

    /** @param clock read at each look. */
    BehindWatch(NanoClock clock) {
        this.clock = clock;
        this.sayAtNs = clock.nanoTime() + INTERVAL_NS;
    }

    /** A subscription is so many messages behind; 0 when it does not catch up. */
    void look(long behind, Notices notices) {
        long nowNs = clock.nanoTime();
        if (behind > 0 && nowNs - sayAtNs >= 0) {
            sayAtNs = nowNs + INTERVAL_NS;
            notices.behind(behind);
        }
    }
}

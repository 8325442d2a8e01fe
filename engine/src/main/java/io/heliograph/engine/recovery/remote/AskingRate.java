// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.recovery.remote;

import java.util.concurrent.TimeUnit;

/**
 * How many requests a node has sent in this second, over however many connections.
 *
 * <p><b>Thread:</b> the links'.
 */
final class AskingRate {
    /** Ten times what is served: one who takes being told to wait for an invitation. */
    static final int MOST_A_SECOND = 20_000;

    private static final long SECOND_NS = TimeUnit.SECONDS.toNanos(1);

    private long secondNs;
    private int inSecond;

    AskingRate(long nowNs) {
        this.secondNs = nowNs;
    }

    /** A request has come; false when there are so many that none is meant. */
    boolean isWithin(long nowNs) {
        if (nowNs - secondNs >= SECOND_NS) {
            secondNs = nowNs;
            inSecond = 0;
        }
        inSecond++;
        return inSecond <= MOST_A_SECOND;
    }
}

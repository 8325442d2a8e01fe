// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.bench.link;

import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/** How a transfer reaches its other end. <b>Thread:</b> immutable. */
public enum Way {
    /** Over loopback. */
    NEAR,
    /** Over 80 ms each way, with 0.1 % of the segments lost, and at most 32 MiB on their way. */
    FAR;

    private static final long DELAY_NS = TimeUnit.MILLISECONDS.toNanos(80);
    private static final long SETTLE_NS = TimeUnit.SECONDS.toNanos(3);
    private static final double LOSS = 0.001;
    private static final int WINDOW = 32 << 20;

    /** So long what is on its way grows until it is as much as it will be. */
    long settleNs() {
        return this == NEAR ? 0 : SETTLE_NS;
    }

    /** Octets that a connection has to have on its way for it to be filled; 0: any. */
    int window() {
        return this == NEAR ? 0 : WINDOW;
    }

    /** Begins a way; where it does not lead over a relay there is none to be closed. */
    Course to(InetSocketAddress end) {
        return this == NEAR ? new Course(end, () -> {}) : far(new FarWay(end, DELAY_NS, LOSS, WINDOW));
    }

    private static Course far(FarWay way) {
        return new Course(way.address(), way::close);
    }

    /** Where a way begins. */
    record Course(InetSocketAddress address, Runnable end) implements AutoCloseable {
        @Override
        public void close() {
            end.run();
        }
    }
}

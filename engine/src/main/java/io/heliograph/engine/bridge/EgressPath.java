// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.bridge;

import java.util.concurrent.TimeUnit;

/**
 * A connection that streams are sent over: held to its rate, and how fast it is while it is what limits.
 *
 * <p><b>Thread:</b> one owner, the egress's; {@link #onPushedBack} any.
 */
final class EgressPath {
    /** So long it counts as what limits after it has pushed back. */
    private static final long LIMITING_NS = TimeUnit.SECONDS.toNanos(1);

    private static final long WINDOW_NS = TimeUnit.MILLISECONDS.toNanos(100);

    private final TokenBucket bucket;
    private final double ratedNsPerOctet;
    private volatile boolean isPushedBack;
    private long limitingUntilNs;
    private double nsPerOctet;
    private long windowNs;
    private long windowOctets;
    private boolean isWindowPushedBack;

    EgressPath(long rateBps, long nowNs) {
        this.bucket = new TokenBucket(rateBps, nowNs);
        this.ratedNsPerOctet = rateBps == 0 ? 0 : 8e9 / rateBps;
        this.limitingUntilNs = nowNs;
        this.windowNs = nowNs;
    }

    /** The connection did not take what it was to send. */
    void onPushedBack() {
        isPushedBack = true;
    }

    /** Whether the rate lets something go now. */
    boolean isOpen(long nowNs) {
        return bucket.isOpen(nowNs);
    }

    /** So much goes. */
    void onSent(int octets) {
        bucket.take(octets);
        windowOctets += octets;
    }

    /** How long an octet takes while the connection or the rate is what limits, ns; 0 while neither does, or before it is known. */
    double nsPerOctet(long nowNs) {
        if (isPushedBack) {
            isPushedBack = false;
            isWindowPushedBack = true;
            limitingUntilNs = nowNs + LIMITING_NS;
        }
        if (nowNs - windowNs >= WINDOW_NS) {
            if (isWindowPushedBack && windowOctets > 0) {
                nsPerOctet = (double) (nowNs - windowNs) / windowOctets;
            }
            windowNs = nowNs;
            windowOctets = 0;
            isWindowPushedBack = false;
        }
        double measured = nowNs - limitingUntilNs < 0 ? nsPerOctet : 0;
        return Math.max(ratedNsPerOctet, measured);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.link.netty;

/**
 * How many connections are accepted in a second: a bucket that fills at the rate and holds a second's worth.
 *
 * <p><b>Thread:</b> one owner.
 */
public final class AcceptLimit {
    private static final long SECOND_NS = 1_000_000_000L;

    private final int perSecond;
    private long fullAtNs;

    /**
     * A full bucket.
     *
     * @param perSecond connections, 1 and up.
     * @param nowNs monotonic.
     */
    public AcceptLimit(int perSecond, long nowNs) {
        if (perSecond < 1) {
            throw new IllegalArgumentException("at least one connection a second is accepted, not " + perSecond);
        }
        this.perSecond = perSecond;
        this.fullAtNs = nowNs;
    }

    /**
     * Takes one connection out of the bucket.
     *
     * @param nowNs monotonic.
     * @return 0: accepted; else ns until the next one can be.
     */
    public long take(long nowNs) {
        long costNs = SECOND_NS / perSecond;
        long fromNs = fullAtNs - nowNs < 0 ? nowNs : fullAtNs;
        long waitNs = fromNs + costNs - SECOND_NS - nowNs;
        if (waitNs > 0) {
            return waitNs;
        }
        fullAtNs = fromNs + costNs;
        return 0;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.bridge;

/**
 * Holds octets to a rate: what a path is not to exceed.
 *
 * <p><b>Thread:</b> one owner.
 */
final class TokenBucket {
    /** What may go at once after a pause: what the rate gives in so long, or a batch. */
    private static final double BURST_SECONDS = 0.01;

    private final double octetsPerNs;
    private final double most;
    private double tokens;
    private long filledNs;

    /**
     * @param rateBps bits per second; 0: no limit.
     * @param nowNs monotonic.
     */
    TokenBucket(long rateBps, long nowNs) {
        this.octetsPerNs = rateBps / 8e9;
        this.most = Math.max(Batch.FULL, rateBps / 8.0 * BURST_SECONDS);
        this.tokens = most;
        this.filledNs = nowNs;
    }

    /** Whether something may go now, however long: it is paid for afterwards. */
    boolean isOpen(long nowNs) {
        if (octetsPerNs == 0) {
            return true;
        }
        tokens = Math.min(most, tokens + (nowNs - filledNs) * octetsPerNs);
        filledNs = nowNs;
        return tokens > 0;
    }

    /** So much has gone. */
    void take(int octets) {
        tokens -= octets;
    }
}

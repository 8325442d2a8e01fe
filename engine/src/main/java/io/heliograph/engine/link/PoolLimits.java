// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.link;

/**
 * How many connections a pool keeps, and how long.
 *
 * <p><b>Thread:</b> immutable.
 *
 * @param connections at the same time, those that are being opened among them: the bound on file descriptors.
 * @param idleNs after which a connection that nobody uses is closed.
 * @param hotPerSecond requests a second from which on a peer is hot: its connection is kept when others have to go.
 * @param coolPerSecond requests a second below which it is hot no longer; lower, so that it does not go to and fro.
 */
public record PoolLimits(int connections, long idleNs, double hotPerSecond, double coolPerSecond) {
    /** 64 connections, a minute, hot from 10 a second, cool below 2. */
    public static final PoolLimits DEFAULT = new PoolLimits(64, 60_000_000_000L, 10, 2);

    /** Checks that there can be a connection, and that cool is below hot. */
    public PoolLimits {
        if (connections < 1 || idleNs < 1 || coolPerSecond <= 0 || hotPerSecond <= coolPerSecond) {
            throw new IllegalArgumentException("limits of a pool: " + connections + " connections, idle " + idleNs
                    + " ns, hot from " + hotPerSecond + "/s, cool below " + coolPerSecond + "/s");
        }
    }
}

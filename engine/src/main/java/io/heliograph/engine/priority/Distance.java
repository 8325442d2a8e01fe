// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.priority;

/**
 * The level of a peer for which the topology states none: what is near is used before what is far.
 *
 * <p><b>Thread:</b> stateless.
 */
public final class Distance {
    /** Of a peer on the same host. */
    public static final int SAME_HOST = 1;

    /** Of a peer in the same site. */
    public static final int SAME_SITE = 2;

    /** Of every other peer. */
    public static final int REMOTE = 3;

    private Distance() {}

    /**
     * The level that a distance gives.
     *
     * @param host this one's name.
     * @param site where it is.
     * @param peerHost the peer's.
     * @param peerSite where that is.
     * @return 1 to 3.
     */
    public static int level(String host, String site, String peerHost, String peerSite) {
        if (host.equals(peerHost)) {
            return SAME_HOST;
        }
        return site.equals(peerSite) ? SAME_SITE : REMOTE;
    }
}

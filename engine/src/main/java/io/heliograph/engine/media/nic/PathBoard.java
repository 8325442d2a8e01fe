// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.media.nic;

import java.util.Arrays;

/**
 * What probes say of the paths between this host and its peers: on which NICs each is heard, and on which it hears this
 * host. A NIC fails when some peer is connected elsewhere and not here, and no peer is connected here.
 *
 * <p>Nothing is judged by silence alone, only by silence here while the same peer is heard elsewhere: a peer that stops, a
 * host that stops, or this thread standing still for seconds says nothing about a NIC.
 *
 * <p><b>Thread:</b> one owner.
 *
 * <p><b>Allocation:</b> none after construction.
 */
final class PathBoard {
    /** How often probes are sent. */
    static final long INTERVAL_NS = 100_000_000L;

    /** Lately: three probes. Who was not heard for so long, while heard elsewhere, is silent; nobody names it any more. */
    static final long LATELY_NS = 3 * INTERVAL_NS;

    /** Who was not heard anywhere for so long is away, and begins anew when it returns. */
    static final long AWAY_NS = 1_000_000_000L;

    /** So many probes one after another that do not name this host: one may have crossed with ours. */
    private static final int UNNAMED_LIMIT = 2;

    private static final long LONG_AGO_NS = 1L << 60;

    private final boolean[][] isThere;
    private final long[][] heardNs;
    private final long[][] judgedNs;
    private final int[][] unnamed;
    private final long[] anyHeardNs;
    private final long[] namedNs;

    /**
     * @param isThere by NIC and peer: whether the topology gives the peer an address on that NIC.
     * @param nowNs the time.
     */
    PathBoard(boolean[][] isThere, long nowNs) {
        int nics = isThere.length;
        int peers = nics == 0 ? 0 : isThere[0].length;
        this.isThere = isThere;
        this.heardNs = new long[nics][peers];
        this.judgedNs = new long[nics][peers];
        this.unnamed = new int[nics][peers];
        this.anyHeardNs = new long[peers];
        this.namedNs = new long[nics];
        Arrays.fill(anyHeardNs, nowNs - LONG_AGO_NS);
        Arrays.fill(namedNs, nowNs - LONG_AGO_NS);
        for (int nic = 0; nic < nics; nic++) {
            Arrays.fill(heardNs[nic], nowNs - LONG_AGO_NS);
            Arrays.fill(judgedNs[nic], nowNs - LONG_AGO_NS);
            Arrays.fill(unnamed[nic], UNNAMED_LIMIT);
        }
    }

    /** A probe came that does not speak of this host's address: a part of a large site's. */
    void onProbe(int nic, int peer, long nowNs) {
        boolean isBack = nowNs - anyHeardNs[peer] > AWAY_NS;
        for (int other = 0; isBack && other < heardNs.length; other++) {
            judgedNs[other][peer] = nowNs;
            unnamed[other][peer] = UNNAMED_LIMIT;
        }
        heardNs[nic][peer] = nowNs;
        judgedNs[nic][peer] = nowNs;
        anyHeardNs[peer] = nowNs;
    }

    /** A probe came that speaks of this host's address, and names it or not. */
    void onProbe(int nic, int peer, boolean isNamed, long nowNs) {
        onProbe(nic, peer, nowNs);
        if (!isNamed) {
            unnamed[nic][peer] = Math.min(unnamed[nic][peer] + 1, UNNAMED_LIMIT);
            return;
        }
        namedNs[nic] = nowNs;
        boolean isFirst = !hears(peer);
        for (int other = 0; isFirst && other < unnamed.length; other++) {
            unnamed[other][peer] = 0;
        }
        unnamed[nic][peer] = 0;
    }

    /** Whether a peer is to be named in the probes that leave by a NIC. */
    boolean isHeard(int nic, int peer, long nowNs) {
        return nowNs - heardNs[nic][peer] <= LATELY_NS;
    }

    /** Whether the peer and this host hear each other on a NIC. */
    boolean isConnected(int nic, int peer, long nowNs) {
        return isThere[nic][peer] && !isAway(peer, nowNs) && !isMute(nic, peer) && !isDeaf(nic, peer);
    }

    /** Whether the peer and this host do not hear each other on a NIC, though on another. */
    boolean isCut(int nic, int peer, long nowNs) {
        return isThere[nic][peer] && !isAway(peer, nowNs) && (isMute(nic, peer) || isDeaf(nic, peer));
    }

    /** When a peer last said that it hears this host on a NIC. */
    long namedNs(int nic) {
        return namedNs[nic];
    }

    /** Whether there is a peer that should say so. */
    boolean hasPeers(int nic, long nowNs) {
        return connected(nic, nowNs) + cut(nic, nowNs) > 0;
    }

    int connected(int nic, long nowNs) {
        int count = 0;
        for (int peer = 0; peer < anyHeardNs.length; peer++) {
            count += isConnected(nic, peer, nowNs) ? 1 : 0;
        }
        return count;
    }

    int cut(int nic, long nowNs) {
        int count = 0;
        for (int peer = 0; peer < anyHeardNs.length; peer++) {
            count += isCut(nic, peer, nowNs) ? 1 : 0;
        }
        return count;
    }

    boolean isFailing(int nic, long nowNs) {
        return cut(nic, nowNs) > 0 && connected(nic, nowNs) == 0;
    }

    private boolean isAway(int peer, long nowNs) {
        return nowNs - anyHeardNs[peer] > AWAY_NS;
    }

    private boolean isMute(int nic, int peer) {
        return anyHeardNs[peer] - judgedNs[nic][peer] > LATELY_NS;
    }

    /** It hears this host on a NIC that it is heard on, and not here. */
    private boolean isDeaf(int nic, int peer) {
        return unnamed[nic][peer] >= UNNAMED_LIMIT && hears(peer);
    }

    private boolean hears(int peer) {
        for (int nic = 0; nic < unnamed.length; nic++) {
            if (isThere[nic][peer] && unnamed[nic][peer] < UNNAMED_LIMIT && !isMute(nic, peer)) {
                return true;
            }
        }
        return false;
    }
}

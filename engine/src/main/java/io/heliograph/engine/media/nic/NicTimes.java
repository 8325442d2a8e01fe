// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.media.nic;

/**
 * How long things have to stand before a NIC's state follows them.
 *
 * <p><b>Thread:</b> immutable.
 *
 * @param suspectNs for how long a fault that is no proof makes a NIC suspect before it is down, and for how long a suspect
 *     one has to be without fault before it is up again.
 * @param holdNs for how long a NIC that is down has to be without fault before it is up again: longer than the period of
 *     what flaps.
 * @param steadyNs a NIC that goes down again within this time of having come back is held twice as long as before.
 * @param maxHoldNs the longest hold.
 */
public record NicTimes(long suspectNs, long holdNs, long steadyNs, long maxHoldNs) {
    /** 200 ms: two probes; 2 s, which a link that flaps once a second does not reach; 30 s; 60 s. */
    public static final NicTimes DEFAULT = new NicTimes(200_000_000L, 2_000_000_000L, 30_000_000_000L, 60_000_000_000L);

    /** Checks that the times make sense together. */
    public NicTimes {
        if (suspectNs < 0 || holdNs < 0 || steadyNs < 0 || maxHoldNs < holdNs) {
            throw new IllegalArgumentException(
                    "suspect " + suspectNs + " ns, hold " + holdNs + " ns, steady " + steadyNs + " ns, longest hold "
                            + maxHoldNs + " ns: none below 0, the longest not below the hold");
        }
    }

    /**
     * The same with another hold.
     *
     * @param ns 0 and up; the longest hold grows with it where it has to.
     * @return the times.
     */
    public NicTimes withHold(long ns) {
        return new NicTimes(suspectNs, ns, steadyNs, Math.max(maxHoldNs, ns));
    }
}

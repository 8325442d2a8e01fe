// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.media.nic;

/**
 * Until when a NIC is known to have carried everything: what a publisher that leaves it has to send again begins there.
 *
 * <p>The kernel's word is as old as the look before: what it says of an address is up to a tenth of a second older. A peer
 * that names this host has heard it at some time in the span that it calls lately; so without the kernel's proof, the path
 * is only known to have been good that span before it was named last.
 *
 * <p><b>Thread:</b> one owner.
 *
 * <p><b>Allocation:</b> none after construction.
 */
final class GoodUntil {
    /** A probe counts from when it is seen: at both ends its thread looks a little later than it came, or is not run for a while. */
    private static final long SEEN_NS = PathBoard.INTERVAL_NS;

    /** A probe that names this host is late. */
    private static final long LATE_NS = 2 * PathBoard.INTERVAL_NS;

    private long untilNs;

    GoodUntil(long nowNs) {
        this.untilNs = nowNs;
    }

    /** ns of the clock that gave the looks their time; of a NIC with a fault what it was when the fault came. */
    long ns() {
        return untilNs;
    }

    /**
     * Takes what a look saw.
     *
     * @param nowNs time of the look.
     * @param fault that speaks against the NIC.
     * @param namedNs when a peer last said that it hears this host on the NIC.
     * @param hasPeers whether there is a peer that should say so.
     */
    void onLook(long nowNs, NicFault fault, long namedNs, boolean hasPeers) {
        if (fault == NicFault.NONE) {
            boolean isLate = hasPeers && nowNs - namedNs > LATE_NS;
            untilNs = isLate ? goodBefore(namedNs) : nowNs - KernelNic.SEARCH_INTERVAL_NS;
        } else if (!fault.isCertain()) {
            untilNs = Math.min(untilNs, goodBefore(namedNs));
        }
    }

    private static long goodBefore(long namedNs) {
        return namedNs - PathBoard.LATELY_NS - SEEN_NS;
    }
}

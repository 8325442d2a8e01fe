// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

import java.util.concurrent.TimeUnit;

/**
 * Decides whether a subscription on its publisher's own host needs the network beside the spies on the driver's publications.
 *
 * <pre>
 *              no publication here
 *    ASKING  ---------------------------------------->  NETWORK
 *       |  a publication here                            |    ^
 *       v                 spies heard for overlapNs      v    |
 *     SPIES  &lt;------------------------------------------+    |
 *       +-----------------------------------------------------+
 *           no publication here, or nothing heard for QUIET_NS
 * </pre>
 *
 * <p>The network is left only after both were heard for as long as a packet may be waited for, and joined as soon as the spies
 * have nothing: so nothing falls between. What both bring, arbitration delivers once. A reader that stood still has heard nothing
 * because it did not listen: then its silence counts only when it goes on.
 *
 * <p><b>Thread:</b> one owner: the thread that polls.
 *
 * <p><b>Allocation:</b> none.
 */
final class SpyWatch {
    /** Three heartbeats: a publisher that lives is heard more often. */
    static final long QUIET_NS = TimeUnit.MILLISECONDS.toNanos(300);

    /** The driver tells of a publication right behind its answer; the client's conductor may look for it a while later. */
    static final long GRACE_NS = TimeUnit.MILLISECONDS.toNanos(50);

    /** A tick comes every few milliseconds: in a longer pause nobody listened. */
    static final long PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(50);

    /** Two heartbeats, and what it takes to be given back the publications: so long silence goes on behind a pause. */
    static final long BEHIND_PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(200);

    private final long overlapNs;
    private boolean isAsking = true;
    private boolean isAnswered;
    private boolean isNetwork;
    private long answeredNs;
    private long heardNs;
    private long heardSinceNs;
    private long tickedNs;
    private boolean isTicked;
    private boolean isPardoned;

    /**
     * @param overlapNs for how long spies and network are both heard before the network is left, ns.
     */
    SpyWatch(long overlapNs) {
        this.overlapNs = overlapNs;
    }

    /**
     * Time has passed.
     *
     * @param nowNs the time.
     * @param isOpen whether the driver has answered for the spies.
     * @param isConnected whether a spy has a publication.
     * @param isHeard whether a spy has brought anything since the last tick.
     * @return whether the network is needed.
     */
    boolean onTick(long nowNs, boolean isOpen, boolean isConnected, boolean isHeard) {
        pardon(nowNs);
        if (isHeard) {
            heardSinceNs = isQuiet(nowNs) ? nowNs : heardSinceNs;
            heardNs = nowNs;
            isPardoned = false;
        }
        if (isAsking) {
            ask(nowNs, isOpen, isConnected);
        } else if (isNetwork) {
            boolean isSteady = isConnected && isHeard && nowNs - heardSinceNs >= overlapNs;
            isNetwork = !isSteady;
        } else if (!isConnected || isQuiet(nowNs)) {
            isNetwork = true;
            heardSinceNs = nowNs;
        }
        return isNetwork;
    }

    /** Whether it is not known yet whether there is a publication. */
    boolean isAsking() {
        return isAsking;
    }

    private void ask(long nowNs, boolean isOpen, boolean isConnected) {
        if (isOpen && !isAnswered) {
            isAnswered = true;
            answeredNs = nowNs;
        }
        if (isConnected) {
            isAsking = false;
            heardNs = nowNs;
            heardSinceNs = nowNs;
        } else if (isAnswered && nowNs - answeredNs >= GRACE_NS) {
            isAsking = false;
            isNetwork = true;
            heardNs = nowNs - QUIET_NS;
        }
    }

    /** Once a silence: whoever looks rarely finds out, too. */
    private void pardon(long nowNs) {
        if (isTicked && !isPardoned && nowNs - tickedNs > PAUSE_NS) {
            isPardoned = true;
            long latestNs = nowNs - QUIET_NS + BEHIND_PAUSE_NS;
            heardNs = latestNs - heardNs > 0 ? latestNs : heardNs;
        }
        tickedNs = nowNs;
        isTicked = true;
    }

    private boolean isQuiet(long nowNs) {
        return nowNs - heardNs >= QUIET_NS;
    }
}

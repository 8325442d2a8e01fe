// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.media.nic;

/**
 * Decides on the state of one NIC from what is seen of it, look by look: down at once on proof, after a while on what is
 * none, and up again only after it was healthy for a while, so that a flapping link stays down.
 *
 * <pre>
 *            a fault that is no proof              stands for suspectNs
 *     UP  ------------------------------>  SUSPECT  -------------------->  DOWN
 *      ^ &lt;------------------------------                                   ^ |
 *      |       no fault for suspectNs                                       | |
 *      |--------------------------- proof, from either ---------------------+ |
 *      +--------------------------- no fault for the hold --------------------+
 * </pre>
 *
 * <p>The hold is {@link NicTimes#holdNs}; it doubles, up to {@link NicTimes#maxHoldNs}, each time that the NIC goes down
 * within {@link NicTimes#steadyNs} of having come back.
 *
 * <p><b>Thread:</b> one owner.
 *
 * <p><b>Allocation:</b> none after construction.
 */
final class NicWatch {
    private final NicTimes times;
    private NicState state;
    private NicFault cause;
    private long suspectSinceNs;
    private long faultNs;
    private long upSinceNs;
    private long holdNs;
    private boolean isMendDue;
    private long joins = 1;
    private long downs;
    private long suspicions;

    /**
     * @param times of the state's changes.
     * @param nowNs time of the first look.
     * @param fault that it saw: a NIC that is healthy at the start is up without a hold.
     */
    NicWatch(NicTimes times, long nowNs, NicFault fault) {
        this.times = times;
        this.state = NicState.UP;
        this.cause = NicFault.NONE;
        this.upSinceNs = nowNs - times.steadyNs();
        this.holdNs = times.holdNs();
        onLook(nowNs, fault);
    }

    /**
     * Takes what a look saw.
     *
     * @param nowNs time of the look.
     * @param fault that speaks against the NIC.
     * @return true when the state has changed.
     */
    boolean onLook(long nowNs, NicFault fault) {
        NicState before = state;
        if (fault != NicFault.NONE) {
            onFault(nowNs, fault);
        } else if (state != NicState.UP && nowNs - faultNs >= (state == NicState.DOWN ? holdNs : times.suspectNs())) {
            if (state == NicState.DOWN) {
                upSinceNs = nowNs;
            }
            state = NicState.UP;
            cause = NicFault.NONE;
        }
        if (isMendDue && fault == NicFault.NONE && (nowNs - faultNs >= times.suspectNs() / 2 || state == NicState.UP)) {
            isMendDue = false;
            joins++;
        }
        return state != before;
    }

    NicState state() {
        return state;
    }

    /** What speaks against it, or spoke last while it is held. */
    NicFault cause() {
        return cause;
    }

    /** How long it has to be healthy before it is up again, if it is down. */
    long holdNs() {
        return holdNs;
    }

    /**
     * How often lines on it had to be joined: at the start, and each time that a certain fault was over, for half as long as
     * makes a suspicion: a cable that is put in makes contact more than once. That is long before it is up again: on a NIC that
     * is held nothing is sent, but much may be heard.
     */
    long joins() {
        return joins;
    }

    /** Whether a certain fault is there, or was over for too short a while for lines to be joined anew. */
    boolean isGone() {
        return isMendDue;
    }

    long downs() {
        return downs;
    }

    long suspicions() {
        return suspicions;
    }

    private void onFault(long nowNs, NicFault fault) {
        faultNs = nowNs;
        cause = fault;
        if (state == NicState.UP && !fault.isCertain()) {
            state = NicState.SUSPECT;
            suspectSinceNs = nowNs;
            suspicions++;
        }
        if (state != NicState.DOWN && (fault.isCertain() || nowNs - suspectSinceNs >= times.suspectNs())) {
            state = NicState.DOWN;
            boolean isFlapping = nowNs - upSinceNs < times.steadyNs();
            holdNs = isFlapping ? Math.min(2 * holdNs, times.maxHoldNs()) : times.holdNs();
            downs++;
        }
        isMendDue |= fault.isCertain();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

/**
 * Follows how far a subscription can be trusted: whether it hears anything, and whether it has lost anything.
 *
 * <p><b>Thread:</b> one owner: the thread that polls.
 *
 * <p><b>Allocation:</b> none after construction.
 */
final class QualityWatch {
    private final StreamListener listener;
    private final long staleNs;
    private boolean isHeard;
    private long heardNs;
    private boolean isSuspect;
    private boolean isCatchingUp;
    private boolean isRecovering;
    private boolean isSilent;
    private Quality quality = Quality.JOINING;

    /**
     * @param listener told of each change.
     * @param staleNs after how long a silence the quality is STALE, ns.
     */
    QualityWatch(StreamListener listener, long staleNs) {
        this.listener = listener;
        this.staleNs = staleNs;
    }

    Quality quality() {
        return quality;
    }

    /** Whether nothing was heard for a while: no line, and no replay either. */
    boolean isSilent() {
        return isSilent && !isHeard;
    }

    /** A line has brought something of the stream in this duty cycle. */
    void onHeard() {
        isHeard = true;
    }

    /** Something was lost. */
    void onGap() {
        isSuspect = true;
    }

    /** What was lost matters no longer: it was acknowledged, or another epoch has begun. */
    void onTrusted() {
        isSuspect = false;
    }

    /** What a repair does for the stream. */
    void onRepair(boolean isFollowed, boolean isWaitedFor) {
        isCatchingUp = isFollowed;
        isRecovering = isWaitedFor;
    }

    /** A duty cycle is over. */
    void onCycle(long nowNs, boolean hasJoined, boolean isEnded) {
        if (isHeard) {
            isHeard = false;
            heardNs = nowNs;
        }
        isSilent = hasJoined && nowNs - heardNs >= staleNs;
        Quality is;
        if (!hasJoined) {
            is = Quality.JOINING;
        } else if (isEnded) {
            is = Quality.ENDED;
        } else if (isSilent) {
            is = Quality.STALE;
        } else if (isCatchingUp) {
            is = Quality.CATCHING_UP;
        } else if (isSuspect) {
            is = Quality.GAP;
        } else {
            is = isRecovering ? Quality.RECOVERING : Quality.LIVE;
        }
        if (is != quality) {
            Quality was = quality;
            quality = is;
            listener.onQuality(was, is);
        }
    }
}

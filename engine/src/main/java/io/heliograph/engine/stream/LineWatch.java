// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

import java.util.concurrent.TimeUnit;

/**
 * Decides when a line is left and joined anew: one with NAK that stands still, because a reliable image hides all that
 * follows a loss until it is repaired, and never gives up by itself; and any whose NIC was away and is there again, because
 * the kernel may have forgotten the membership, and a switch that snoops hears of it only by a new one.
 *
 * <p>A line with NAK is joined anew after it has stood still behind a loss for half of the stream's budget; then each time after
 * twice as long, up to {@link #MAX_PATIENCE_NS}, until something is heard. Between leaving and joining lies a pause, so that
 * all subscribers that share a driver have left and the image is really gone. A driver that was busy may have kept the socket
 * all the same, and a switch's port that forwards late may have missed the new report: a line on a mended NIC that still has
 * no image is left and joined again, a few times.
 *
 * <p><b>Thread:</b> one owner: the thread that polls.
 *
 * <p><b>Allocation:</b> none.
 */
final class LineWatch {
    /** Nothing to do. */
    static final int STAY = 0;

    /** Leave the line now. */
    static final int LEAVE = 1;

    /** Join the line anew now. */
    static final int JOIN = 2;

    private static final long PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(50);
    /** A driver of ours keeps the socket, and with it the kernel the group, for 250 ms after the last subscription has left. */
    private static final long MEND_PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(400);

    /** After so long a line on a mended NIC has its image: an idle publisher is asked for it within a second. */
    static final long IMAGE_NS = TimeUnit.MILLISECONDS.toNanos(1_500);

    /**
     * A line without an image on its publication's own driver is left for so long: all who share it have to be away at once, and the
     * publication goes on by its spies when it has heard of no reader for 1.5 s.
     */
    static final long IMAGELESS_PAUSE_NS = TimeUnit.SECONDS.toNanos(3);

    private static final int MOST_TRIES = 4;

    private static final long MAX_PATIENCE_NS = TimeUnit.SECONDS.toNanos(10);

    private final long firstPatienceNs;
    private long patienceNs;
    private long quietSinceNs;
    private long joinAtNs;
    private boolean isHeard;
    private boolean isLeft;
    private boolean isMended;
    private int tries;
    private long imageAtNs;

    /**
     * @param budgetNs the stream's budget, ns.
     * @param nowNs the time of joining.
     */
    LineWatch(long budgetNs, long nowNs) {
        firstPatienceNs = budgetNs / 2;
        patienceNs = firstPatienceNs;
        quietSinceNs = nowNs;
    }

    /** The line has brought something. */
    void onHeard(long nowNs) {
        quietSinceNs = nowNs;
        patienceNs = firstPatienceNs;
        isHeard = true;
    }

    /** Whether the line has brought something since the last tick. */
    boolean isHeard() {
        return isHeard;
    }

    /** The line's NIC is there again: at the next tick it is left. */
    void onMended() {
        isMended = true;
        tries = MOST_TRIES;
    }

    /** The line was left for another reason, and is joined for another. */
    void onLeft() {
        isLeft = false;
        isMended = false;
        tries = 0;
    }

    /**
     * Time has passed.
     *
     * @param isStanding whether more was received than could be delivered: silence alone is no standstill.
     * @param hasImage whether the line has a publisher.
     * @return {@link #STAY}, {@link #LEAVE} or {@link #JOIN}.
     */
    int onTick(long nowNs, boolean isStanding, boolean hasImage) {
        return onTick(nowNs, isStanding, hasImage, PAUSE_NS);
    }

    /**
     * Time has passed.
     *
     * @param pauseNs for how long a line that stands still is left.
     * @return as above.
     */
    int onTick(long nowNs, boolean isStanding, boolean hasImage, long pauseNs) {
        isHeard = false;
        if (isLeft) {
            if (nowNs - joinAtNs < 0) {
                return STAY;
            }
            isLeft = false;
            isMended = false;
            quietSinceNs = nowNs;
            imageAtNs = nowNs + IMAGE_NS;
            return JOIN;
        }
        if (!isMended && tries > 0 && nowNs - imageAtNs >= 0) {
            tries = hasImage ? 0 : tries - 1;
            isMended = tries > 0;
        }
        if (isMended) {
            isLeft = true;
            joinAtNs = nowNs + MEND_PAUSE_NS;
            return LEAVE;
        }
        if (!isStanding) {
            // What begins to stand still is given its time from then on.
            quietSinceNs = nowNs;
            return STAY;
        }
        if (nowNs - quietSinceNs < patienceNs) {
            return STAY;
        }
        isLeft = true;
        joinAtNs = nowNs + pauseNs;
        patienceNs = Math.min(patienceNs * 2, MAX_PATIENCE_NS);
        return LEAVE;
    }
}

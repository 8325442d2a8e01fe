// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

import org.agrona.DirectBuffer;

/**
 * Takes in data that is ahead of its turn, and says whether what is far ahead is believed at all.
 *
 * <p><b>Thread:</b> one owner: the thread that polls.
 *
 * <p><b>Allocation:</b> none after construction.
 */
final class EarlyPackets {
    private final Arbiter arbiter;
    private final ReorderWindow window;
    private final FarClaim claim;
    private final Gaps gaps;
    private final StreamStatistics statistics;
    private final CatchUp catchUp;
    /** The sequence to expect next behind all that is known and believed of the epoch. */
    private long farthest;

    /**
     * @param arbiter whose turn it is.
     * @param window holds what waits.
     * @param claim weighs what is far ahead.
     * @param gaps are given up when the window is full.
     * @param statistics counts what came ahead, and what was missing and came.
     * @param catchUp lets go what is far ahead of a replay that is followed.
     */
    EarlyPackets(
            Arbiter arbiter,
            ReorderWindow window,
            FarClaim claim,
            Gaps gaps,
            StreamStatistics statistics,
            CatchUp catchUp) {
        this.arbiter = arbiter;
        this.window = window;
        this.claim = claim;
        this.gaps = gaps;
        this.statistics = statistics;
        this.catchUp = catchUp;
    }

    /** A packet whose framing was checked, and whose first message is ahead. */
    void onPacket(int line, DirectBuffer buffer, int offset, int length, long sequence, long end) {
        if (catchUp.isOn()
                && statistics.isLive(line)
                && catchUp.letsGo(arbiter.epoch(), arbiter.nextSequence(), sequence, end, length)) {
            return;
        }
        if (sequence - reach() > FarClaim.NEAR) {
            onFar(line, buffer, offset, length, sequence, end);
            return;
        }
        onKnown(end);
        int result = hold(line, buffer, offset, length, sequence, end);
        while (result == ReorderWindow.FULL) {
            if (catchUp.isOn() && statistics.isLive(line)) {
                catchUp.onOverrun();
                gaps.letGo(statistics.lines().length);
                return;
            }
            gaps.giveUp(gaps.endBefore(sequence));
            if (sequence <= arbiter.nextSequence() || arbiter.isEnded()) {
                arbiter.onPacket(line, buffer, offset, length);
                return;
            }
            result = hold(line, buffer, offset, length, sequence, end);
        }
        if (result == ReorderWindow.DUPLICATE) {
            arbiter.line(line).onBehind(sequence, end);
            return;
        }
        arbiter.line(line).onAhead(sequence, end);
        statistics.outOfOrder += end - sequence;
        statistics.recovered += window.filledByLast(gaps.announced());
        arbiter.openGap();
    }

    /**
     * The handler has thrown: what is left of a packet waits like one that came ahead.
     *
     * @return false when there is no room for it.
     */
    boolean keepRest(int line, DirectBuffer buffer, int offset, int length, long sequence, long end) {
        boolean isKept = hold(line, buffer, offset, length, sequence, end) == ReorderWindow.HELD;
        if (isKept) {
            arbiter.openGap();
        }
        return isKept;
    }

    /** Whether a place is near what is known, or a second packet speaks of it: then the first has its turn before. */
    boolean isBelieved(int line, long from, long to) {
        if (from - reach() <= FarClaim.NEAR) {
            return true;
        }
        if (!claim.isConfirmed(line, arbiter.epoch(), from, to, arbiter.nowNs())) {
            return false;
        }
        farthest = from;
        if (claim.length() > 0) {
            arbiter.onPacket(claim.line(), claim.packet(), 0, claim.length());
        }
        return true;
    }

    /** The epoch is known to have come as far as {@code sequence}. */
    void onKnown(long sequence) {
        farthest = Math.max(farthest, sequence);
    }

    /** The end of the epoch is known: nothing lies behind it. */
    void refuseClaim() {
        claim.refuse();
    }

    void onEpoch(long epoch, long sequence) {
        farthest = Math.max(sequence, window.endOf(epoch));
        claim.onEpoch(epoch);
    }

    private void onFar(int line, DirectBuffer buffer, int offset, int length, long sequence, long end) {
        if (isBelieved(line, sequence, end)) {
            arbiter.onPacket(line, buffer, offset, length);
        } else {
            claim.keep(line, sequence, buffer, offset, length);
        }
    }

    private int hold(int line, DirectBuffer buffer, int offset, int length, long sequence, long end) {
        return window.hold(arbiter.epoch(), sequence, end, line, arbiter.nowNs(), buffer, offset, length);
    }

    private long reach() {
        return Math.max(arbiter.nextSequence(), farthest);
    }
}

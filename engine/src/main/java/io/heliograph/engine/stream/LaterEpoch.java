// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

import io.heliograph.engine.wire.PacketFlyweight;
import org.agrona.DirectBuffer;

/**
 * What is known of the epoch that follows, while the one before still may be completed. Its packets wait in the reorder
 * window; what they announce waits here.
 *
 * <p><b>Thread:</b> one owner: the thread that polls.
 *
 * <p><b>Allocation:</b> none.
 */
final class LaterEpoch {
    private final ReorderWindow window;
    private final FarClaim claim;
    private final LineStatistics[] lines;
    private long epoch = Arbiter.NULL_EPOCH;
    private long sinceNs;
    private long announced;
    private long end;
    private long reach = 1;

    /**
     * @param window holds the packets.
     * @param claim weighs what is far ahead.
     * @param lines are told what they brought.
     */
    LaterEpoch(ReorderWindow window, FarClaim claim, LineStatistics[] lines) {
        this.window = window;
        this.claim = claim;
        this.lines = lines;
    }

    /** The highest that was heard of. */
    long epoch() {
        return epoch;
    }

    /** The sequence to expect next in it, as far as announced. */
    long announced() {
        return announced;
    }

    /** The sequence behind its last message; 0 while it is not known. */
    long end() {
        return end;
    }

    /**
     * A line has spoken of an epoch later than the current one, and of what to expect next in it.
     *
     * @return false when that is not believed so far.
     */
    boolean onHeard(int line, long current, long heard, long sequence, long nowNs) {
        if (!isBelieved(line, heard, sequence, sequence, nowNs)) {
            return false;
        }
        if (heard > epoch) {
            // The wait for the current epoch's rest is not prolonged by one that begins after the next.
            sinceNs = epoch <= current ? nowNs : sinceNs;
            epoch = heard;
            announced = 0;
            end = 0;
            reach = 1;
            for (LineStatistics each : lines) {
                each.onLaterEpoch();
            }
        }
        if (heard == epoch) {
            announced = Math.max(announced, sequence);
            reach = Math.max(reach, sequence);
        }
        return true;
    }

    /**
     * Takes a data packet of a later epoch in.
     *
     * @return false when there is no room for it.
     */
    boolean hold(int line, DirectBuffer buffer, int offset, int length, long nowNs) {
        long heard = PacketFlyweight.epoch(buffer, offset);
        long sequence = PacketFlyweight.sequence(buffer, offset);
        long behind = sequence + PacketFlyweight.count(buffer, offset);
        if (!isBelieved(line, heard, sequence, behind, nowNs)) {
            return true;
        }
        int result = window.hold(heard, sequence, behind, line, nowNs, buffer, offset, length);
        if (result == ReorderWindow.FULL) {
            return false;
        }
        if (heard == epoch) {
            reach = Math.max(reach, behind);
            lines[line].onLater(sequence, behind, result == ReorderWindow.HELD);
        }
        return true;
    }

    private boolean isBelieved(int line, long heard, long from, long to, long nowNs) {
        long known = heard == epoch ? reach : 1;
        return from - known <= FarClaim.NEAR || claim.isConfirmed(line, heard, from, to, nowNs);
    }

    void onEnd(long heard, long sequence) {
        if (heard == epoch && end == 0) {
            end = sequence;
        }
    }

    /** It begins. */
    void begin() {
        for (LineStatistics line : lines) {
            line.onLaterBegun();
        }
    }

    /** An epoch begins: if others are known to follow, it is given its time. */
    void onBegun(long nowNs) {
        sinceNs = nowNs;
    }

    boolean isDue(long current, long nowNs, long budgetNs) {
        return epoch > current && nowNs - sinceNs >= budgetNs;
    }
}

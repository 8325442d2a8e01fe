// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

import java.util.concurrent.TimeUnit;

/**
 * Measures by how much the winning line is ahead of the others, without a clock read per packet.
 *
 * <p>After a duty cycle in which the stream moved on, at most every {@link #intervalNs}, a mark says how far, when, and who won;
 * the lead over another line is the time until that line has come as far. So its resolution is the duty cycle's length. A line
 * that is behind by more than all marks, two seconds and more, gives no leads, but the alarm of {@link LineSkew}.
 *
 * <p><b>Thread:</b> one owner: the thread that polls.
 *
 * <p><b>Allocation:</b> none after construction.
 */
final class LeadTimes {
    private static final int MARKS = 1024;
    private static final long REACH_NS = TimeUnit.SECONDS.toNanos(2);

    private final LineStatistics[] lines;
    private final LineSkew skew;
    private final long intervalNs;
    private final long[] sequences = new long[MARKS];
    private final long[] timesNs = new long[MARKS];
    private final int[] winners = new int[MARKS];
    private final long[] read;
    private long marked;
    private long markedBefore;
    private long markAtNs;

    /**
     * @param lines are told their leads.
     * @param skew told how late each line is.
     * @param intervalNs between two marks at least, ns.
     */
    LeadTimes(LineStatistics[] lines, LineSkew skew, long intervalNs) {
        this.lines = lines;
        this.skew = skew;
        this.intervalNs = intervalNs;
        this.read = new long[lines.length];
    }

    /** Marks in such a distance that all of them reach back further than the skew that is told. */
    static long intervalNs(long skewNs) {
        return Math.max(REACH_NS, 2 * skewNs) / MARKS;
    }

    /** The duty cycle is over; all messages below {@code next} were delivered, the last of them by {@code winner}. */
    void onCycle(boolean hasMoved, long next, int winner, long nowNs) {
        if (lines.length == 1) {
            return;
        }
        if (hasMoved && (nowNs - markAtNs >= 0 || marked == 0)) {
            int mark = (int) (marked++ & (MARKS - 1));
            sequences[mark] = next;
            timesNs[mark] = nowNs;
            winners[mark] = winner;
            markAtNs = nowNs + intervalNs;
        }
        for (int line = 0; line < lines.length; line++) {
            if (read[line] != marked) {
                follow(line, nowNs);
            }
        }
        if (skew.isDue(nowNs)) {
            judge(nowNs);
        }
    }

    /** Numbers begin anew: marks of the old epoch compare with nothing. */
    void onEpoch() {
        for (int line = 0; line < read.length; line++) {
            read[line] = marked;
        }
    }

    private void follow(int line, long nowNs) {
        long position = Math.max(read[line], marked - MARKS);
        long reached = lines[line].next();
        while (position != marked) {
            int mark = (int) (position & (MARKS - 1));
            if (sequences[mark] > reached) {
                break;
            }
            boolean hasWon = winners[mark] == line;
            long lateNs = hasWon ? 0 : nowNs - timesNs[mark];
            if (!hasWon) {
                lines[winners[mark]].onLead(lateNs);
            }
            skew.onReached(line, lateNs);
            position++;
        }
        read[line] = position;
    }

    private void judge(long nowNs) {
        for (int line = 0; line < lines.length; line++) {
            boolean isBehind = read[line] != marked;
            long behindNs = isBehind ? nowNs - timesNs[(int) (read[line] & (MARKS - 1))] : 0;
            skew.judge(line, marked != markedBefore, behindNs);
        }
        markedBefore = marked;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

/**
 * Measures by how much the winning line is ahead of the others, without a clock read per packet.
 *
 * <p>After each duty cycle in which the stream moved on, a mark says how far, when, and who won; the lead over another
 * line is the time until that line has come as far. So its resolution is the duty cycle's length.
 *
 * <p><b>Thread:</b> one owner: the thread that polls.
 *
 * <p><b>Allocation:</b> none after construction.
 */
final class LeadTimes {
    private static final int MARKS = 1024;

    private final LineStatistics[] lines;
    private final long[] sequences = new long[MARKS];
    private final long[] timesNs = new long[MARKS];
    private final int[] winners = new int[MARKS];
    private final long[] read;
    private long marked;

    LeadTimes(LineStatistics[] lines) {
        this.lines = lines;
        this.read = new long[lines.length];
    }

    /** The duty cycle is over; all messages below {@code next} were delivered, the last of them by {@code winner}. */
    void onCycle(boolean hasMoved, long next, int winner, long nowNs) {
        if (lines.length == 1) {
            return;
        }
        if (hasMoved) {
            int mark = (int) (marked++ & (MARKS - 1));
            sequences[mark] = next;
            timesNs[mark] = nowNs;
            winners[mark] = winner;
        }
        for (int line = 0; line < lines.length; line++) {
            if (read[line] != marked) {
                follow(line, nowNs);
            }
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
            if (winners[mark] != line) {
                lines[winners[mark]].onLead(nowNs - timesNs[mark]);
            }
            position++;
        }
        read[line] = position;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

import java.util.concurrent.TimeUnit;

/**
 * Raises the skew alarm: one line is constantly later than another by more than a bound, or stands still while the stream goes
 * on. Such a line is no second chance any longer: what the other one loses it brings when the gap is nearly given up.
 *
 * <p>Judged once a second, of the line's least lateness in that second: one good sample, and the line is not constantly late.
 * The alarm ends by itself with the first second in which the line keeps up.
 *
 * <p><b>Thread:</b> one owner: the thread that polls.
 *
 * <p><b>Allocation:</b> none after construction.
 */
final class LineSkew {
    /** How long a line must be late or still, ns. */
    static final long PERIOD_NS = TimeUnit.SECONDS.toNanos(1);

    /** Fewer samples of a slow stream are judged together with those of the next second. */
    private static final int SAMPLES = 3;

    /** After so many seconds in which nothing moves the alarm of a line that has come as far as the others ends. */
    private static final int IDLE_PERIODS = 10;

    private final LineStatistics[] lines;
    private final StreamListener listener;
    private final long boundNs;
    private final long[] leastNs;
    private final int[] samples;
    private final int[] judgedSamples;
    private final int[] idlePeriods;
    private boolean hasBegun;
    private long dueNs;

    /**
     * @param lines are told whether they are late.
     * @param listener told when that changes.
     * @param boundNs how late a line may constantly be, ns; 0: nobody is ever told.
     */
    LineSkew(LineStatistics[] lines, StreamListener listener, long boundNs) {
        this.lines = lines;
        this.listener = listener;
        this.boundNs = boundNs;
        this.leastNs = new long[lines.length];
        this.samples = new int[lines.length];
        this.judgedSamples = new int[lines.length];
        this.idlePeriods = new int[lines.length];
        for (int line = 0; line < lines.length; line++) {
            leastNs[line] = Long.MAX_VALUE;
        }
    }

    /** How late a line may constantly be, ns; 0 when nobody is told. */
    long boundNs() {
        return boundNs;
    }

    /** A line has come as far as the stream was {@code lateNs} ago. */
    void onReached(int line, long lateNs) {
        samples[line]++;
        leastNs[line] = Math.min(leastNs[line], lateNs);
    }

    /** Whether a second is over: then every line is to be judged. */
    boolean isDue(long nowNs) {
        if (!hasBegun) {
            hasBegun = true;
            dueNs = nowNs + PERIOD_NS;
        }
        if (boundNs == 0 || nowNs - dueNs < 0) {
            return false;
        }
        dueNs = nowNs + PERIOD_NS;
        return true;
    }

    /**
     * A second is over.
     *
     * @param line whose.
     * @param hasMoved whether the stream has, in this second.
     * @param behindNs since when the line is behind what the stream has reached, ns; 0 when it is not.
     */
    void judge(int line, boolean hasMoved, long behindNs) {
        boolean hasReached = samples[line] != judgedSamples[line];
        judgedSamples[line] = samples[line];
        idlePeriods[line] = hasMoved ? 0 : idlePeriods[line] + 1;
        if (samples[line] >= SAMPLES) {
            long least = leastNs[line];
            clear(line);
            tell(line, least > boundNs ? least : 0, false);
        } else if (!hasReached && hasMoved && behindNs > Math.max(boundNs, PERIOD_NS)) {
            clear(line);
            tell(line, behindNs, true);
        } else if (behindNs == 0 && idlePeriods[line] >= IDLE_PERIODS) {
            clear(line);
            tell(line, 0, false);
        }
    }

    private void clear(int line) {
        samples[line] = 0;
        judgedSamples[line] = 0;
        leastNs[line] = Long.MAX_VALUE;
    }

    private void tell(int line, long lateNs, boolean isSilent) {
        boolean wasLate = lines[line].lateNs() > 0;
        lines[line].onLate(lateNs);
        if (lateNs > 0 && !wasLate) {
            listener.onSkew(line, lateNs, isSilent);
        } else if (lateNs == 0 && wasLate) {
            listener.onSkewEnd(line);
        }
    }
}

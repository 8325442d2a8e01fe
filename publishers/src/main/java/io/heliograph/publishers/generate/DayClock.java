// SPDX-License-Identifier: Apache-2.0
package io.heliograph.publishers.generate;

/**
 * When the day's messages happen: phases from before the open to after the close, each with its share of the messages.
 *
 * <p>Rates are a U with two spikes: the minute after the open has thirty times the midday rate, the last ten minutes six
 * times. Within a phase most messages follow the one before at once, and a few gaps make up the time: micro-bursts.
 *
 * <p><b>Thread:</b> one owner: the generator's.
 *
 * <p><b>Allocation:</b> none after construction.
 */
final class DayClock {
    static final long SECOND_NS = 1_000_000_000L;

    /** Imbalances ahead of the opening cross. */
    static final int BEFORE_OPEN = 1;

    /** Market hours begin. */
    static final int OPEN = 2;

    /** Imbalances ahead of the closing cross. */
    static final int BEFORE_CLOSE = 6;

    /** Market hours have ended. */
    static final int CLOSE = 7;

    private static final int[] START_S = {
        4 * 3600,
        9 * 3600 + 1500,
        9 * 3600 + 1800,
        9 * 3600 + 1860,
        10 * 3600,
        15 * 3600 + 1800,
        15 * 3600 + 3000,
        16 * 3600,
        16 * 3600 + 10,
        20 * 3600
    };

    /** Of a thousand messages of order flow. */
    private static final int[] SHARE = {60, 40, 80, 140, 420, 70, 130, 20, 40};

    private static final int PHASES = SHARE.length;
    private static final int THOUSAND = 1000;
    private static final int MIDDAY = 4;
    private static final int BLOCK = 256;
    private static final int FACTOR_BITS = 8;
    private static final int FACTORS = 256;

    /** Gaps as multiples of the mean in 1/256: seven of eight are a tenth of it, the rest makes the mean one. */
    private static final int SHORT_GAP = 26;

    private static final int LONG_GAP = 8 * FACTORS - 7 * SHORT_GAP;

    private final long[] messages = new long[PHASES];
    private int phase = -1;
    private long left;
    private int blockLeft;
    private long meanGapNs;
    private long nowNs;

    DayClock(long flowMessages) {
        long rest = flowMessages;
        for (int i = 0; i < PHASES; i++) {
            messages[i] = flowMessages * SHARE[i] / THOUSAND;
            rest -= messages[i];
        }
        messages[MIDDAY] += rest;
    }

    long nowNs() {
        return nowNs;
    }

    int phase() {
        return phase;
    }

    /** How many messages of order flow the phase has in all. */
    long phaseMessages() {
        return messages[phase];
    }

    /** Whether the phase's messages are used up: the next one begins, or the day's order flow ends. */
    boolean isPhaseOver() {
        return left == 0;
    }

    /** Whether the last phase is over too. */
    boolean isDayOver() {
        return phase == PHASES - 1 && left == 0;
    }

    /** The end of system hours. */
    long endNs() {
        return START_S[PHASES] * SECOND_NS;
    }

    /** Begins the next phase at its start; the day is not over. */
    void nextPhase() {
        phase++;
        left = messages[phase];
        blockLeft = 0;
        nowNs = START_S[phase] * SECOND_NS;
    }

    /** The time of the next message of order flow. */
    long tick(long bits) {
        if (blockLeft == 0) {
            meanGapNs = (START_S[phase + 1] * SECOND_NS - 1 - nowNs) / left;
            blockLeft = BLOCK;
        }
        blockLeft--;
        left--;
        long factor = (bits & 7) == 0 ? LONG_GAP : SHORT_GAP;
        long spread = bits >>> 3 & (FACTORS - 1);
        // spread has a mean of one half: twice the product has the mean that the factor says.
        long gapNs = (((meanGapNs * factor) >>> FACTOR_BITS) * spread) >>> (FACTOR_BITS - 1);
        nowNs = Math.min(nowNs + gapNs, START_S[phase + 1] * SECOND_NS - 1);
        return nowNs;
    }
}

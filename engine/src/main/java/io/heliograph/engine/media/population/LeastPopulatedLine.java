// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.media.population;

import io.heliograph.engine.media.LineHealth;
import io.heliograph.engine.media.LineJoins;
import java.util.concurrent.TimeUnit;

/**
 * Keeps a subscription on the line that has the fewest subscribers ({@code join="least-populated"}): the one that has when it
 * joins, and later another one when that has two fewer and more.
 *
 * <p>Many decide at the same time by numbers that are some tenths of a second old, and none knows of the others. So who shares the
 * fewest draws among them, and nobody moves at once: an imbalance has to stand for {@link #STAND_NS}, and then each subscriber waits
 * for its own share, which its identity gives, of a span. The span is {@link #PACE_NS} for each of those who could move, over the
 * number that should, as these numbers change: so the last that should moves alone, whether they are four or a thousand, and who still
 * waits sees it and stays. Lines that differ by one are even: nobody moves, so nothing swings. Two that moved where one was
 * enough have other shares the next time.
 *
 * <p>Where nobody states the numbers any line is drawn, and kept.
 *
 * <p><b>Thread:</b> one owner: the thread that polls the subscription.
 *
 * <p><b>Allocation:</b> none after construction.
 */
public final class LeastPopulatedLine implements LineJoins {
    /** For so long an imbalance has to stand: longer than a statement that was lost, or a host that starts, makes one. */
    static final long STAND_NS = TimeUnit.SECONDS.toNanos(1);

    /** Some times as long as the numbers take to follow, with a statement lost. */
    static final long PACE_NS = TimeUnit.SECONDS.toNanos(1);

    /** Who has moved does not move again before all have seen what came of it. */
    static final long REST_NS = TimeUnit.SECONDS.toNanos(3);

    /** A line that was joined for its few subscribers and stayed silent is not tried again for so long. */
    static final long FAILED_REST_NS = TimeUnit.SECONDS.toNanos(30);

    private static final double UNIT = 0x1.0p-53;
    private static final long LONGEST_STEP_NS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final int FRACTION_SHIFT = 11;

    private final LineHealth health;
    private final int count;
    private final long identity;
    private long moves;
    private long wanted;
    private boolean isUneven;
    private long unevenNs;
    private long lookNs;
    private double waited;
    private boolean isResting;
    private long restedNs;

    /**
     * Of one subscription.
     *
     * @param health of the lines that the host has, and their subscribers.
     * @param count of these lines.
     * @param identity a number that no other subscription has, but by chance.
     */
    public LeastPopulatedLine(LineHealth health, int count, long identity) {
        this.health = health;
        this.count = count;
        this.identity = identity;
    }

    /**
     * Whether the numbers are stated.
     *
     * @return false where any line is as good as another.
     */
    public boolean isKnown() {
        for (int line = 0; line < count; line++) {
            if (health.subscribers(line) < 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public long joined(long usable) {
        long all = usable & (1L << count) - 1;
        long healthy = all & health.up();
        long among = healthy == 0 ? all : healthy;
        return nth(isKnown() ? fewest(among) : among);
    }

    @Override
    public long settled(long own, long usable, long nowNs) {
        if (wanted != 0 && own != wanted) {
            rest(nowNs + FAILED_REST_NS);
        }
        wanted = 0;
        long fewest = fewest(usable & health.up() & ~own & (1L << count) - 1);
        long here = health.subscribers(Long.numberOfTrailingZeros(own));
        long there = fewest == 0 ? -1 : health.subscribers(Long.numberOfTrailingZeros(fewest));
        isResting &= nowNs - restedNs < 0;
        if (isResting || there < 0 || here - there < 2) {
            isUneven = false;
            return own;
        }
        if (!isUneven) {
            isUneven = true;
            unevenNs = nowNs;
            waited = 0;
        }
        if (nowNs - unevenNs < STAND_NS) {
            lookNs = nowNs;
            return own;
        }
        long tooMany = (here - there) / 2;
        waited += Math.min(nowNs - lookNs, LONGEST_STEP_NS) * tooMany / ((double) PACE_NS * here);
        lookNs = nowNs;
        if (waited < share()) {
            return own;
        }
        wanted = nth(fewest);
        rest(nowNs + REST_NS);
        return wanted;
    }

    private void rest(long untilNs) {
        moves++;
        isUneven = false;
        isResting = true;
        restedNs = untilNs;
    }

    /** Those of some lines that have the fewest subscribers; a line of which nobody states it has more than any. */
    private long fewest(long among) {
        long fewest = 0;
        long least = Long.MAX_VALUE;
        for (int line = 0; line < count; line++) {
            long subscribers = health.subscribers(line);
            if ((among & 1L << line) != 0 && subscribers >= 0 && subscribers <= least) {
                fewest = subscribers < least ? 1L << line : fewest | 1L << line;
                least = subscribers;
            }
        }
        return fewest;
    }

    /** One of some lines, drawn by the identity; none of none. */
    private long nth(long among) {
        long rest = among;
        for (long i = among == 0 ? 0 : Long.remainderUnsigned(number(), Long.bitCount(among)); i > 0; i--) {
            rest &= rest - 1;
        }
        return Long.lowestOneBit(rest);
    }

    /** Within 0 and 1. */
    private double share() {
        return (number() >>> FRACTION_SHIFT) * UNIT;
    }

    /** Another one after each move, and without a likeness between neighbours (the finaliser of SplitMix64). */
    private long number() {
        long mixed = identity + moves * 0x9E3779B97F4A7C15L;
        mixed = (mixed ^ mixed >>> 30) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
        return mixed ^ mixed >>> 31;
    }
}

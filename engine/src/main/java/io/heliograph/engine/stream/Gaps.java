// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

/**
 * What is missing: opened by what came ahead or was announced, closed by what fills it, given up when it has waited too long.
 *
 * <p>Decides; what is decided the {@link Arbiter} does, who alone knows how far the stream has come.
 *
 * <p><b>Thread:</b> one owner: the thread that polls.
 *
 * <p><b>Allocation:</b> none after construction.
 */
final class Gaps {
    private final Arbiter arbiter;
    private final ReorderWindow window;
    private final Announcements announcements;
    private final long patienceNs;
    private final boolean isRepaired;
    private final HopelessRanges hopeless = new HopelessRanges();
    private boolean isPatient;
    private boolean isCatchingUp;
    private boolean isGraced;
    private long graceUntilNs;
    private boolean isOpen;
    private long sinceNs;

    /**
     * @param arbiter delivers, and skips what is lost.
     * @param window holds what came ahead.
     * @param patienceNs how long a gap may stay open, ns.
     * @param isRepaired whether somebody fetches what no line brings, and has to be told of a gap in time.
     */
    Gaps(Arbiter arbiter, ReorderWindow window, long patienceNs, boolean isRepaired) {
        this.arbiter = arbiter;
        this.window = window;
        this.announcements = new Announcements(patienceNs);
        this.patienceNs = patienceNs;
        this.isRepaired = isRepaired;
    }

    /** A subscriber has taken another line: what it missed is sent once more there, so gaps stay open for twice as long. */
    void patience(boolean isLong) {
        isPatient = isLong;
    }

    /** The subscription follows a replay, which brings what is missing however long it takes. */
    void onCatchUp() {
        isCatchingUp = true;
    }

    /** What is still missing behind a replay that was followed has all its time from now on. */
    void onCaughtUp(long nowNs) {
        isCatchingUp = false;
        grace(nowNs);
    }

    /** An epoch begins: what was missing of it while the one before was waited for nobody has been asked for so far. */
    void onEpoch(long nowNs) {
        clear();
        if (isRepaired) {
            grace(nowNs);
        }
    }

    private void grace(long nowNs) {
        isGraced = true;
        graceUntilNs = nowNs + patienceNs;
    }

    /** Nobody has the messages from {@code first} to the one before {@code end}. */
    void onHopeless(long first, long end) {
        hopeless.add(first, end);
    }

    /** Whether all of a range is known to be had by nobody. */
    boolean isHopeless(long first, long end) {
        return hopeless.endFrom(first) >= end;
    }

    /** Whether nobody knows of anything behind what has come, and nothing is missing before that. */
    boolean isTailHopeless() {
        return !isOpen && hopeless.endFrom(arbiter.nextSequence()) == MissingRanges.UNKNOWN_END;
    }

    boolean isOpen() {
        return isOpen;
    }

    void open(long nowNs) {
        if (!isOpen) {
            isOpen = true;
            sinceNs = nowNs;
        }
    }

    /** A line says that {@code sequence} is what to expect next: known from now on, if nobody said as much before. */
    void announce(long sequence, long nowNs) {
        if (sequence > arbiter.nextSequence() && sequence > announcements.highest()) {
            announcements.raise(sequence, nowNs);
            open(nowNs);
        }
    }

    /** The highest sequence to expect that was announced and not reached; 0 when there is none. */
    long announced() {
        return announcements.highest();
    }

    /** The sequence behind the first gap: the first that waits or, if none does, the one announced. */
    long end() {
        return isHolding() ? window.headSequence() : announcements.highest();
    }

    /** The same, but not behind a packet at hand. */
    long endBefore(long sequence) {
        return isHolding() ? Math.min(window.headSequence(), sequence) : sequence;
    }

    private void clear() {
        announcements.clear();
        hopeless.clear();
        isOpen = false;
    }

    /** What lines brought ahead is let go; what a replay brought, which will not bring it again, waits on. */
    void letGo(int replay) {
        window.clearBut(replay);
        announcements.clear();
        settle();
    }

    /** Delivers what waits for its turn no longer, then sees whether a gap is still open and since when. */
    void settle() {
        while (isHolding() && window.headSequence() <= arbiter.nextSequence()) {
            arbiter.deliverHead();
            window.removeHead();
        }
        announcements.onReached(arbiter.nextSequence());
        if (!hopeless.isEmpty()) {
            hopeless.onReached(arbiter.nextSequence());
        }
        boolean isHolding = isHolding();
        isOpen = isHolding || !announcements.isEmpty();
        if (isOpen) {
            sinceNs = isHolding ? window.earliestArrivalNs(arbiter.epoch()) : announcements.sinceNs();
            if (!announcements.isEmpty() && announcements.sinceNs() - sinceNs < 0) {
                sinceNs = announcements.sinceNs();
            }
        }
        arbiter.onSettled();
    }

    /** A gap is open: goes on where an exception of the handler stopped, and gives up what has waited too long. */
    int mind(long nowNs) {
        if (isHolding() && window.headSequence() <= arbiter.nextSequence()) {
            settle();
        }
        long hopelessEnd = isOpen && !hopeless.isEmpty() ? hopeless.endFrom(arbiter.nextSequence()) : 0;
        if (hopelessEnd > 0) {
            giveUpHopeless(hopelessEnd);
            return 1;
        }
        long waitNs = isPatient ? 2 * patienceNs : patienceNs;
        if (!isOpen || isCatchingUp || nowNs - sinceNs < waitNs || isGraced(nowNs)) {
            return 0;
        }
        long upTo = announcements.upTo(nowNs, waitNs);
        if (isHolding()) {
            boolean isHeadDue = nowNs - window.earliestArrivalNs(arbiter.epoch()) >= waitNs;
            upTo = isHeadDue ? window.headSequence() : Math.min(upTo, window.headSequence());
        }
        giveUp(upTo);
        return 1;
    }

    /** All that is in turn: a replay full of holes brings more of them in a duty cycle than one. */
    private void giveUpHopeless(long firstEnd) {
        long end = firstEnd;
        while (end > 0) {
            giveUp(Math.min(end, end()));
            end = isOpen && !hopeless.isEmpty() ? hopeless.endFrom(arbiter.nextSequence()) : 0;
        }
    }

    /** Names lost what comes before {@code upTo}: the first that waits behind the gap, was announced, or is at hand. */
    void giveUp(long upTo) {
        if (upTo > arbiter.nextSequence()) {
            arbiter.skipTo(upTo);
        }
        settle();
    }

    /** Names lost all that the epoch still lacks. */
    void giveUpAll() {
        while (isOpen && !arbiter.isEnded()) {
            giveUp(end());
        }
    }

    private boolean isGraced(long nowNs) {
        isGraced &= nowNs - graceUntilNs < 0;
        return isGraced;
    }

    private boolean isHolding() {
        return window.isHolding(arbiter.epoch());
    }
}

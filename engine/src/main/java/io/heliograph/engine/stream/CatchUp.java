// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

/**
 * A subscription that is behind and follows the replay: what lines bring far ahead is let go, and kept only when the rest fits
 * the reorder window. Where the replay has reached what the lines bring, the two are one sequence, and this is over.
 *
 * <p>What is kept and does not fit after all, because the replay is slower than the lines, is let go too: the bound is for gaps,
 * never a reason to lose what the replay still brings.
 *
 * <p><b>Thread:</b> one owner: the thread that polls.
 *
 * <p><b>Allocation:</b> none after construction.
 */
final class CatchUp {
    /** What a line has brought ahead lately says how far the stream is; later it may have been wrong. */
    private static final long FRESH_NS = 10_000_000;

    /** Of the window: while the rest comes, the lines may bring as much again. */
    private static final int SHARE = 2;

    private final LineStatistics[] lines;
    private final long[] brought;
    private final long mostPackets;
    private final long mostBytes;
    private boolean isOn;
    private boolean isKeeping;
    private boolean isReached;
    private long liveEpoch = Arbiter.NULL_EPOCH;
    private long liveNext;
    private boolean isLiveNoted;
    private long notedNs;

    /**
     * @param lines without the replay.
     * @param context the window's bounds.
     */
    CatchUp(LineStatistics[] lines, ArbiterContext context) {
        this.lines = lines;
        this.brought = new long[lines.length];
        this.mostPackets = Math.max(1, context.windowPackets() / SHARE);
        this.mostBytes = context.windowBytes() / SHARE;
    }

    /** The replay is followed: it says itself when it has nothing more. */
    void begin() {
        isOn = true;
        isKeeping = false;
        isReached = false;
        for (int i = 0; i < lines.length; i++) {
            brought[i] = brought(i);
        }
    }

    boolean isOn() {
        return isOn;
    }

    /** A line speaks of a place that is not reached: told even before anything has begun. */
    void onLive(long epoch, long sequence) {
        liveEpoch = epoch;
        liveNext = sequence;
        isLiveNoted = true;
    }

    /** The epoch that lines brought last, or {@link Arbiter#NULL_EPOCH}. */
    long liveEpoch() {
        return liveEpoch;
    }

    long liveNext() {
        return liveNext;
    }

    /** How far {@code next} is behind what the lines brought, messages; 0 when nothing is followed, or it is not known. */
    long behind(long epoch, long next) {
        return isOn && epoch == liveEpoch ? Math.max(0, liveNext - next) : 0;
    }

    /**
     * A line has brought what is ahead.
     *
     * @return true when it is not kept: the rest before it does not fit.
     */
    boolean letsGo(long epoch, long next, long sequence, long end, int length) {
        onLive(epoch, end);
        if (isKeeping) {
            return false;
        }
        long packets = (sequence - next) / (end - sequence) + 1;
        isKeeping = packets <= mostPackets && packets * length <= mostBytes;
        return !isKeeping;
    }

    /** What was kept did not fit after all, and was let go. */
    void onOverrun() {
        isKeeping = false;
    }

    /** A line says what to expect next, and that is what is delivered next, or was. */
    void onReached() {
        isReached = true;
    }

    /** A packet that waited has its turn: one of a line, and the replay has reached it. */
    void onTurn(int line) {
        isReached |= isOn && line < lines.length;
    }

    /**
     * A duty cycle is over.
     *
     * @return true when the replay has reached what the lines bring: it is over.
     */
    boolean isOver(long next, long nowNs) {
        if (isLiveNoted) {
            isLiveNoted = false;
            notedNs = nowNs;
        }
        if (isReached || isWithLines(next, nowNs)) {
            isOn = false;
        }
        return !isOn;
    }

    /** A line that is late may be behind the replay; another one is not. */
    private boolean isWithLines(long next, long nowNs) {
        boolean isWith = false;
        for (int i = 0; i < lines.length; i++) {
            long now = brought(i);
            isWith |= now != brought[i] && lines[i].next() <= next;
            brought[i] = now;
        }
        return isWith && (liveNext <= next || nowNs - notedNs >= FRESH_NS);
    }

    private long brought(int line) {
        LineStatistics of = lines[line];
        return of.won() + of.lost() + of.duplicates();
    }
}

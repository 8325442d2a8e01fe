// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

/**
 * What a subscription lacks at a moment, for who can fetch it: ranges of one epoch, in order, none of them touching another.
 *
 * <p><b>Thread:</b> one owner: the thread that polls.
 *
 * <p><b>Allocation:</b> none after construction.
 */
public final class MissingRanges {
    /** The end of a range whose last message nobody has told: an epoch was followed by another without its end. */
    public static final long UNKNOWN_END = Long.MAX_VALUE;

    /** So many ranges are told at once; those behind them when the first are filled. */
    public static final int MAX_RANGES = 64;

    private final long[] firsts = new long[MAX_RANGES];
    private final long[] ends = new long[MAX_RANGES];
    private final long[] sincesNs = new long[MAX_RANGES];
    private int count;
    private long epoch = Arbiter.NULL_EPOCH;
    private long next;
    private long liveEpoch = Arbiter.NULL_EPOCH;
    private long liveNext;
    private boolean isCatchingUp;

    /** Nothing is missing so far. */
    public MissingRanges() {}

    /**
     * Begins a statement: nothing is missing.
     *
     * @param ofEpoch that is delivered.
     * @param nextSequence that is delivered next.
     * @param isFollowing whether the replay is followed and lines are let go.
     */
    public void begin(long ofEpoch, long nextSequence, boolean isFollowing) {
        epoch = ofEpoch;
        next = nextSequence;
        isCatchingUp = isFollowing;
        count = 0;
    }

    /**
     * How far the lines are.
     *
     * @param ofEpoch that they bring, or {@link Arbiter#NULL_EPOCH}.
     * @param sequence that they bring next.
     */
    public void live(long ofEpoch, long sequence) {
        liveEpoch = ofEpoch;
        liveNext = sequence;
    }

    /**
     * A further range, behind those before.
     *
     * @param first message that is missing.
     * @param end the sequence behind the last one, or {@link #UNKNOWN_END}.
     * @param sinceNs when that was known.
     * @return false when there is no room for it.
     */
    public boolean add(long first, long end, long sinceNs) {
        if (count == MAX_RANGES) {
            return false;
        }
        firsts[count] = first;
        ends[count] = end;
        sincesNs[count] = sinceNs;
        count++;
        return true;
    }

    /**
     * The numbering that is delivered.
     *
     * @return 0 to 2^32 - 1, or {@link Arbiter#NULL_EPOCH} where the subscription still has to be told where to begin.
     */
    public long epoch() {
        return epoch;
    }

    /**
     * The sequence that is delivered next.
     *
     * @return 1 and up.
     */
    public long next() {
        return next;
    }

    /**
     * Whether the subscription follows the replay, from {@link #next} on, and lets go what lines bring far ahead: all is wanted,
     * in order. Then there are no ranges.
     *
     * @return true until it has reached what the lines bring.
     */
    public boolean isCatchingUp() {
        return isCatchingUp;
    }

    /**
     * The epoch that lines brought last.
     *
     * @return 0 to 2^32 - 1, or {@link Arbiter#NULL_EPOCH} while none has brought anything, or nobody needs to know.
     */
    public long liveEpoch() {
        return liveEpoch;
    }

    /**
     * What lines bring next in it.
     *
     * @return a sequence.
     */
    public long liveNext() {
        return liveNext;
    }

    /**
     * Ranges that are missing.
     *
     * @return 0 to {@link #MAX_RANGES}.
     */
    public int count() {
        return count;
    }

    /**
     * The first message of a range.
     *
     * @param range 0 and up.
     * @return its sequence.
     */
    public long first(int range) {
        return firsts[range];
    }

    /**
     * The end of a range.
     *
     * @param range 0 and up.
     * @return the sequence behind its last message, or {@link #UNKNOWN_END}.
     */
    public long end(int range) {
        return ends[range];
    }

    /**
     * Since when a range is known to be missing, or a little later.
     *
     * @param range 0 and up.
     * @return ns.
     */
    public long sinceNs(int range) {
        return sincesNs[range];
    }
}

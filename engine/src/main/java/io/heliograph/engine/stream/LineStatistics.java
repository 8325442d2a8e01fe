// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

/**
 * What one line has done for a subscription, in messages: who won, who came late, who missed what.
 *
 * <p>{@code won} over all lines is the number of messages delivered. A message that a line brought after another line is
 * {@code lost} (the race); one that the same line brought again is a duplicate; one that it skipped is missing.
 *
 * <p><b>Thread:</b> one owner: the thread that polls.
 *
 * <p><b>Allocation:</b> none after construction.
 */
public final class LineStatistics {
    private final String name;
    private long next;
    private long laterNext;
    private long won;
    private long lost;
    private long duplicates;
    private long missing;
    private long leadCount;
    private long leadSumNs;
    private long leadMaxNs;

    LineStatistics(String name) {
        this.name = name;
    }

    /**
     * The line's name.
     *
     * @return A, B and so on.
     */
    public String name() {
        return name;
    }

    /**
     * Messages that this line brought first and that were delivered from it.
     *
     * @return messages.
     */
    public long won() {
        return won;
    }

    /**
     * Messages that this line brought after another one: the race was lost, nothing else.
     *
     * @return messages.
     */
    public long lost() {
        return lost;
    }

    /**
     * Messages that this line brought more than once.
     *
     * @return messages.
     */
    public long duplicates() {
        return duplicates;
    }

    /**
     * Messages that never came on this line, as far as what came behind them shows.
     *
     * @return messages.
     */
    public long missing() {
        return missing;
    }

    /**
     * How often the lead over another line was taken: once a duty cycle in which the stream moved on, not once a packet.
     *
     * @return samples.
     */
    public long leadCount() {
        return leadCount;
    }

    /**
     * By how much this line was ahead of the others when it won, on average; resolution is the duty cycle's length.
     *
     * @return ns; 0 without samples.
     */
    public long leadMeanNs() {
        return leadCount == 0 ? 0 : leadSumNs / leadCount;
    }

    /**
     * The greatest lead; resolution is the duty cycle's length.
     *
     * @return ns.
     */
    public long leadMaxNs() {
        return leadMaxNs;
    }

    /** The sequence that this line should bring next; 0 before its first packet. */
    long next() {
        return next;
    }

    /** A packet of which at least the end is new to the stream. */
    void onAhead(long sequence, long end) {
        if (sequence > next && next != 0) {
            missing += sequence - next;
        }
        if (end > next) {
            next = end;
        }
    }

    /** A packet with one message, which is delivered. */
    void onOne(long sequence) {
        won++;
        onAhead(sequence, sequence + 1);
    }

    /** A packet of which the stream has all. */
    void onBehind(long sequence, long end) {
        if (end > next) {
            if (sequence > next && next != 0) {
                missing += sequence - next;
            }
            next = end;
            lost += end - sequence;
        } else {
            duplicates += end - sequence;
        }
    }

    /** The line says what comes next, without bringing it: what it has not brought by now it never will. */
    void onNext(long sequence) {
        if (sequence > next) {
            if (next != 0) {
                missing += sequence - next;
            }
            next = sequence;
        }
    }

    /** Messages were delivered from a packet of this line, behind others that it brought too late. */
    void onDelivered(long delivered, long late) {
        won += delivered;
        lost += late;
    }

    /** What is left of a packet is delivered later, and then all before it counts as late, though it was not all late. */
    void onRestKept(long counted) {
        lost -= counted;
    }

    void onLead(long leadNs) {
        leadCount++;
        leadSumNs += leadNs;
        if (leadNs > leadMaxNs) {
            leadMaxNs = leadNs;
        }
    }

    /** A line has brought a packet of the epoch that follows, to be held, or known already. */
    void onLater(long sequence, long end, boolean isHeld) {
        if (end > laterNext) {
            missing += Math.max(0, sequence - laterNext);
            laterNext = end;
            lost += isHeld ? 0 : end - sequence;
        } else {
            duplicates += isHeld ? 0 : end - sequence;
        }
    }

    /** An epoch was heard of that follows. */
    void onLaterEpoch() {
        laterNext = 1;
    }

    /** The epoch that follows begins. */
    void onLaterBegun() {
        next = laterNext;
    }

    void onEpoch(long sequence) {
        next = sequence;
    }
}

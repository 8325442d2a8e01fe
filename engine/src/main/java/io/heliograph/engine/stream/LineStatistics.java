// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

/**
 * What one line has done for a subscription: who won, who came late and by how much, who lost what.
 *
 * <p>In messages: {@code won} over all lines is the number of messages delivered. A message that a line brought after another
 * line is {@code lost} (the race, nothing else); one that the same line brought again is a duplicate; one that it skipped is
 * missing: {@code lostOnlyHere} when another line brought it, {@code lostOnAll} when none did and a gap notice named it. On a
 * line with NAK the driver asks for a loss again and hides it until it is repaired: that is in {@code driverLostOctets} and
 * {@code repaired}.
 *
 * <p><b>Thread:</b> one owner: the thread that polls.
 *
 * <p><b>Allocation:</b> none after construction.
 */
public final class LineStatistics {
    private final String name;
    private final LostRanges lostRanges;
    private final boolean isReplay;
    private final LeadHistogram leads = new LeadHistogram();
    private long next;
    private long laterNext;
    /** The first sequence that the line is asked for in this epoch: what came before it joined is no loss of its own. */
    private long origin;

    private long won;
    private long packetsWon;
    private long lost;
    private long duplicates;
    private long missing;
    private long lostOnAll;
    private long lateNs;
    private long skewAlarms;
    private long driverLosses;
    private long driverLostOctets;
    private long octets;

    /**
     * @param name A, B and so on.
     * @param lostRanges what no line brought, over all lines.
     */
    LineStatistics(String name, LostRanges lostRanges) {
        this(name, lostRanges, false);
    }

    private LineStatistics(String name, LostRanges lostRanges, boolean isReplay) {
        this.name = name;
        this.lostRanges = lostRanges;
        this.isReplay = isReplay;
    }

    /** Of what was fetched: pieces of the stream, between which nothing is missing. */
    static LineStatistics ofReplay(LostRanges lostRanges) {
        return new LineStatistics(GapRepair.LINE, lostRanges, true);
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
     * Data packets of this line from which at least one message was delivered.
     *
     * @return packets.
     */
    public long packetsWon() {
        return packetsWon;
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
     * Of the missing, those that another line has brought, or that are still waited for.
     *
     * @return messages.
     */
    public long lostOnlyHere() {
        return Math.max(0, missing - lostOnAll);
    }

    /**
     * Of the missing, those that no line has brought in time: a gap notice named them.
     *
     * @return messages.
     */
    public long lostOnAll() {
        return lostOnAll;
    }

    /**
     * How often the driver found a hole in what this line brings, as its loss report says. It asks for a hole again on a line
     * with NAK only; there arbitration never sees it.
     *
     * @return holes since the line was joined; 0 where the driver has no report.
     */
    public long driverLosses() {
        return driverLosses;
    }

    /**
     * How much was missing in these holes, with all headers.
     *
     * @return octets; 0 where the driver has no report.
     */
    public long driverLostOctets() {
        return driverLostOctets;
    }

    /**
     * Messages that were lost on this line at first and that NAK has brought, or is still asking for. An estimate: the driver
     * counts octets, of which a message takes as many as on average on this line.
     *
     * @return messages; 0 on a line without NAK.
     */
    public long repaired() {
        return octets == 0 ? 0 : Math.round((double) driverLostOctets * (won + lost + duplicates) / octets);
    }

    /**
     * The share of this line's messages that did not come when they were first sent, whoever made good for them.
     *
     * @return 0 to 1; 0 before the first message.
     */
    public double lossShare() {
        // What was repaired is among what the line brought.
        long sent = won + lost + missing;
        return sent == 0 ? 0 : Math.min(1.0, (double) (missing + repaired()) / sent);
    }

    /**
     * By how much this line was ahead of another one when it won: taken every few milliseconds in which the stream moves on, not
     * once a packet; resolution is the duty cycle's length.
     *
     * @return live figures.
     */
    public LeadHistogram leads() {
        return leads;
    }

    /**
     * How often the lead over another line was taken.
     *
     * @return samples.
     */
    public long leadCount() {
        return leads.count();
    }

    /**
     * By how much this line was ahead of the others when it won, on average; resolution is the duty cycle's length.
     *
     * @return ns; 0 without samples.
     */
    public long leadMeanNs() {
        return leads.meanNs();
    }

    /**
     * The greatest lead; resolution is the duty cycle's length.
     *
     * @return ns.
     */
    public long leadMaxNs() {
        return leads.maxNs();
    }

    /**
     * By how much this line is constantly later than another one, as long as that is beyond the bound (the skew alarm).
     *
     * @return ns; 0 within the bound.
     */
    public long lateNs() {
        return lateNs;
    }

    /**
     * How often the skew alarm was raised for this line.
     *
     * @return times.
     */
    public long skewAlarms() {
        return skewAlarms;
    }

    /** The sequence that this line should bring next; 0 before its first packet. */
    long next() {
        return next;
    }

    /** A packet of which at least the end is new to the stream. */
    void onAhead(long sequence, long end) {
        if (sequence != next) {
            onJump(sequence);
        }
        if (end > next) {
            next = end;
        }
    }

    /** A packet with one message, which is delivered. */
    void onOne(long sequence) {
        won++;
        packetsWon++;
        onAhead(sequence, sequence + 1);
    }

    /** A packet of which the stream has all. */
    void onBehind(long sequence, long end) {
        if (end > next) {
            if (sequence != next) {
                onJump(sequence);
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
            onJump(sequence);
            next = sequence;
        }
    }

    private void onJump(long sequence) {
        if (next == 0) {
            origin = sequence;
        } else if (sequence > next && !isReplay) {
            missing += sequence - next;
            lostOnAll += lostRanges.within(next, sequence);
        }
    }

    /** No line has brought the messages before {@code end}: what this one has passed of them it lacks, too. */
    void onGivenUp(long first, long end) {
        lostOnAll += isReplay ? 0 : Math.max(0, Math.min(next, end) - Math.max(first, origin));
    }

    /** Messages were delivered from a packet of this line, behind others that it brought too late. */
    void onDelivered(long delivered, long late) {
        won += delivered;
        lost += late;
    }

    /** A packet of this line was delivered, or what was new of it. */
    void onPacketWon() {
        packetsWon++;
    }

    /** What is left of a packet is delivered later, and then all before it counts as late, though it was not all late. */
    void onRestKept(long counted) {
        lost -= counted;
    }

    void onLead(long leadNs) {
        leads.record(leadNs);
    }

    /** The line is constantly so much later than another; 0: it is not. */
    void onLate(long ns) {
        skewAlarms += lateNs == 0 && ns > 0 ? 1 : 0;
        lateNs = ns;
    }

    /** What the driver says: holes, octets missing in them, and octets that the line has brought; those 0 without NAK. */
    void onDriverLosses(long holes, long lostOctets, long broughtOctets) {
        driverLosses = holes;
        driverLostOctets = lostOctets;
        octets = broughtOctets;
    }

    /** A line has brought a packet of the epoch that follows, to be held, or known already. */
    void onLater(long sequence, long end, boolean isHeld) {
        if (end > laterNext) {
            missing += isReplay ? 0 : Math.max(0, sequence - laterNext);
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
        origin = sequence;
    }
}

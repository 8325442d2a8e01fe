// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.recovery;

/**
 * A piece of what is missing, all of which has fared alike: who lacks it, who is asked for it, when to ask again.
 *
 * <p><b>Thread:</b> one owner: the thread that runs the recovery.
 */
final class Segment {
    static final long NOT_ASKED = 0;

    final long epoch;
    final long first;
    final long end;
    final long sinceNs;
    /** A bit for each source that has said that it has nothing of it. */
    long lacks;

    /** The ask that is out for it, or {@link #NOT_ASKED}. */
    long ask = NOT_ASKED;

    long notBeforeNs;
    int attempts;
    /** Whether it was handed on, and it is not known so far that the subscription has taken it. */
    boolean isOnItsWay;
    /** Whether it was said that nobody has it. */
    boolean isHopeless;

    Segment(long epoch, long first, long end, long sinceNs, long nowNs) {
        this.epoch = epoch;
        this.first = first;
        this.end = end;
        this.sinceNs = sinceNs;
        this.notBeforeNs = nowNs;
    }

    /** The part of it between two places, with the same past. */
    Segment part(long from, long to) {
        if (from <= first && to >= end) {
            return this;
        }
        Segment part = new Segment(epoch, Math.max(first, from), Math.min(end, to), sinceNs, notBeforeNs);
        part.lacks = lacks;
        part.ask = ask;
        part.attempts = attempts;
        part.isHopeless = isHopeless;
        part.isOnItsWay = isOnItsWay;
        return part;
    }

    boolean overlaps(long from, long to) {
        return first < to && from < end;
    }
}

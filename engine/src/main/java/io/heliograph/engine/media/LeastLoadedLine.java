// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.media;

import io.heliograph.config.Stream;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One line, on the NIC that has least to send, by what the kernel has counted in the last second.
 *
 * <p>A stream moves when that makes the busier of the two NICs less busy by a fifth at least: when the loads differ by more
 * than its own share and a fifth of the busier NIC's. That has to stand for a while, which is another for each stream and
 * each time, so that streams move one by one and each sees what the one before has changed. Where a stream starts, and where
 * nobody states loads, the heaviest NIC by rendezvous hash is taken, as with {@link HashedLine}.
 *
 * <p><b>Thread:</b> one owner: the publication's thread.
 *
 * <p><b>Allocation:</b> none after construction.
 */
final class LeastLoadedLine implements LineChoice {
    /** Loads are told for a second, and a move takes one: what is younger than that is not what is. */
    private static final long SETTLED_NS = TimeUnit.SECONDS.toNanos(3);

    /** The waiting time is drawn from so much: so many streams of a host can move, one by one. */
    private static final long SPREAD_NS = TimeUnit.SECONDS.toNanos(12);

    /** A fifth of the busier NIC's load has to be gained. */
    private static final long HYSTERESIS = 5;

    private final HashedLine start;
    private final int linesId;
    private long attempts;
    private long last;
    private boolean isWaiting;
    private long sinceNs;
    private long waitNs;

    LeastLoadedLine(int streamId, List<String> nics) {
        this(new HashedLine(streamId, nics), streamId);
    }

    private LeastLoadedLine(HashedLine start, int linesId) {
        this.start = start;
        this.linesId = linesId;
    }

    static LeastLoadedLine of(Stream stream, List<String> nics) {
        return new LeastLoadedLine(HashedLine.of(stream, nics), stream.linesId());
    }

    @Override
    public long sends(long healthy) {
        return start.sends(healthy);
    }

    @Override
    public long sends(long healthy, long current, LineLoads loads, long nowNs) {
        last = next(healthy, current, loads, nowNs);
        return last;
    }

    /** While a move overlaps, the stream is on two lines: at home where it goes to. */
    private long next(long healthy, long current, LineLoads loads, long nowNs) {
        long home = healthy & current;
        if (home == 0) {
            isWaiting = false;
            return least(healthy, loads);
        }
        long from = (home & last) == 0 ? Long.lowestOneBit(home) : last;
        long to = least(healthy, loads);
        if (!isWorthIt(from, to, loads)) {
            isWaiting = false;
            return from;
        }
        if (!isWaiting) {
            isWaiting = true;
            sinceNs = nowNs;
            waitNs = SETTLED_NS + Long.remainderUnsigned(HashedLine.mix(linesId * 31L + attempts), SPREAD_NS);
        }
        if (nowNs - sinceNs < waitNs) {
            return from;
        }
        isWaiting = false;
        attempts++;
        return to;
    }

    @Override
    public long joins(long present, long healthy, Joiner joiner) {
        return present;
    }

    @Override
    public String summary(String bond) {
        return "on one NIC of bond " + bond
                + ": where a publisher starts by a hash of its " + start.basis() + ", then the one with least to"
                + " send; a subscriber joins every line";
    }

    @Override
    public String why(int index) {
        return start.why(index);
    }

    private boolean isWorthIt(long from, long to, LineLoads loads) {
        long busy = load(from, loads);
        long free = load(to, loads);
        return from != to && busy >= 0 && free >= 0 && loads.own() > 0 && busy - free > loads.own() + busy / HYSTERESIS;
    }

    /** The least loaded; where nobody says it of all of them, or several have the same, the one by hash. */
    private long least(long healthy, LineLoads loads) {
        long hashed = start.sends(healthy);
        long best = hashed;
        for (long rest = healthy; rest != 0; rest &= rest - 1) {
            long line = Long.lowestOneBit(rest);
            long load = load(line, loads);
            if (load < 0) {
                return hashed;
            }
            best = load < load(best, loads) ? line : best;
        }
        return best;
    }

    private static long load(long line, LineLoads loads) {
        return loads.of(Long.numberOfTrailingZeros(line));
    }
}

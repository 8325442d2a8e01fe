// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

import org.agrona.DirectBuffer;

/**
 * The line that a {@link GapRepair} is: tells it what is missing, and brings its answers. While all lines are silent it is followed,
 * because nobody else would say that the stream has gone on: the rest of an epoch, or further ones.
 *
 * <p><b>Thread:</b> one owner: the thread that polls.
 *
 * <p><b>Allocation:</b> none after construction.
 */
final class RepairLine implements GapRepair.Answers {
    /** Packets a duty cycle: a tenth of a millisecond's work, so that lines are not left alone for longer. */
    private static final int LIMIT = 64;

    private static final long INTERVAL_NS = 250_000;

    /** A gap that is closed sooner was one line before another. */
    private static final long RECOVERING_NS = 5_000_000;

    /** A look at what waits costs some ns a packet; so it takes a twentieth of the time at most. */
    private static final long INTERVAL_PER_PACKET_NS = 64;

    private final GapRepair repair;
    private final int line;
    private final Arbiter arbiter;
    private final ReorderWindow window;
    private final Gaps gaps;
    private final EpochChange epochs;
    private final CatchUp catchUp;
    private final QualityWatch watch;
    private final MissingRanges missing = new MissingRanges();
    private final boolean hasPast;
    private boolean isTold;
    private long toldNs;
    private boolean wasMissing;
    private boolean isGap;
    private long gapNs;

    RepairLine(
            GapRepair repair,
            Arbiter arbiter,
            ReorderWindow window,
            Gaps gaps,
            EpochChange epochs,
            CatchUp catchUp,
            QualityWatch watch) {
        this.repair = repair;
        this.line = arbiter.statistics().lines().length;
        this.arbiter = arbiter;
        this.window = window;
        this.gaps = gaps;
        this.epochs = epochs;
        this.catchUp = catchUp;
        this.watch = watch;
        this.hasPast = repair.hasPast();
    }

    /** A duty cycle is over: takes what has come, and tells what is missing; how many answers there were. */
    int onCycle(long nowNs) {
        int answers = repair.poll(this, LIMIT);
        if (catchUp.isOn() && catchUp.isOver(arbiter.nextSequence(), nowNs)) {
            gaps.onCaughtUp(nowNs);
        }
        if (hasPast && watch.isSilent() && !catchUp.isOn() && !gaps.isOpen() && arbiter.epoch() >= epochs.following()) {
            follow();
        }
        boolean isMissing = gaps.isOpen() || catchUp.isOn() || arbiter.epoch() < epochs.following() || !isJoined();
        if (!isMissing && !wasMissing) {
            return answers;
        }
        if (gaps.isOpen() && !isGap) {
            gapNs = nowNs;
        }
        isGap = gaps.isOpen();
        watch.onRepair(catchUp.isOn(), isGap && nowNs - gapNs >= RECOVERING_NS);
        if (isDue(nowNs)) {
            isTold = true;
            toldNs = nowNs;
            // That nothing is missing any longer is said until it is heard.
            wasMissing = !tell(nowNs) || isMissing;
        }
        return answers;
    }

    @Override
    public void onPacket(DirectBuffer buffer, int offset, int length) {
        arbiter.onPacket(line, buffer, offset, length);
    }

    @Override
    public void onNobodyHas(long epoch, long first, long end) {
        if (epoch == arbiter.epoch() && end > arbiter.nextSequence()) {
            if (catchUp.isOn() && end != MissingRanges.UNKNOWN_END) {
                arbiter.onKnown(end);
            }
            gaps.onHopeless(first, end);
        }
    }

    @Override
    public void onBegin(long epoch, long sequence) {
        if (!isJoined()) {
            arbiter.beginEpoch(epoch, sequence);
            watch.onHeard();
            follow();
        }
    }

    private void follow() {
        catchUp.begin();
        gaps.onCatchUp();
    }

    @Override
    public void onEpoch(long epoch) {
        if (isJoined() && catchUp.isOn() && epoch > arbiter.epoch()) {
            epochs.leaveFor(epoch);
        }
    }

    private boolean isJoined() {
        return arbiter.epoch() != Arbiter.NULL_EPOCH;
    }

    private boolean isDue(long nowNs) {
        return !isTold || nowNs - toldNs >= INTERVAL_NS + window.size() * INTERVAL_PER_PACKET_NS;
    }

    private boolean tell(long nowNs) {
        missing.begin(arbiter.epoch(), arbiter.nextSequence(), catchUp.isOn());
        missing.live(catchUp.liveEpoch(), catchUp.liveNext());
        if (isJoined() && !catchUp.isOn()) {
            addRanges(nowNs);
        }
        return repair.onMissing(missing, nowNs);
    }

    private void addRanges(long nowNs) {
        long epoch = arbiter.epoch();
        long reached = arbiter.nextSequence();
        boolean isRoom = true;
        for (int i = 0; i < window.size() && isRoom && window.epochAt(i) <= epoch; i++) {
            if (window.epochAt(i) == epoch) {
                isRoom = add(reached, window.sequenceAt(i), window.arrivalNsAt(i));
                reached = Math.max(reached, window.endAt(i));
            }
        }
        isRoom = isRoom && add(reached, gaps.announced(), nowNs);
        reached = Math.max(reached, gaps.announced());
        if (isRoom && epochs.following() > epoch && !arbiter.isEnded()) {
            add(reached, MissingRanges.UNKNOWN_END, nowNs);
        }
    }

    private boolean add(long first, long end, long sinceNs) {
        return first >= end || gaps.isHopeless(first, end) || missing.add(first, end, sinceNs);
    }
}

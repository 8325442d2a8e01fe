// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

/**
 * Ends an epoch and goes on to the one that follows.
 *
 * <p><b>Thread:</b> one owner: the thread that polls.
 *
 * <p><b>Allocation:</b> none after construction.
 */
final class EpochChange {
    private final Arbiter arbiter;
    private final ReorderWindow window;
    private final Gaps gaps;
    private final LaterEpoch later;
    private final CatchUp catchUp;
    private final long budgetNs;
    private final StreamListener listener;

    /**
     * @param arbiter delivers, and begins the epoch.
     * @param window holds what came of the next one.
     * @param gaps of the epoch that is left.
     * @param later knows the epoch that follows.
     * @param catchUp whether a replay is followed.
     * @param budgetNs how long an epoch that was followed by another is waited for, ns.
     * @param listener told when it is left without its end.
     */
    EpochChange(
            Arbiter arbiter,
            ReorderWindow window,
            Gaps gaps,
            LaterEpoch later,
            CatchUp catchUp,
            long budgetNs,
            StreamListener listener) {
        this.arbiter = arbiter;
        this.window = window;
        this.gaps = gaps;
        this.later = later;
        this.catchUp = catchUp;
        this.budgetNs = budgetNs;
        this.listener = listener;
    }

    /** A duty cycle is over: leaves an epoch that has ended, or was waited for long enough; 1 if so, else 0. */
    int onCycle(long nowNs) {
        long epoch = arbiter.epoch();
        if (later.epoch() > epoch && isDue(epoch, nowNs)) {
            leave();
            return 1;
        }
        return 0;
    }

    /** A replay that is followed says itself when the next epoch has its turn: lines know nothing of those between. */
    private boolean isDue(long epoch, long nowNs) {
        return gaps.isTailHopeless() || (!catchUp.isOn() && (arbiter.isEnded() || later.isDue(epoch, nowNs, budgetNs)));
    }

    /** Goes on to the next epoch that is known; one that did not end is closed by notices of all that it still lacks. */
    void leave() {
        close();
        enter(window.isEmpty() ? later.epoch() : Math.min(later.epoch(), window.headEpoch()));
    }

    /** Goes on to an epoch that a replay brings next, whatever is known of later ones. */
    void leaveFor(long next) {
        close();
        enter(next);
    }

    /** The highest epoch that was heard of. */
    long following() {
        return later.epoch();
    }

    private void close() {
        long left = arbiter.epoch();
        gaps.giveUpAll();
        if (!arbiter.isEnded()) {
            arbiter.statistics().gaps++;
            listener.onGap(left, arbiter.nextSequence(), StreamListener.UNKNOWN_END);
        }
        while (!window.isEmpty() && window.headEpoch() <= left) {
            window.removeHead();
        }
    }

    private void enter(long next) {
        arbiter.beginEpoch(next, 1);
        if (next == later.epoch()) {
            resume();
        }
        gaps.settle();
    }

    /** What the epoch that begins has announced while the one before was waited for. */
    private void resume() {
        later.begin();
        arbiter.onKnown(later.announced());
        if (later.end() >= Math.max(later.announced(), window.endOf(arbiter.epoch()))) {
            arbiter.endAt(later.end());
        }
    }
}

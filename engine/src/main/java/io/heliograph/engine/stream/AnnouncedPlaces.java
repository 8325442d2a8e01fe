// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

/**
 * What lines say of how far the current epoch has come, and where it ends, without bringing it.
 *
 * <p><b>Thread:</b> one owner: the thread that polls.
 *
 * <p><b>Allocation:</b> none after construction.
 */
final class AnnouncedPlaces {
    private final Arbiter arbiter;
    private final EarlyPackets early;
    private final Gaps gaps;
    private final ReorderWindow window;
    private final Refusals refusals;
    private final CatchUp catchUp;

    /**
     * @param arbiter knows how far the stream has come.
     * @param early says whether what is far ahead is believed.
     * @param gaps of the epoch.
     * @param window holds what came ahead.
     * @param refusals counts what cannot be true.
     * @param catchUp follows a replay: then what is announced is how far the lines are, and not missing.
     */
    AnnouncedPlaces(
            Arbiter arbiter, EarlyPackets early, Gaps gaps, ReorderWindow window, Refusals refusals, CatchUp catchUp) {
        this.arbiter = arbiter;
        this.early = early;
        this.gaps = gaps;
        this.window = window;
        this.refusals = refusals;
        this.catchUp = catchUp;
    }

    /** A line says what to expect next; false when that cannot be true. */
    boolean onAnnounced(int line, long sequence) {
        long endOfEpoch = arbiter.endOfEpoch();
        if (endOfEpoch != 0 && sequence > endOfEpoch) {
            refusals.refuse(line, DropReason.IMPLAUSIBLE);
            return false;
        }
        if (catchUp.isOn()) {
            return isReached(line, sequence);
        }
        if (!early.isBelieved(line, sequence, sequence)) {
            return false;
        }
        arbiter.line(line).onNext(sequence);
        arbiter.onKnown(sequence);
        return true;
    }

    /** The epoch ends before {@code sequence}. */
    void onEnd(int line, long sequence) {
        if (sequence < arbiter.nextSequence()
                || sequence < gaps.announced()
                || sequence < window.endOf(arbiter.epoch())) {
            refusals.refuse(line, DropReason.IMPLAUSIBLE);
            return;
        }
        boolean isBehind = catchUp.isOn();
        if (onAnnounced(line, sequence) || (isBehind && early.isBelieved(line, sequence, sequence))) {
            arbiter.endAt(sequence);
            early.refuseClaim();
            gaps.settle();
        }
    }

    /** A line speaks of the stream, and it is not known so far where to begin. */
    void onUnjoined(long epoch, long sequence) {
        catchUp.onLive(epoch, sequence);
    }

    /** Behind a replay: whether what is announced was delivered. What the lines announce ahead is not missing. */
    private boolean isReached(int line, long sequence) {
        boolean isReached = sequence <= arbiter.nextSequence();
        if (arbiter.statistics().isLive(line)) {
            if (isReached) {
                catchUp.onReached();
            } else {
                catchUp.onLive(arbiter.epoch(), sequence);
            }
        }
        return isReached;
    }
}

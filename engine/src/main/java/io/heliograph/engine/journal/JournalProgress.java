// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.journal;

import java.util.concurrent.atomic.AtomicLong;

/**
 * What the appending thread and the keeper's tell each other.
 *
 * <p><b>Thread:</b> single writer for each: the appending thread ({@link #onAppended}, release) and the keeper ({@link #onSynced},
 * {@link #stop}, {@link #goOn}); read by any.
 *
 * <p><b>Allocation:</b> none.
 */
final class JournalProgress {
    private final AtomicLong appendedNext = new AtomicLong(1);
    private final AtomicLong cycle = new AtomicLong(-1);
    private final AtomicLong position = new AtomicLong();
    private final AtomicLong syncedNext = new AtomicLong();
    private volatile String stopped = "";

    /** Release: who sees the sequence finds its record. */
    void onAppended(long next, int inCycle, long atPosition) {
        appendedNext.lazySet(next);
        position.lazySet(atPosition);
        cycle.lazySet(inCycle);
    }

    /** How far the cycle's file is written, octets. */
    long position() {
        return position.get();
    }

    long appendedNext() {
        return appendedNext.get();
    }

    int cycle() {
        return (int) cycle.get();
    }

    void onSynced(long next) {
        syncedNext.set(next);
    }

    /** Everything before it is on the disk; 0 where nobody brings it there. */
    long syncedNext() {
        return syncedNext.get();
    }

    void stop(String why) {
        stopped = why;
    }

    void goOn() {
        stopped = "";
    }

    /** Why nothing is appended; empty while it is. */
    String stopped() {
        return stopped;
    }
}

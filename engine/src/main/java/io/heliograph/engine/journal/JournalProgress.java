// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.journal;

import java.util.concurrent.atomic.AtomicLong;

/**
 * What the appending thread and the keepers tell each other.
 *
 * <p><b>Thread:</b> single writer for each: the appending thread ({@link #onAppended}), who syncs ({@link #onSynced}), and the keeper
 * ({@link #stop}, {@link #goOn}); read by any.
 *
 * <p><b>Allocation:</b> none but in {@link #appended}.
 */
final class JournalProgress {
    /** Odd while an epoch begins: then {@link #epoch} and {@link #next} do not go together. */
    private final AtomicLong version = new AtomicLong();

    private final AtomicLong epoch = new AtomicLong(JournalEnd.NULL_EPOCH);
    private final AtomicLong next = new AtomicLong(1);
    private final AtomicLong cycle = new AtomicLong(-1);
    private final AtomicLong position = new AtomicLong();
    private final AtomicLong syncedEpoch = new AtomicLong(JournalEnd.NULL_EPOCH);
    private final AtomicLong syncedNext = new AtomicLong();
    private volatile String stopped = "";

    /**
     * How far the journal has come.
     *
     * @param cycle in which the last message is, or a later one; -1: none of this appender's.
     * @param epoch of it.
     * @param next the sequence behind it.
     */
    record Appended(int cycle, long epoch, long next) {}

    /** The cycle first: who sees the sequence finds its record in that cycle or an earlier one. */
    void onAppended(long inEpoch, long nextSequence, int inCycle, long atPosition) {
        position.lazySet(atPosition);
        cycle.lazySet(inCycle);
        if (inEpoch == epoch.get()) {
            next.lazySet(nextSequence);
        } else {
            version.incrementAndGet();
            epoch.set(inEpoch);
            next.set(nextSequence);
            version.incrementAndGet();
        }
    }

    /** How far the cycle's file is written, octets. */
    long position() {
        return position.get();
    }

    int cycle() {
        return (int) cycle.get();
    }

    /** All of it at one moment. */
    Appended appended() {
        while (true) {
            long before = version.get();
            long seenEpoch = epoch.get();
            long seenNext = next.get();
            int seenCycle = (int) cycle.get();
            if ((before & 1) == 0 && version.get() == before) {
                return new Appended(seenCycle, seenEpoch, seenNext);
            }
            Thread.onSpinWait();
        }
    }

    void onSynced(Appended all) {
        if (all.epoch() != syncedEpoch.get()) {
            syncedNext.set(0);
            syncedEpoch.set(all.epoch());
        }
        syncedNext.set(all.next());
    }

    /** Everything of an epoch before it is on the disk; 0 where nobody brings it there, or has not so far. */
    long syncedNext(long ofEpoch) {
        return syncedEpoch.get() == ofEpoch ? syncedNext.get() : 0;
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

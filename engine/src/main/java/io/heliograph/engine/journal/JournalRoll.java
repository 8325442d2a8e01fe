// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.journal;

import net.openhft.chronicle.queue.RollCycle;
import net.openhft.chronicle.queue.rollcycles.RollCycleArithmetic;

/**
 * How the queue calls its files: by the second in which each was begun. When one ends, the {@link JournalClock} says.
 *
 * <p><b>Thread:</b> immutable.
 */
final class JournalRoll implements RollCycle {
    static final String FORMAT = "yyyyMMdd-HHmmss";
    private static final int INDEX_COUNT = 8 << 10;

    /** 2 thousand million records in a file at most. */
    private final RollCycleArithmetic arithmetic = RollCycleArithmetic.of(INDEX_COUNT, Place.SPACING);

    @Override
    public String format() {
        return FORMAT;
    }

    @Override
    public int lengthInMillis() {
        return (int) Cycles.UNIT_MS;
    }

    @Override
    public int defaultIndexCount() {
        return arithmetic.indexCount();
    }

    @Override
    public int defaultIndexSpacing() {
        return arithmetic.indexSpacing();
    }

    @Override
    public long toIndex(int cycle, long sequenceNumber) {
        return arithmetic.toIndex(cycle, sequenceNumber);
    }

    @Override
    public long toSequenceNumber(long index) {
        return arithmetic.toSequenceNumber(index);
    }

    @Override
    public int toCycle(long index) {
        return arithmetic.toCycle(index);
    }

    @Override
    public long maxMessagesPerCycle() {
        return arithmetic.maxMessagesPerCycle();
    }
}

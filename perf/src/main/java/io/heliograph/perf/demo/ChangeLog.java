// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.demo;

import org.agrona.collections.LongArrayList;
import org.jspecify.annotations.Nullable;

/**
 * All changes of best prices as one number, so that millions of them can be compared: a running hash, kept at every
 * {@value #STEP}th change to say where two logs part.
 *
 * <p><b>Thread:</b> one owner.
 */
final class ChangeLog {
    private static final int STEP = 256;
    private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

    private final LongArrayList hashes = new LongArrayList();
    private final LongArrayList sequences = new LongArrayList();
    private long hash;
    private long count;
    private long lastSequence;
    private boolean isResumed;

    /** A change: prices in 1/10000 dollar. */
    void add(long sequence, int locate, long bidPrice, long bidSize, long askPrice, long askSize) {
        hash = mix(mix(mix(mix(mix(mix(hash, sequence), locate), bidPrice), bidSize), askPrice), askSize);
        lastSequence = sequence;
        if (++count % STEP == 0) {
            hashes.addLong(hash);
            sequences.addLong(sequence);
        }
    }

    /** Goes on where another one has come to, of which only the end is known. */
    void resume(long atCount, long atHash, long atSequence) {
        isResumed = true;
        count = atCount;
        hash = atHash;
        lastSequence = atSequence;
    }

    /** The message of the last change; 0 before the first. */
    long lastSequence() {
        return lastSequence;
    }

    long count() {
        return count;
    }

    long hash() {
        return hash;
    }

    /** Where the other log parts from this one, in words; null where both are the same. */
    @Nullable
    String differenceTo(ChangeLog other) {
        if (count == other.count && hash == other.hash) {
            return null;
        }
        int step = 0;
        boolean isLocated = !isResumed && !other.isResumed;
        int steps = isLocated ? Math.min(hashes.size(), other.hashes.size()) : 0;
        while (step < steps && hashes.getLong(step) == other.hashes.getLong(step)) {
            step++;
        }
        long from = step == 0 ? 1 : sequences.getLong(step - 1);
        long to = isLocated && step < sequences.size()
                ? sequences.getLong(step)
                : Math.max(lastSequence, other.lastSequence);
        return "changes of best prices: " + count + " and " + other.count + ", different between messages " + from
                + " and " + to;
    }

    private static long mix(long hash, long value) {
        long mixed = (hash ^ value) * MULTIPLIER;
        return mixed ^ mixed >>> 29;
    }
}

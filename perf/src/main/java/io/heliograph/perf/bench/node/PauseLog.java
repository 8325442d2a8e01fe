// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.bench.node;

/**
 * When a thread that should never stand still stood still: between two of its looks at the clock more time passed than its
 * own work takes. That is the scheduler, the hypervisor or a collection, not the code under test.
 *
 * <p><b>Thread:</b> one owner: the spinning thread.
 *
 * <p><b>Allocation:</b> none after construction, but for {@link #intervals}.
 */
final class PauseLog {
    /** A turn of the duty cycle takes up to some 50 us, with several datagrams sent or received. */
    static final long THRESHOLD_NS = 250_000L;

    private static final int CAPACITY = 4_096;

    private final long[] starts = new long[CAPACITY];
    private final long[] ends = new long[CAPACITY];
    private int count;
    private long lastNs;
    private long longestNs;

    /** A round begins. */
    void begin(long nowNs) {
        count = 0;
        longestNs = 0;
        lastNs = nowNs;
    }

    /** The thread looks at the clock. */
    void tick(long nowNs) {
        long passedNs = nowNs - lastNs;
        if (passedNs > longestNs) {
            longestNs = passedNs;
        }
        if (passedNs > THRESHOLD_NS && count < CAPACITY) {
            starts[count] = lastNs;
            ends[count] = nowNs;
            count++;
        }
        lastNs = nowNs;
    }

    long longestNs() {
        return longestNs;
    }

    /** The pauses as {@code start:end,start:end}, ns of the monotonic clock. */
    String intervals() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(i == 0 ? "" : ",").append(starts[i]).append(':').append(ends[i]);
        }
        return text.toString();
    }
}

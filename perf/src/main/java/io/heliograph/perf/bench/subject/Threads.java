// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.bench.subject;

import java.util.Locale;

/** Who runs the media driver of a benchmark's process. <b>Thread:</b> immutable. */
public enum Threads {
    /** The working thread itself: the lowest latency where cores are few. */
    INVOKED,
    /** One thread for sender and receiver, one for the conductor. */
    SHARED_NETWORK,
    /** A thread each for sender, receiver and conductor: the highest throughput. */
    DEDICATED;

    /**
     * The name that rows of results show.
     *
     * @return for example {@code shared-network}.
     */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * The one with a label.
     *
     * @param label as {@link #label} gives it.
     * @return the threads.
     */
    public static Threads of(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** What the current thread allocates. */
final class AllocatedOctets {
    private static final int WARM_UPS = 5;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private AllocatedOctets() {}

    /** The least that several runs of some work allocate: the first ones warm up, and a compiler may allocate beside. */
    static long of(Runnable work) {
        long least = Long.MAX_VALUE;
        long thread = Thread.currentThread().getId();
        for (int i = 0; i < WARM_UPS && least != 0; i++) {
            long before = THREADS.getThreadAllocatedBytes(thread);
            work.run();
            least = Math.min(least, THREADS.getThreadAllocatedBytes(thread) - before);
        }
        return least;
    }
}

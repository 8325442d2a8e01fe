// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.testkit;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/**
 * What the current thread allocates.
 *
 * <p><b>Thread:</b> any thread.
 */
public final class AllocatedOctets {
    private static final int WARM_UPS = 5;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private AllocatedOctets() {}

    /**
     * The least that several runs of some work allocate: the first ones warm up, and the JVM itself allocates now and then
     * on a thread, when it links or compiles anew. What the work allocates, it allocates in every run.
     *
     * @param work at least 100,000 calls of what is looked at.
     * @return octets.
     */
    public static long of(Runnable work) {
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

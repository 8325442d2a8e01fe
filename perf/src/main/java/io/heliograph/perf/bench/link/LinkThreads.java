// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.bench.link;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;

/** The threads of a bridge's link half in this process: egress, links, ingress. <b>Thread:</b> any. */
final class LinkThreads {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private LinkThreads() {}

    /** What they have had of the cores so far, ns. */
    static long cpuNs() {
        long cpuNs = 0;
        for (ThreadInfo thread : THREADS.getThreadInfo(THREADS.getAllThreadIds())) {
            if (thread != null && isOne(thread.getThreadName())) {
                cpuNs += Math.max(0, THREADS.getThreadCpuTime(thread.getThreadId()));
            }
        }
        return cpuNs;
    }

    private static boolean isOne(String name) {
        return name.startsWith("bridge-") || name.startsWith("link");
    }
}

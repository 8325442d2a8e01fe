// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.bench.node;

import com.sun.management.ThreadMXBean;
import io.heliograph.perf.bench.control.ControlLine;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the threads of a joiner's process have had of the cores at a moment, what its recovery has allocated, and the memory off the
 * heap.
 *
 * <p><b>Thread:</b> immutable.
 *
 * @param cpuNs by role.
 * @param allocatedBytes of the thread that recovers.
 * @param directBytes off the heap.
 */
record ThreadFigures(Map<String, Long> cpuNs, long allocatedBytes, long directBytes) {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    static ThreadFigures now() {
        Map<String, Long> cpuNs = new TreeMap<>();
        long allocated = 0;
        for (ThreadInfo thread : THREADS.getThreadInfo(THREADS.getAllThreadIds())) {
            if (thread == null) {
                continue;
            }
            String role = role(thread.getThreadName());
            cpuNs.merge(role, Math.max(0, THREADS.getThreadCpuTime(thread.getThreadId())), Long::sum);
            allocated += role.equals("recovery") ? THREADS.getThreadAllocatedBytes(thread.getThreadId()) : 0;
        }
        long direct = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
        return new ThreadFigures(cpuNs, allocated, direct);
    }

    private static String role(String thread) {
        if (thread.equals("main")) {
            return "joiner";
        }
        if (thread.startsWith("recovery")) {
            return "recovery";
        }
        return thread.equals("publisher") || thread.equals("journal") ? thread : "others";
    }

    ControlLine since(ThreadFigures before, ControlLine line) {
        for (String role : new String[] {"joiner", "recovery", "journal", "publisher", "others"}) {
            line.with(role + "CpuNs", cpuNs.getOrDefault(role, 0L) - before.cpuNs.getOrDefault(role, 0L));
        }
        return line.with("allocated", allocatedBytes - before.allocatedBytes)
                .with("direct", directBytes - before.directBytes);
    }
}

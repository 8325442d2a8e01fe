// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.bench.node;

import io.heliograph.perf.bench.control.ControlLine;
import io.heliograph.perf.bench.subject.MessageSink;
import io.heliograph.perf.bench.subject.Receiver;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.SystemNanoClock;

/**
 * Counts what is delivered in a fixed time, after a warm-up that begins with the first message; checks that the messages'
 * numbers follow each other.
 *
 * <p><b>Thread:</b> the process's main thread.
 */
final class FlatOutReceiving implements NodeWork, MessageSink {
    private static final int CLOCK_EVERY = 64;
    private static final long FIRST_MESSAGE_NS = 30_000_000_000L;

    private final SystemNanoClock clock = SystemNanoClock.INSTANCE;
    private final Receiver receiver;
    private long last;
    private long count;
    private long breaks;

    FlatOutReceiving(Receiver receiver) {
        this.receiver = receiver;
    }

    @Override
    public void onMessage(DirectBuffer buffer, int offset, int length) {
        long number = buffer.getLong(offset);
        if (number != last + 1 && count > 0) {
            breaks++;
        }
        last = number;
        count++;
    }

    @Override
    public ControlLine run(ControlLine settings, StopSignal stop) {
        last = 0;
        count = 0;
        breaks = 0;
        awaitFirst();
        pollUntil(clock.nanoTime() + TimeUnit.MILLISECONDS.toNanos(settings.number("warmupMs")));
        long countBefore = count;
        long cpuBeforeNs = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        long startNs = clock.nanoTime();
        long endNs = pollUntil(startNs + TimeUnit.MILLISECONDS.toNanos(settings.number("measureMs")));
        return new ControlLine("done")
                .with("messages", count - countBefore)
                .with("ns", endNs - startNs)
                .with("breaks", breaks)
                .with("cpuNs", ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpuBeforeNs)
                .withAll(receiver.statistics());
    }

    private void awaitFirst() {
        long deadlineNs = clock.nanoTime() + FIRST_MESSAGE_NS;
        while (count == 0) {
            pollUntil(clock.nanoTime() + 1_000_000);
            if (deadlineNs - clock.nanoTime() < 0) {
                throw new IllegalStateException("no message within 30 s");
            }
        }
    }

    private long pollUntil(long deadlineNs) {
        int untilClock = CLOCK_EVERY;
        while (true) {
            int work = receiver.poll(this) + receiver.doWork();
            receiver.idling().idle(work);
            if (work == 0 || --untilClock == 0) {
                untilClock = CLOCK_EVERY;
                long nowNs = clock.nanoTime();
                if (deadlineNs - nowNs <= 0) {
                    return nowNs;
                }
            }
        }
    }

    @Override
    public void close() {
        receiver.close();
    }
}

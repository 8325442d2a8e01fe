// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.bench.node;

import io.heliograph.perf.bench.control.ControlLine;
import io.heliograph.perf.bench.subject.MessageSink;
import io.heliograph.perf.bench.subject.Receiver;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.SystemNanoClock;

/**
 * Takes the time of each message from its intended leaving to its handler: one clock read a message, kept in an array,
 * and made into percentiles when the round is over.
 *
 * <p><b>Thread:</b> the process's main thread.
 */
final class PacedReceiving implements NodeWork, MessageSink {
    private static final long WINDOW_NS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long SILENCE_NS = TimeUnit.SECONDS.toNanos(2);
    private static final long FIRST_MESSAGE_NS = TimeUnit.SECONDS.toNanos(30);
    private static final long HIGHEST_NS = TimeUnit.SECONDS.toNanos(60);
    private static final long NOT_SEEN = -1;

    private final SystemNanoClock clock = SystemNanoClock.INSTANCE;
    private final PauseLog pauses = new PauseLog();
    private final Receiver receiver;
    private long[] latenciesNs = new long[0];
    private long firstIntendedNs;
    private long seen;
    private long outOfOrder;
    private long next;

    PacedReceiving(Receiver receiver) {
        this.receiver = receiver;
    }

    @Override
    public void onMessage(DirectBuffer buffer, int offset, int length) {
        long intendedNs = buffer.getLong(offset);
        int number = (int) buffer.getLong(offset + Long.BYTES);
        if (number < next) {
            outOfOrder++;
        }
        next = number + 1L;
        if (seen++ == 0) {
            firstIntendedNs = intendedNs;
        }
        latenciesNs[number] = clock.nanoTime() - intendedNs;
    }

    @Override
    public ControlLine run(ControlLine settings, StopSignal stop) {
        int total = (int) settings.number("total");
        int warmup = (int) settings.number("warmup");
        latenciesNs = new long[total];
        Arrays.fill(latenciesNs, NOT_SEEN);
        seen = 0;
        next = 0;
        outOfOrder = 0;
        receive(total, stop);
        return summary(warmup, settings.number("rate"));
    }

    private void receive(int total, StopSignal stop) {
        long deadlineNs = clock.nanoTime() + FIRST_MESSAGE_NS;
        long seenBefore = 0;
        while (next < total && !stop.isRaised()) {
            int work = receiver.poll(this) + receiver.doWork();
            receiver.idling().idle(work);
            long nowNs = clock.nanoTime();
            if (seen != seenBefore) {
                if (seenBefore == 0) {
                    pauses.begin(nowNs);
                }
                seenBefore = seen;
                deadlineNs = nowNs + SILENCE_NS;
            } else if (deadlineNs - nowNs < 0) {
                return;
            }
            pauses.tick(nowNs);
        }
    }

    private ControlLine summary(int warmup, long rate) {
        Histogram all = new Histogram(HIGHEST_NS, 3);
        long missing = 0;
        for (int number = warmup; number < latenciesNs.length; number++) {
            if (latenciesNs[number] == NOT_SEEN) {
                missing++;
            } else {
                all.recordValue(Math.min(Math.max(latenciesNs[number], 0), HIGHEST_NS));
            }
        }
        return new ControlLine("done")
                .with("messages", all.getTotalCount())
                .with("missing", missing)
                .with("outOfOrder", outOfOrder)
                .with("histogram", encode(all))
                .with("windows", windows(warmup, rate))
                .with("pauses", pauses.intervals())
                .with("longestPauseNs", pauses.longestNs())
                .withAll(receiver.statistics());
    }

    /** The p99 of each 100 ms as {@code start:p99,start:p99}, ns. */
    private String windows(int warmup, long rate) {
        StringBuilder text = new StringBuilder();
        int perWindow = (int) (rate * WINDOW_NS / TimeUnit.SECONDS.toNanos(1));
        for (int from = warmup; from + perWindow <= latenciesNs.length; from += perWindow) {
            long[] window = Arrays.copyOfRange(latenciesNs, from, from + perWindow);
            Arrays.sort(window);
            long startNs = firstIntendedNs + from * TimeUnit.SECONDS.toNanos(1) / rate;
            long p99Ns = window[(int) Math.ceil(perWindow * 0.99) - 1];
            text.append(text.length() == 0 ? "" : ",")
                    .append(startNs)
                    .append(':')
                    .append(p99Ns);
        }
        return text.toString();
    }

    private static String encode(Histogram histogram) {
        ByteBuffer buffer = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
        int length = histogram.encodeIntoCompressedByteBuffer(buffer);
        return Base64.getEncoder().encodeToString(Arrays.copyOf(buffer.array(), length));
    }

    @Override
    public void close() {
        receiver.close();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.bench.node;

import io.heliograph.perf.bench.control.ControlLine;
import io.heliograph.perf.bench.subject.Sender;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.SystemNanoClock;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Open loop: sends at a fixed rate, one message a packet, whatever the other end does. Each message begins with the time at
 * which it was meant to leave (this host's monotonic clock, ns: the same for all its processes) and its number: so a
 * sender that falls behind shows in the latency, and does not hide it.
 *
 * <p><b>Thread:</b> the process's main thread, which never waits.
 */
final class PacedSending implements NodeWork {
    private static final long LEAD_NS = 2_000_000L;
    private static final long LATE_NS = 50_000_000L;

    private final SystemNanoClock clock = SystemNanoClock.INSTANCE;
    private final PauseLog pauses = new PauseLog();
    private final Sender sender;

    PacedSending(Sender sender) {
        this.sender = sender;
    }

    @Override
    public ControlLine run(ControlLine settings, StopSignal stop) {
        long rate = settings.number("rate");
        long total = settings.number("total");
        UnsafeBuffer message = new UnsafeBuffer(ByteBuffer.allocateDirect((int) settings.number("length")));
        Connection.await(sender::isConnected, sender::doWork, sender.idling());
        long packetsBefore = sender.packets();
        long startNs = clock.nanoTime() + LEAD_NS;
        pauses.begin(clock.nanoTime());
        long endNs = send(message, startNs, rate, total, stop);
        ControlLine done = new ControlLine("done")
                .with("sent", total)
                .with("onTime", endNs - (startNs + due(total, rate)) < LATE_NS)
                .with("pauses", pauses.intervals())
                .with("longestPauseNs", pauses.longestNs());
        keepUp(stop);
        return done.with("packets", sender.packets() - packetsBefore);
    }

    private long send(UnsafeBuffer message, long startNs, long rate, long total, StopSignal stop) {
        long nowNs = clock.nanoTime();
        for (long number = 0; number < total && !stop.isRaised(); number++) {
            long intendedNs = startNs + due(number, rate);
            while (intendedNs - nowNs > 0) {
                sender.doWork();
                nowNs = clock.nanoTime();
                pauses.tick(nowNs);
            }
            message.putLong(0, intendedNs);
            message.putLong(Long.BYTES, number);
            while (!sender.send(message, 0, message.capacity()) && !stop.isRaised()) {
                sender.doWork();
            }
            while (!sender.flush() && !stop.isRaised()) {
                sender.doWork();
            }
            sender.doWork();
            nowNs = clock.nanoTime();
            pauses.tick(nowNs);
        }
        return nowNs;
    }

    /** Repairs and heartbeats go on until the other end has all. */
    private void keepUp(StopSignal stop) {
        while (!stop.isRaised()) {
            sender.idling().idle(sender.doWork());
        }
    }

    private static long due(long number, long rate) {
        return number * TimeUnit.SECONDS.toNanos(1) / rate;
    }

    @Override
    public void close() {
        sender.close();
    }
}

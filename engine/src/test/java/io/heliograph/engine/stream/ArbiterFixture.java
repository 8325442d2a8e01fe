// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

import io.heliograph.engine.testkit.ManualClock;
import io.heliograph.engine.testkit.Packets;
import io.heliograph.engine.testkit.StreamRecorder;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/** An arbiter of stream 1001 with a recorder and a clock; each packet is a duty cycle of its own. */
final class ArbiterFixture {
    static final int STREAM = 1001;
    static final int A = 0;
    static final int B = 1;
    static final long REORDER_NS = TimeUnit.MILLISECONDS.toNanos(250);
    static final long BUDGET_NS = TimeUnit.SECONDS.toNanos(1);

    final StreamRecorder recorder = new StreamRecorder();
    final ManualClock clock = new ManualClock();
    final Arbiter arbiter;

    ArbiterFixture() {
        this(ArbiterContext.of(STREAM, 2));
    }

    ArbiterFixture(ArbiterContext context) {
        this(context, null);
    }

    ArbiterFixture(ArbiterContext context, @Nullable GapRepair repair) {
        arbiter = new Arbiter(context.times(REORDER_NS, BUDGET_NS), recorder, repair);
    }

    /** What was told, but quality, when a line brought a packet. */
    String on(int line, byte[] packet) {
        arbiter.beginCycle(clock.nanoTime(), recorder);
        arbiter.onPacket(line, new UnsafeBuffer(packet), 0, packet.length);
        arbiter.endCycle();
        return recorder.heard();
    }

    String data(int line, long epoch, long first, long last) {
        return on(line, Packets.data(STREAM, epoch, first, last));
    }

    String data(int line, long first, long last) {
        return data(line, 7, first, last);
    }

    String heartbeat(int line, long next) {
        return on(line, Packets.heartbeat(STREAM, 7, next));
    }

    /** What was told, but quality, when time passed and no line brought anything. */
    String after(long ns) {
        clock.advanceNs(ns);
        arbiter.beginCycle(clock.nanoTime(), recorder);
        arbiter.endCycle();
        return recorder.heard();
    }

    StreamStatistics statistics() {
        return arbiter.statistics();
    }

    LineStatistics line(int line) {
        return arbiter.line(line);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.bench.node;

import io.heliograph.perf.bench.control.ControlLine;
import io.heliograph.perf.bench.subject.Idling;
import io.heliograph.perf.bench.subject.Sender;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Closed loop: offers message after message, as fast as they are taken, until it is stopped. Each message begins with its
 * number, so that the other end sees whether all came.
 *
 * <p><b>Thread:</b> the process's main thread.
 */
final class FlatOutSending implements NodeWork {
    /** Messages between two turns of the duty cycle, which lets go of a packet that is not full: some 0.1 ms. */
    private static final int BATCH = 1_024;

    private final Sender sender;
    private long sent;
    private long refused;

    FlatOutSending(Sender sender) {
        this.sender = sender;
    }

    @Override
    public ControlLine run(ControlLine settings, StopSignal stop) {
        int length = (int) settings.number("length");
        UnsafeBuffer message = new UnsafeBuffer(ByteBuffer.allocateDirect(length));
        Connection.await(sender::isConnected, sender::doWork, sender.idling());
        sent = 0;
        refused = 0;
        long cpuBeforeNs = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        while (!stop.isRaised()) {
            sendBatch(message, length, stop);
            sender.doWork();
        }
        return new ControlLine("done")
                .with("sent", sent)
                .with("refused", refused)
                .with("packets", sender.packets())
                .with("cpuNs", ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpuBeforeNs)
                .withAll(sender.figures());
    }

    private void sendBatch(UnsafeBuffer message, int length, StopSignal stop) {
        Idling idling = sender.idling();
        for (int i = 0; i < BATCH; i++) {
            message.putLong(0, sent + 1);
            while (!sender.send(message, 0, length)) {
                refused++;
                idling.idle(sender.doWork());
                if (stop.isRaised()) {
                    return;
                }
            }
            sent++;
        }
    }

    @Override
    public void close() {
        sender.close();
    }
}

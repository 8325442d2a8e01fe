// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.bench.node;

import io.heliograph.perf.bench.subject.Idling;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import org.agrona.concurrent.SystemNanoClock;

/** Waits for the other end. <b>Thread:</b> the one that works. */
final class Connection {
    private static final long PATIENCE_NS = 20_000_000_000L;

    private Connection() {}

    static void await(BooleanSupplier isConnected, IntSupplier duty, Idling idling) {
        long deadlineNs = SystemNanoClock.INSTANCE.nanoTime() + PATIENCE_NS;
        while (!isConnected.getAsBoolean()) {
            idling.idle(duty.getAsInt());
            if (deadlineNs - SystemNanoClock.INSTANCE.nanoTime() < 0) {
                throw new IllegalStateException("the other end did not connect within 20 s");
            }
        }
    }
}

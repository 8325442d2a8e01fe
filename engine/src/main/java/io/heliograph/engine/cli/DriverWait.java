// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.cli;

import io.heliograph.engine.Heliograph;
import io.heliograph.engine.HeliographContext;
import io.heliograph.engine.media.DriverException;
import java.util.Optional;
import org.agrona.concurrent.SystemNanoClock;

/**
 * Connects to a driver that may be on its way: an engine, a publisher and a subscriber can be started together.
 *
 * <p><b>Thread:</b> the main thread.
 */
public final class DriverWait {
    private static final long LOOK_INTERVAL_NS = 50_000_000L;

    private DriverWait() {}

    /**
     * Connects, at once where a driver is alive.
     *
     * @param role who says that it waits, once, on standard error.
     * @param context of the connection.
     * @param patienceNs how long to wait for a driver, in ns; 0 for not at all.
     * @param interruption ends the wait.
     * @return the connection; empty when interrupted.
     * @throws DriverException when there is no driver in time, or when more than its absence is wrong.
     */
    public static Optional<Heliograph> connect(
            String role, HeliographContext context, long patienceNs, Interruption interruption) {
        long deadlineNs = SystemNanoClock.INSTANCE.nanoTime() + patienceNs;
        boolean isSaid = false;
        while (!interruption.isRequested()) {
            try {
                return Optional.of(Heliograph.connect(context));
            } catch (DriverException none) {
                if (!none.isAbsence() || SystemNanoClock.INSTANCE.nanoTime() - deadlineNs >= 0) {
                    throw none;
                }
                if (!isSaid) {
                    isSaid = true;
                    System.err.println(role + ": waiting for the engine: " + none.getMessage());
                }
            }
            interruption.await(LOOK_INTERVAL_NS);
        }
        return Optional.empty();
    }
}

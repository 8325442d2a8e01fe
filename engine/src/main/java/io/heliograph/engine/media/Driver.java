// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.media;

import org.agrona.concurrent.AgentInvoker;
import org.jspecify.annotations.Nullable;

/**
 * A media driver as seen by who depends on it: where it is, whether it lives, and its share of the caller's duty cycle.
 *
 * <p><b>Thread:</b> one owner: the thread that calls {@link #doWork} and {@link #close}.
 */
public interface Driver extends AutoCloseable {
    /**
     * Where Aeron clients find the driver.
     *
     * @return the path of its directory, for {@code Aeron.Context.aeronDirectoryName}.
     */
    String directory();

    /**
     * The driver's share of the duty cycle: runs an invoked driver, watches a process.
     *
     * @return work done; 0 = idle.
     */
    int doWork();

    /**
     * Whether the driver lives, as far as {@link #doWork} has seen: a look at a field.
     *
     * @return false from the moment that its end was noticed; a watched process comes back by itself.
     */
    boolean isAlive();

    /**
     * What runs the driver on the caller's thread: for {@code Aeron.Context.driverAgentInvoker}, so that a client that
     * waits for its driver runs it meanwhile.
     *
     * @return null when the driver has threads or a process of its own.
     */
    @Nullable
    AgentInvoker invoker();

    /**
     * Whether the driver only works when {@link #doWork} is called.
     *
     * @return true for an embedded driver.
     */
    default boolean isInvoked() {
        return invoker() != null;
    }

    /** Ends what this object owns: its driver, or only its watch over a driver of others. Idempotent. */
    @Override
    void close();
}

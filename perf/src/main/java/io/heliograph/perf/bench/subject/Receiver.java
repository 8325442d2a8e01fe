// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.bench.subject;

import io.heliograph.perf.bench.control.ControlLine;

/**
 * The receiving end of what is measured.
 *
 * <p><b>Thread:</b> one owner.
 *
 * <p><b>Allocation:</b> none after construction, but for {@link #statistics}.
 */
public interface Receiver extends AutoCloseable {
    /**
     * Delivers what has come.
     *
     * @param sink takes the messages; the same in every call.
     * @return work done; 0 = idle.
     */
    int poll(MessageSink sink);

    /**
     * The duty cycle: a driver and a client that are invoked, timers.
     *
     * @return work done.
     */
    int doWork();

    /**
     * How the owner waits when there is nothing to do.
     *
     * @return what suits the driver's threads.
     */
    Idling idling();

    /**
     * What the subject counted: losses, repairs.
     *
     * @return named values.
     */
    ControlLine statistics();

    @Override
    void close();
}

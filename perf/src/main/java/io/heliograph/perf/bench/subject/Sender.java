// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.bench.subject;

import io.heliograph.perf.bench.control.ControlLine;
import org.agrona.DirectBuffer;

/**
 * The sending end of what is measured.
 *
 * <p><b>Thread:</b> one owner.
 *
 * <p><b>Allocation:</b> none after construction.
 */
public interface Sender extends AutoCloseable {
    /**
     * Whether somebody listens.
     *
     * @return true once the other end was heard.
     */
    boolean isConnected();

    /**
     * Offers a message.
     *
     * @param buffer with the message.
     * @param offset of the message.
     * @param length of the message, bytes.
     * @return false when it was not taken: try again after {@link #doWork}.
     */
    boolean send(DirectBuffer buffer, int offset, int length);

    /**
     * Lets go of what waits to be packed with later messages.
     *
     * @return false when it has to be tried again.
     */
    boolean flush();

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
     * Datagrams or packets handed to the network so far, where the subject counts them.
     *
     * @return the count over all lines, with what was sent again.
     */
    long packets();

    /**
     * What else the subject has to say of a round.
     *
     * @return named values; none by default.
     */
    default ControlLine figures() {
        return new ControlLine("figures");
    }

    @Override
    void close();
}

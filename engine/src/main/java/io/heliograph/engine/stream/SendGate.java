// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

/**
 * Holds a publication back until what it has sent is safe enough: a journal that is required and lags behind.
 *
 * <p><b>Thread:</b> the publication's.
 *
 * <p><b>Allocation:</b> none.
 *
 * <p><b>Failure:</b> must not throw.
 */
public interface SendGate {
    /** Holds nothing back. */
    SendGate NONE = new SendGate() {
        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void onSent(long next, int length) {}
    };

    /**
     * Asked before each data packet is offered.
     *
     * @return false when it has to wait.
     */
    boolean isOpen();

    /**
     * A data packet has left.
     *
     * @param next the sequence behind its last message.
     * @param length of the packet, octets.
     */
    void onSent(long next, int length);
}

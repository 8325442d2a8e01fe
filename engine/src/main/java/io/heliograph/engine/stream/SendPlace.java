// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

/**
 * Where a publisher keeps its place, so that one which is started again never gives a number to other content.
 *
 * <p><b>Thread:</b> the publication's.
 *
 * <p><b>Allocation:</b> none.
 *
 * <p><b>Failure:</b> must not throw.
 */
public interface SendPlace {
    /** Keeps nothing: for publications that are never gone on with. */
    SendPlace NONE = new SendPlace() {
        @Override
        public void onSend(long first, long next) {}

        @Override
        public void onEnd() {}
    };

    /**
     * A packet is about to be offered to the lines: before this returns, what a next publisher finds has to say so.
     *
     * @param first sequence of its first message.
     * @param next the sequence behind its last one: the next number that may be used for other content.
     */
    void onSend(long first, long next);

    /** The epoch is about to be ended: nobody goes on in it. */
    void onEnd();
}

// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.recovery;

import org.agrona.DirectBuffer;

/**
 * Brings what was fetched to the subscription that lacks it.
 *
 * <p><b>Thread:</b> one owner: the thread that runs the recovery.
 */
public interface RepairOutput {
    /**
     * Octets of packets that can be taken now: no more is asked for.
     *
     * @return octets.
     */
    int room();

    /**
     * Whether the subscription has taken all that was handed on.
     *
     * @return false while something still lies between.
     */
    boolean isDrained();

    /**
     * Hands a stream packet on.
     *
     * @param buffer holds it, for the call only.
     * @param offset of its first octet.
     * @param length of it, octets.
     */
    void packet(DirectBuffer buffer, int offset, int length);

    /**
     * Nobody who was asked has some messages.
     *
     * @param epoch of them.
     * @param first of them.
     * @param end the sequence behind the last, or {@link io.heliograph.engine.stream.MissingRanges#UNKNOWN_END}.
     */
    void nobodyHas(long epoch, long first, long end);

    /**
     * Says where the subscription begins.
     *
     * @param epoch of the first message.
     * @param sequence of the first message.
     */
    void begin(long epoch, long sequence);

    /**
     * What is followed goes on with message 1 of a later epoch.
     *
     * @param epoch 0 to 2^32 - 1.
     */
    void epoch(long epoch);
}

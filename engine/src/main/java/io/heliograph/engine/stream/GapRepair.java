// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

import org.agrona.DirectBuffer;

/**
 * Fetches what no line has brought, from journals for example: it is told what is missing, and its answers are one more line of
 * the arbitration, {@link #LINE}.
 *
 * <p>Called within the subscription's duty cycle, so it must never wait and never allocate: whatever does that belongs to
 * another thread, behind rings. With a repair a gap stays open for the stream's budget and not for its reorder time only.
 *
 * <p><b>Thread:</b> the one that polls the subscription.
 */
public interface GapRepair extends AutoCloseable {
    /** The name of the line that the answers are. */
    String LINE = "replay";

    /**
     * What is missing now. Told soon after something is, then at most every 250 us as long as something is, and once when
     * nothing is any longer: what is not among the ranges is not wanted any more.
     *
     * @param missing ranges and more; valid within the call only.
     * @param nowNs the time, of the clock that duty cycles are given.
     * @return false when it was not taken, for want of room: it is told again, also when nothing is missing any longer.
     */
    boolean onMissing(MissingRanges missing, long nowNs);

    /**
     * Hands over what has come.
     *
     * @param answers takes it, before the call returns.
     * @param limit of answers.
     * @return how many there were.
     */
    int poll(Answers answers, int limit);

    /**
     * Whether it has the stream's past: it is followed then while all lines are silent.
     *
     * @return false where it can have no more than what was missed between what lines have brought.
     */
    default boolean hasPast() {
        return true;
    }

    /** Nothing is asked for any longer. Idempotent. */
    @Override
    default void close() {}

    /** Takes answers. */
    interface Answers {
        /**
         * A stream packet has come; it is believed no more than one of a line.
         *
         * @param buffer holds the packet.
         * @param offset of its first octet.
         * @param length of it, octets.
         */
        void onPacket(DirectBuffer buffer, int offset, int length);

        /**
         * Nobody who was asked has these messages: they are given up when it is their turn, if no line brings them by then.
         *
         * @param epoch of the messages.
         * @param first of them.
         * @param end the sequence behind the last one; {@link MissingRanges#UNKNOWN_END} for all that the epoch may still have.
         */
        void onNobodyHas(long epoch, long first, long end);

        /**
         * Where a subscription begins that waits to be told, {@link ArbiterContext.Join#REPLAY}: with which message of which
         * epoch. What follows comes as packets, in order, until they overlap with what the lines bring.
         *
         * @param epoch 0 to 2^32 - 1.
         * @param sequence 1 and up.
         */
        void onBegin(long epoch, long sequence);

        /**
         * What is followed goes on in a later epoch, from message 1 on: nobody has more of those before.
         *
         * @param epoch 0 to 2^32 - 1.
         */
        void onEpoch(long epoch);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.recovery;

import org.agrona.DirectBuffer;

/**
 * A stream's packets on disk, as recovery reads them: one reader with a place of its own.
 *
 * <p><b>Thread:</b> one owner.
 *
 * <p><b>Failure:</b> an unchecked exception, whose message is for people, for a record that cannot be read; the next call goes
 * on behind it.
 */
public interface ReplayLog extends AutoCloseable {
    /** There is no packet so far. */
    long NO_EPOCH = -1;

    /**
     * Goes to a message, or to the first packet behind it.
     *
     * @param epoch 0 to 2^32 - 1.
     * @param sequence 1 and up.
     */
    void seek(long epoch, long sequence);

    /**
     * Goes to the first message that was sent at a time or later.
     *
     * @param utcNs ns since the Unix epoch.
     * @return false when there is none so far.
     */
    boolean seekTime(long utcNs);

    /**
     * Hands out the next packet: data, a gap, a seal or the end of an epoch.
     *
     * @param taker is given it within the call.
     * @return false at the end.
     */
    boolean next(Taker taker);

    /**
     * The epoch of the next packet, as far as known.
     *
     * @return 0 to 2^32 - 1.
     */
    long epoch();

    /**
     * The sequence that comes next, as far as known.
     *
     * @return 1 and up.
     */
    long nextSequence();

    /**
     * The last epoch of which there is a packet.
     *
     * @return 0 to 2^32 - 1, or {@link #NO_EPOCH}.
     */
    long lastEpoch();

    /**
     * The last sequence of it.
     *
     * @return 0 and up.
     */
    long lastSequence();

    @Override
    void close();

    /** Takes a packet. */
    @FunctionalInterface
    interface Taker {
        /**
         * The next packet.
         *
         * @param buffer holds it, until the log is asked for anything but its end.
         * @param offset of its first octet.
         * @param length of it, octets.
         */
        void onPacket(DirectBuffer buffer, int offset, int length);
    }
}

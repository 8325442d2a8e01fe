// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.bridge;

import io.heliograph.engine.stream.PacketHandler;

/**
 * A stream's packets in one order, as a journal has them: what an egress reads.
 *
 * <p><b>Thread:</b> one owner.
 */
public interface PacketLog extends AutoCloseable {
    /**
     * Goes to a sequence, or where it would be.
     *
     * @param epoch 0 to 2^32 - 1.
     * @param sequence 1 and up.
     */
    void seek(long epoch, long sequence);

    /**
     * Goes to the first packet of data that was sent then or later.
     *
     * @param utcNs ns since the Unix epoch, by the publisher's clock.
     * @return false when there is none so far: then to the end.
     */
    boolean seekTime(long utcNs);

    /**
     * Hands out the next packets: data, gaps, seals, ends.
     *
     * @param handler takes them, before the call returns.
     * @param limit at most so many.
     * @return how many; 0 at the end.
     */
    int poll(PacketHandler handler, int limit);

    /**
     * The last epoch.
     *
     * @return -1 for a log without packets.
     */
    long lastEpoch();

    /**
     * The last sequence of the last epoch.
     *
     * @return 0 and up.
     */
    long lastSequence();

    /** Idempotent. */
    @Override
    void close();
}

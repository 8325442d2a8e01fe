// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.bridge;

import org.agrona.MutableDirectBuffer;

/**
 * A stream's lines in the site that a bridge leads to.
 *
 * <p><b>Thread:</b> the ingress's.
 */
public interface BridgeOutput extends AutoCloseable {
    /**
     * Whether packets may be published now.
     *
     * @return false while the ingress's own journal is too far behind, or there is none.
     */
    boolean isOpen();

    /**
     * Publishes a packet.
     *
     * @param packet holds it.
     * @param offset of its first octet.
     * @param length of it in octets.
     * @return false: the same is to be offered again.
     */
    boolean publish(MutableDirectBuffer packet, int offset, int length);

    /**
     * Time passes.
     *
     * @param nowNs monotonic.
     * @param isAlive whether the stream is known to live.
     * @return work done.
     */
    int doWork(long nowNs, boolean isAlive);

    /** Idempotent. */
    @Override
    void close();
}

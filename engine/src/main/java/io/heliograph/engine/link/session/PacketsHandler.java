// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.link.session;

import org.agrona.DirectBuffer;

/**
 * Takes the packets of a stream that this side pulls.
 *
 * <p><b>Thread:</b> the session's owner.
 */
@FunctionalInterface
public interface PacketsHandler {
    /**
     * A batch has come. Its CRC was right and the framing of each packet is.
     *
     * @param stream its id.
     * @param buffer holds the packets, for the call: each has its u32 length ahead of it.
     * @param offset of the first length.
     * @param length octets of all.
     * @param frameLength octets to give new credit for, once they are done with.
     */
    void onPackets(int stream, DirectBuffer buffer, int offset, int length, int frameLength);
}

// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

import org.agrona.DirectBuffer;

/**
 * Takes the packets of a stream, whole and in order: data with messages that were not handed out before, gaps that name what
 * is lost, seals, the end of an epoch.
 *
 * <p><b>Thread:</b> the one that polls.
 *
 * <p><b>Failure:</b> must not throw: an exception leaves the poll and the packet counts as delivered.
 */
@FunctionalInterface
public interface PacketHandler {
    /**
     * The next packet; its framing was checked.
     *
     * @param buffer holds it; borrowed for the call, so copy what has to stay.
     * @param offset of its first octet.
     * @param length of it in octets.
     */
    void onPacket(DirectBuffer buffer, int offset, int length);
}

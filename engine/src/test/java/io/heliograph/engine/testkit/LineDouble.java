// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.testkit;

import io.heliograph.engine.stream.PacketLine;
import io.heliograph.engine.wire.PacketFlyweight;
import org.agrona.DirectBuffer;

/**
 * A line out that somebody listens on, and that leaves to a test what becomes of each packet.
 *
 * <p><b>Thread:</b> one owner: the publication's.
 *
 * <p><b>Allocation:</b> none after construction but the test's own.
 */
public final class LineDouble implements PacketLine {
    private final String name;
    private final int maxPayloadLength;
    private final Offer offer;

    /** What becomes of a packet. */
    @FunctionalInterface
    public interface Offer {
        /**
         * Takes a packet, or refuses it.
         *
         * @param buffer holds it.
         * @param offset of its first octet.
         * @param length in octets.
         * @return 1 and up where it was taken, else a negative constant of {@code io.aeron.Publication}.
         */
        long offer(DirectBuffer buffer, int offset, int length);
    }

    /**
     * A line with the payload of a datagram of 1,408 octets.
     *
     * @param name A, B and so on.
     * @param offer what becomes of each packet.
     */
    public LineDouble(String name, Offer offer) {
        this(name, 1376, offer);
    }

    /**
     * A line.
     *
     * @param name A, B and so on.
     * @param maxPayloadLength of a packet in one datagram, octets.
     * @param offer what becomes of each packet.
     */
    public LineDouble(String name, int maxPayloadLength, Offer offer) {
        this.name = name;
        this.maxPayloadLength = maxPayloadLength;
        this.offer = offer;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public long offer(DirectBuffer buffer, int offset, int length) {
        return offer.offer(buffer, offset, length);
    }

    @Override
    public boolean isConnected() {
        return true;
    }

    @Override
    public int maxPayloadLength() {
        return maxPayloadLength;
    }

    @Override
    public int maxPacketLength() {
        return PacketFlyweight.MAX_PACKET_LENGTH;
    }

    @Override
    public void close() {}
}

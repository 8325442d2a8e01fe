// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

import org.agrona.DirectBuffer;

/**
 * One way out for a stream's packets: in the product an Aeron exclusive publication, in tests a double.
 *
 * <p><b>Thread:</b> one owner: the publication's thread.
 *
 * <p><b>Failure:</b> outcomes are those of {@code io.aeron.Publication}: a position, or one of its negative constants.
 */
public interface PacketLine extends AutoCloseable {
    /**
     * The line's name.
     *
     * @return A, B and so on.
     */
    String name();

    /**
     * Sends a packet.
     *
     * @param buffer holds it.
     * @param offset of its first octet.
     * @param length in octets.
     * @return the position after it, or a negative constant of {@code io.aeron.Publication}.
     */
    long offer(DirectBuffer buffer, int offset, int length);

    /**
     * Whether anybody listens.
     *
     * @return true with at least one receiver.
     */
    boolean isConnected();

    /**
     * The largest packet that leaves in one datagram.
     *
     * @return octets.
     */
    int maxPayloadLength();

    /**
     * The largest packet that the line carries, in several datagrams if it must be.
     *
     * @return octets.
     */
    int maxPacketLength();

    /** Every few milliseconds: a line that was lost is opened again, if it can be. */
    default void onTick() {}

    /**
     * Whether it cannot be opened at the moment.
     *
     * @return true when the driver refuses it.
     */
    default boolean isRefused() {
        return false;
    }

    /** Lets go of its sockets, until {@link #open}: its NIC is gone or down. Nothing is taken meanwhile. */
    default void rest() {}

    /** Opens again what rests: its NIC is back. */
    default void open() {}

    @Override
    void close();
}

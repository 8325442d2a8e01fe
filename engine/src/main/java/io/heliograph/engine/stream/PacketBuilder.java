// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

import static io.heliograph.engine.wire.PacketFlyweight.HEADER_LENGTH;
import static io.heliograph.engine.wire.PacketFlyweight.LENGTH_PREFIX;
import static io.heliograph.engine.wire.PacketFlyweight.MAX_PACKET_LENGTH;

import io.heliograph.engine.wire.PacketFlyweight;
import java.nio.ByteBuffer;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Builds the data packet that is open: consecutive messages under one header, until the payload of a datagram is full.
 *
 * <p><b>Thread:</b> one owner: the publication's thread.
 *
 * <p><b>Allocation:</b> none after construction.
 */
final class PacketBuilder {
    private final UnsafeBuffer buffer;
    private final int maxLength;
    private int length = HEADER_LENGTH;
    /** What the packet may grow to; 0 where no message fits: before {@link #begin}, after {@link #close}, during a claim. */
    private int limit;

    private int limitBehindClaim;
    private int count;
    private long first;

    /**
     * @param stream id of the packets.
     * @param epoch of the packets.
     * @param source the publisher's place.
     * @param maxLength of a packet that leaves in one datagram, octets; a longer message travels alone.
     */
    PacketBuilder(int stream, long epoch, int source, int maxLength) {
        this.maxLength = maxLength;
        buffer = new UnsafeBuffer(
                ByteBuffer.allocateDirect(BitUtil.align(Math.max(MAX_PACKET_LENGTH, maxLength), Long.BYTES)));
        PacketFlyweight.init(buffer, 0, stream, epoch, source);
    }

    boolean isEmpty() {
        return count == 0;
    }

    boolean fits(int messageLength) {
        return messageLength >= 0 && messageLength <= limit - length - LENGTH_PREFIX;
    }

    /** Opens an empty packet; one whose only message is longer than a datagram may grow to hold it. */
    void begin(long sequence, long sentEpochNs, int messageLength) {
        first = sequence;
        PacketFlyweight.sequence(buffer, 0, sequence);
        PacketFlyweight.sentEpochNs(buffer, 0, sentEpochNs);
        limit = Math.max(maxLength, HEADER_LENGTH + LENGTH_PREFIX + messageLength);
    }

    void append(DirectBuffer from, int offset, int messageLength) {
        int at = length;
        PacketFlyweight.messageLength(buffer, at, messageLength);
        buffer.putBytes(at + LENGTH_PREFIX, from, offset, messageLength);
        length = at + LENGTH_PREFIX + messageLength;
        count++;
    }

    /** Makes room for a message without counting it, and for no other; returns the offset of its body. */
    int reserve(int messageLength) {
        limitBehindClaim = limit;
        limit = 0;
        PacketFlyweight.messageLength(buffer, length, messageLength);
        return length + LENGTH_PREFIX;
    }

    /** Counts the message that {@link #reserve} made room for. */
    void commit(int messageLength) {
        limit = limitBehindClaim;
        length += LENGTH_PREFIX + messageLength;
        count++;
    }

    /** The message that {@link #reserve} made room for does not come. */
    void abort() {
        limit = count == 0 ? 0 : limitBehindClaim;
    }

    /** No further message fits until {@link #reset}. */
    UnsafeBuffer close() {
        PacketFlyweight.count(buffer, 0, count);
        limit = 0;
        return buffer;
    }

    void reset() {
        length = HEADER_LENGTH;
        limit = 0;
        count = 0;
    }

    long first() {
        return first;
    }

    int count() {
        return count;
    }

    int length() {
        return length;
    }

    UnsafeBuffer buffer() {
        return buffer;
    }
}

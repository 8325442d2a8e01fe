// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

import io.heliograph.engine.wire.PacketFlyweight;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What is known of the message at hand, beside its body.
 *
 * <p><b>Thread:</b> one owner: the thread that polls; valid within {@link MessageHandler#onMessage} only.
 *
 * <p><b>Allocation:</b> none after construction.
 */
@SuppressWarnings("ReferenceEquality") // The same buffer is asked for, not the same content.
public final class MessageHeader {
    private final int streamId;
    private DirectBuffer packet = new UnsafeBuffer(0, 0);
    private int offset;
    private int line;
    private long end;
    private long epoch;
    private long sequence;

    MessageHeader(int streamId) {
        this.streamId = streamId;
    }

    void onEpoch(long newEpoch) {
        epoch = newEpoch;
    }

    /** The messages from here on, up to the one before {@code packetEnd}, are this packet's. */
    void onPacket(DirectBuffer buffer, int packetOffset, int packetLine, long packetEnd) {
        // A reference costs a barrier of the collector's, and the buffer is nearly always the same.
        if (packet != buffer) {
            packet = buffer;
        }
        offset = packetOffset;
        line = packetLine;
        end = packetEnd;
    }

    /** Where in its buffer the packet begins that the message came in. */
    int packetOffset() {
        return offset;
    }

    void onMessage(long messageSequence) {
        sequence = messageSequence;
    }

    /**
     * The message's number in its epoch.
     *
     * @return 1 and up, without a hole but for gap notices.
     */
    public long sequence() {
        return sequence;
    }

    /**
     * The numbering that {@link #sequence} belongs to.
     *
     * @return an unsigned 32-bit number that only grows.
     */
    public long epoch() {
        return epoch;
    }

    /**
     * When the first message of this one's packet was offered, by the origin publisher's wall clock.
     *
     * @return ns since the Unix epoch.
     */
    public long sentEpochNs() {
        return PacketFlyweight.sentEpochNs(packet, offset);
    }

    /**
     * The stream's id in the topology.
     *
     * @return 1 and up.
     */
    public int streamId() {
        return streamId;
    }

    /**
     * The publisher's place in the stream's {@code publishers=}.
     *
     * @return 0 and up.
     */
    public int source() {
        return PacketFlyweight.source(packet, offset);
    }

    /**
     * The line that brought the message first.
     *
     * @return 0 for A, 1 for B and so on.
     */
    public int line() {
        return line;
    }

    /**
     * Bridges crossed on the way.
     *
     * @return 0 in the stream's own site.
     */
    public int hops() {
        return PacketFlyweight.hops(packet, offset);
    }

    /**
     * The message may have been delivered before, to this consumer or to another of its group.
     *
     * @return true when it may.
     */
    public boolean isPossibleDuplicate() {
        return (PacketFlyweight.flags(packet, offset) & PacketFlyweight.FLAG_POSSIBLE_DUPLICATE) != 0;
    }

    /**
     * The message was sent again, from a resend window or a journal.
     *
     * @return true for a replayed message, false for a live one.
     */
    public boolean isReplayed() {
        return (PacketFlyweight.flags(packet, offset) & PacketFlyweight.FLAG_REPLAYED) != 0;
    }

    /**
     * The natural end of a batch: the last message of its packet.
     *
     * @return true when the next message, if any, comes in another packet.
     */
    public boolean isEndOfPacket() {
        return sequence + 1 == end;
    }
}

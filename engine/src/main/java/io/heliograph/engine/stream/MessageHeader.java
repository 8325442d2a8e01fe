// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

/**
 * What is known of the message at hand, beside its body.
 *
 * <p><b>Thread:</b> one owner: the thread that polls; valid within {@link MessageHandler#onMessage} only.
 *
 * <p><b>Allocation:</b> none after construction.
 */
public final class MessageHeader {
    long sequence;
    long epoch;
    long sentEpochNs;
    int streamId;
    int source;
    int line;
    int hops;
    int flags;
    boolean isEndOfPacket;

    MessageHeader() {}

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
        return sentEpochNs;
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
        return source;
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
        return hops;
    }

    /**
     * The message may have been delivered before, to this consumer or to another of its group.
     *
     * @return true when it may.
     */
    public boolean isPossibleDuplicate() {
        return (flags & 1) != 0;
    }

    /**
     * The message was sent again, from a resend window or a journal.
     *
     * @return true for a replayed message, false for a live one.
     */
    public boolean isReplayed() {
        return (flags & 2) != 0;
    }

    /**
     * The natural end of a batch: the last message of its packet.
     *
     * @return true when the next message, if any, comes in another packet.
     */
    public boolean isEndOfPacket() {
        return isEndOfPacket;
    }
}

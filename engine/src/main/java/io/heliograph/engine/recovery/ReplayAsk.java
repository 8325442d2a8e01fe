// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.recovery;

import io.heliograph.engine.wire.ReplayRequestFlyweight;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * What is asked of a {@link GapSource}: messages of a stream from a place on.
 *
 * <p><b>Thread:</b> immutable.
 *
 * @param stream id.
 * @param place what {@code from} counts from: a constant of {@link ReplayRequestFlyweight}.
 * @param epoch 0 to 2^32 - 1; 0 where the place needs none.
 * @param from a sequence, or ns since the Unix epoch.
 * @param count of messages, or {@link ReplayRequestFlyweight#ALL}.
 * @param octets of packets in the whole answer at most.
 */
public record ReplayAsk(int stream, int place, long epoch, long from, long count, int octets) {
    /**
     * Reads a request whose framing was checked.
     *
     * @param buffer holds it.
     * @param offset of its first octet.
     * @return what is asked.
     */
    public static ReplayAsk of(DirectBuffer buffer, int offset) {
        return new ReplayAsk(
                ReplayRequestFlyweight.stream(buffer, offset),
                ReplayRequestFlyweight.place(buffer, offset),
                ReplayRequestFlyweight.epoch(buffer, offset),
                ReplayRequestFlyweight.from(buffer, offset),
                ReplayRequestFlyweight.count(buffer, offset),
                ReplayRequestFlyweight.octets(buffer, offset));
    }

    /**
     * Writes the request.
     *
     * @param buffer of {@link ReplayRequestFlyweight#LENGTH} octets from the offset on.
     * @param offset of its first octet.
     */
    public void encode(MutableDirectBuffer buffer, int offset) {
        ReplayRequestFlyweight.encode(buffer, offset, stream, epoch, from, count, octets);
        ReplayRequestFlyweight.place(buffer, offset, place);
    }

    /** The sequence behind the last message that is asked for, where it begins at one; {@link ReplayRequestFlyweight#ALL}. */
    long endFrom(long sequence) {
        return count > ReplayRequestFlyweight.ALL - sequence ? ReplayRequestFlyweight.ALL : sequence + count;
    }
}

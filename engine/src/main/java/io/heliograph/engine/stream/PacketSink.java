// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

import org.agrona.DirectBuffer;

/**
 * Takes what lines bring: for one stream, whose lines they are, or for those of a carrier's streams that are subscribed to.
 *
 * <p><b>Thread:</b> one owner: the thread that polls.
 *
 * <p><b>Allocation:</b> none.
 */
interface PacketSink {
    /** A line has brought a packet; nothing of it is believed so far. */
    void onPacket(int line, DirectBuffer buffer, int offset, int length);

    /** A line has an image whose source may not publish: nothing of it is handed in. */
    void onForeignSource(int line);

    /** What the driver has found missing on a line, so far; octets brought are 0 without NAK. */
    void onDriverLosses(int line, long holes, long lostOctets, long broughtOctets);

    /** Time has passed, where one line of several is joined: how far the streams are is remembered. */
    void onTick(long nowNs);

    /** Whether a line is as far as the streams are: {@link LineProgress}. */
    boolean isWithStreams(int line);

    /** What was missed on the way to another line may be sent once more. */
    void patience(boolean isLong);
}

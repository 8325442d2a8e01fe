// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

import org.agrona.DirectBuffer;

/**
 * Told of all that happens to a stream beside its messages, each in its place in the order: a gap notice comes after
 * the last message before the gap and before the first one behind it.
 *
 * <p><b>Thread:</b> the one that calls {@link StreamSubscription#poll}.
 */
public interface StreamListener {
    /** Stands for the last sequence of a gap whose end nobody knows: the epoch went on in another without its end. */
    long UNKNOWN_END = Long.MAX_VALUE;

    /** A listener that is told and does nothing. */
    StreamListener NONE = new StreamListener() {};

    /**
     * Messages are lost for good: no line had them within the stream's time.
     *
     * @param epoch of the lost messages.
     * @param first the first that is lost.
     * @param last the last that is lost, or {@link #UNKNOWN_END}.
     */
    default void onGap(long epoch, long first, long last) {}

    /**
     * A numbering begins for this subscription: it has joined, or the publisher has begun anew.
     *
     * @param epoch that begins.
     * @param next the sequence of the message that comes next: 1, or where the subscription joined.
     */
    default void onEpochStart(long epoch, long next) {}

    /**
     * The epoch is complete: every message up to its last was delivered or named in a gap notice.
     *
     * @param epoch that ended.
     * @param last the last sequence of it; 0 for an epoch without messages.
     */
    default void onEpochEnd(long epoch, long last) {}

    /**
     * The subscription's quality changed.
     *
     * @param was the one before.
     * @param is the one from now on.
     */
    default void onQuality(Quality was, Quality is) {}

    /**
     * A seal did not match what was delivered: this holder's bytes differ from the publisher's.
     *
     * @param epoch of the range.
     * @param first sequence of the range.
     * @param last sequence of the range.
     * @param line that brought the seal.
     */
    default void onSealMismatch(long epoch, long first, long last, int line) {}

    /**
     * A line has brought a seal of the current epoch: the first copy or another one, in its place or ahead of it.
     *
     * @param packet holds it, its framing checked; borrowed for the call.
     * @param offset of its first octet.
     */
    default void onSeal(DirectBuffer packet, int offset) {}

    /**
     * A line brought something that is not believed; it was dropped and counted. Told once for each line and reason.
     *
     * @param line that brought it: 0 for the first.
     * @param reason why it was dropped.
     */
    default void onDropped(int line, DropReason reason) {}

    /**
     * A line is constantly later than another one by more than the bound, or stands still while the stream goes on: what the
     * other line loses, this one may not bring in time. Told once, until {@link #onSkewEnd}.
     *
     * @param line that is late: 0 for the first.
     * @param lateNs by how much at least, ns.
     * @param isSilent whether the line has brought nothing for so long.
     */
    default void onSkew(int line, long lateNs, boolean isSilent) {}

    /**
     * A line that was late keeps up again.
     *
     * @param line that was late: 0 for the first.
     */
    default void onSkewEnd(int line) {}
}

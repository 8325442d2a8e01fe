// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

/**
 * Counts what is dropped, by reason, and tells each reason once for each line.
 *
 * <p><b>Thread:</b> one owner: the thread that polls.
 *
 * <p><b>Allocation:</b> none after construction.
 */
final class Refusals {
    private final StreamStatistics statistics;
    private final StreamListener listener;
    private final int[] told;

    Refusals(StreamStatistics statistics, StreamListener listener, int lineCount) {
        this.statistics = statistics;
        this.listener = listener;
        this.told = new int[lineCount];
    }

    void refuse(int line, DropReason reason) {
        statistics.dropped[reason.code()]++;
        int bit = 1 << reason.code();
        if ((told[line] & bit) == 0) {
            told[line] |= bit;
            listener.onDropped(line, reason);
        }
    }

    /** A packet whose framing is wrong, by a code of {@link io.heliograph.engine.wire.PacketFraming}. */
    void refuseMalformed(int line, int framing) {
        refuse(line, DropReason.ofFraming(framing));
    }
}

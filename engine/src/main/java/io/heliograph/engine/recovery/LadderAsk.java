// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.recovery;

/**
 * An ask of a ladder that is out: to whom, for what, how far its answer has come.
 *
 * <p><b>Thread:</b> one owner: the thread that runs the recovery.
 */
final class LadderAsk {
    final long id;
    final int source;
    final long epoch;
    final long end;
    final int octets;
    final long deadlineNs;
    long cursor;

    LadderAsk(long id, int source, Segment from, long end, int octets, long deadlineNs) {
        this.id = id;
        this.source = source;
        this.epoch = from.epoch;
        this.end = end;
        this.octets = octets;
        this.deadlineNs = deadlineNs;
        this.cursor = from.first;
    }
}

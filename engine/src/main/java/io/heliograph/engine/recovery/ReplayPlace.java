// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.recovery;

import io.heliograph.engine.wire.ReplayRequestFlyweight;

/**
 * Where in a journal an ask begins.
 *
 * <p><b>Thread:</b> immutable.
 *
 * @param epoch of the place; {@link ReplayLog#NO_EPOCH} in a journal without packets.
 * @param sequence of the place.
 * @param isNowhere whether there is nothing from it on, so far.
 */
record ReplayPlace(long epoch, long sequence, boolean isNowhere) {
    static ReplayPlace of(ReplayAsk ask, ReplayLog log) {
        if (ask.place() == ReplayRequestFlyweight.IN_EPOCH) {
            return new ReplayPlace(ask.epoch(), ask.from(), false);
        }
        long last = log.lastEpoch();
        if (last == ReplayLog.NO_EPOCH) {
            return new ReplayPlace(last, 1, true);
        }
        if (ask.place() == ReplayRequestFlyweight.IN_LATEST_EPOCH) {
            return new ReplayPlace(last, ask.from(), false);
        }
        return log.seekTime(ask.from())
                ? new ReplayPlace(log.epoch(), log.nextSequence(), false)
                : new ReplayPlace(last, log.lastSequence() + 1, true);
    }
}

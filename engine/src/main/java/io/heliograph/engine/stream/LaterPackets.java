// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

import io.heliograph.engine.wire.ControlFlyweight;
import io.heliograph.engine.wire.PacketFlyweight;
import io.heliograph.engine.wire.PacketKind;
import org.agrona.DirectBuffer;

/**
 * Takes packets of epochs that follow the current one, and says when that is left for them.
 *
 * <p>Behind a replay that is followed, lines may be far ahead: of what they bring of a later epoch the first packets are kept. The
 * replay itself is in order: when it brings the next epoch, it has nothing more of this one.
 *
 * <p><b>Thread:</b> one owner: the thread that polls.
 *
 * <p><b>Allocation:</b> none after construction.
 */
final class LaterPackets {
    private final Arbiter arbiter;
    private final LaterEpoch later;
    private final EpochChange epochs;
    private final CatchUp catchUp;

    /**
     * @param arbiter does what follows.
     * @param later knows the epoch that follows.
     * @param epochs leaves the current epoch.
     * @param catchUp whether a replay is followed.
     */
    LaterPackets(Arbiter arbiter, LaterEpoch later, EpochChange epochs, CatchUp catchUp) {
        this.arbiter = arbiter;
        this.later = later;
        this.epochs = epochs;
        this.catchUp = catchUp;
    }

    /** A packet whose framing was checked. */
    void onPacket(int line, DirectBuffer buffer, int offset, int length, long nowNs) {
        long epoch = PacketFlyweight.epoch(buffer, offset);
        int kind = PacketFlyweight.kind(buffer, offset);
        boolean isData = kind == PacketKind.DATA;
        if (!onAnnounced(line, epoch, isData ? 1 : announcedBy(buffer, offset), nowNs)) {
            return;
        }
        if (catchUp.isOn()) {
            onBehind(line, buffer, offset, length, nowNs);
        } else if (arbiter.isEnded()) {
            epochs.leave();
            arbiter.onPacket(line, buffer, offset, length);
        } else if (isData) {
            arbiter.onWaiting();
            if (!later.hold(line, buffer, offset, length, nowNs)) {
                epochs.leave();
                arbiter.onPacket(line, buffer, offset, length);
            }
        } else if (kind == PacketKind.END_OF_EPOCH) {
            later.onEnd(epoch, PacketFlyweight.sequence(buffer, offset));
        }
    }

    private void onBehind(int line, DirectBuffer buffer, int offset, int length, long nowNs) {
        if (arbiter.statistics().isLive(line)) {
            catchUp.onLive(PacketFlyweight.epoch(buffer, offset), PacketFlyweight.sequence(buffer, offset));
            if (PacketFlyweight.kind(buffer, offset) == PacketKind.DATA) {
                // As many as there is room for: the replay may be near, or nobody may have the beginning.
                later.hold(line, buffer, offset, length, nowNs);
            }
        } else if (PacketFlyweight.kind(buffer, offset) == PacketKind.DATA) {
            // What waits says which epoch is the next, whatever the lines are at.
            boolean isHeld = later.hold(line, buffer, offset, length, nowNs);
            epochs.leave();
            if (!isHeld) {
                arbiter.onPacket(line, buffer, offset, length);
            }
        }
    }

    /** A line has spoken of a later epoch, and of what to expect next in it; false when that is not believed so far. */
    boolean onAnnounced(int line, long epoch, long sequence, long nowNs) {
        return later.onHeard(line, arbiter.epoch(), epoch, catchUp.isOn() ? 1 : sequence, nowNs);
    }

    /** The sequence to expect next by a packet that is no data. */
    static long announcedBy(DirectBuffer buffer, int offset) {
        return PacketFlyweight.kind(buffer, offset) == PacketKind.GAP
                ? ControlFlyweight.gapLast(buffer, offset) + 1
                : PacketFlyweight.sequence(buffer, offset);
    }
}

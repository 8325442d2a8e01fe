// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

import static io.heliograph.engine.wire.PacketFlyweight.HEADER_LENGTH;

import io.heliograph.engine.wire.ControlFlyweight;
import io.heliograph.engine.wire.PacketFlyweight;
import io.heliograph.engine.wire.PacketFraming;
import io.heliograph.engine.wire.PacketKind;
import org.agrona.DirectBuffer;

/**
 * Takes what is not data of the current epoch: heartbeats, gaps, seals, ends, later and older epochs, other streams, and what
 * cannot be read. Says to the {@link Arbiter} what it means.
 *
 * <p><b>Thread:</b> one owner: the thread that polls.
 *
 * <p><b>Allocation:</b> none after construction.
 */
final class RarePackets {
    private final Arbiter arbiter;
    private final LaterEpoch later;
    private final EpochChange epochs;
    private final SealCheck seals;
    private final QualityWatch watch;
    private final Refusals refusals;
    private final int streamId;
    private final boolean isFromStart;

    /**
     * @param arbiter does what follows.
     * @param later knows the epoch that follows.
     * @param epochs leaves the current epoch.
     * @param seals compares what was delivered.
     * @param watch told when something is heard.
     * @param refusals counts what is dropped.
     * @param context the stream, and where to begin.
     */
    RarePackets(
            Arbiter arbiter,
            LaterEpoch later,
            EpochChange epochs,
            SealCheck seals,
            QualityWatch watch,
            Refusals refusals,
            ArbiterContext context) {
        this.arbiter = arbiter;
        this.later = later;
        this.epochs = epochs;
        this.seals = seals;
        this.watch = watch;
        this.refusals = refusals;
        this.streamId = context.streamId();
        this.isFromStart = context.join() == ArbiterContext.Join.START;
    }

    void onPacket(int line, DirectBuffer buffer, int offset, int length, long nowNs) {
        int framing = PacketFraming.check(buffer, offset, length);
        if (framing != PacketFraming.OK) {
            refusals.refuseMalformed(line, framing);
            return;
        }
        if (PacketFlyweight.stream(buffer, offset) != streamId) {
            onForeign(line, buffer, offset, nowNs);
            return;
        }
        long epoch = PacketFlyweight.epoch(buffer, offset);
        int sight = see(line, epoch, PacketFlyweight.sequence(buffer, offset));
        if (sight > 0) {
            onLaterEpoch(line, buffer, offset, length, nowNs);
        } else if (sight == 0) {
            onCurrentEpoch(line, buffer, offset, length);
        }
    }

    /** Joins if nothing was heard so far; then 0 for the current epoch, 1 for a later one, -1 for one that is over. */
    private int see(int line, long epoch, long sequence) {
        if (arbiter.epoch() == Arbiter.NULL_EPOCH) {
            arbiter.beginEpoch(epoch, isFromStart ? 1 : sequence);
        }
        int sight = Long.compare(epoch, arbiter.epoch());
        if (sight < 0) {
            refusals.refuse(line, DropReason.OLD_EPOCH);
        } else {
            watch.onHeard();
        }
        return sight;
    }

    private void onCurrentEpoch(int line, DirectBuffer buffer, int offset, int length) {
        switch (PacketFlyweight.kind(buffer, offset)) {
            case PacketKind.DATA -> arbiter.onPacket(line, buffer, offset, length);
            case PacketKind.SEAL -> onSeal(line, buffer, offset);
            case PacketKind.END_OF_EPOCH -> arbiter.onEnd(line, PacketFlyweight.sequence(buffer, offset));
            default -> arbiter.onAnnounced(line, announcedBy(buffer, offset));
        }
    }

    private void onSeal(int line, DirectBuffer buffer, int offset) {
        long first = ControlFlyweight.sealFirst(buffer, offset);
        long last = ControlFlyweight.sealLast(buffer, offset);
        if (arbiter.onAnnounced(line, PacketFlyweight.sequence(buffer, offset))
                && !seals.onSeal(first, last, ControlFlyweight.sealCrc(buffer, offset))) {
            arbiter.onSealMismatch(first, last, line);
        }
    }

    private void onLaterEpoch(int line, DirectBuffer buffer, int offset, int length, long nowNs) {
        long epoch = PacketFlyweight.epoch(buffer, offset);
        int kind = PacketFlyweight.kind(buffer, offset);
        boolean isData = kind == PacketKind.DATA;
        if (!later.onHeard(line, arbiter.epoch(), epoch, isData ? 1 : announcedBy(buffer, offset), nowNs)) {
            return;
        }
        if (arbiter.isEnded()) {
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

    /** A packet of another stream is refused; but a heartbeat may speak for several streams of a publication. */
    private void onForeign(int line, DirectBuffer buffer, int offset, long nowNs) {
        if (PacketFlyweight.kind(buffer, offset) == PacketKind.HEARTBEAT) {
            int count = PacketFlyweight.count(buffer, offset);
            for (int i = 0; i < count; i++) {
                int entry = offset + HEADER_LENGTH + i * ControlFlyweight.HEARTBEAT_ENTRY_LENGTH;
                if (ControlFlyweight.heartbeatStream(buffer, entry) == streamId) {
                    onHeartbeatEntry(line, buffer, entry, nowNs);
                    return;
                }
            }
        }
        refusals.refuse(line, DropReason.FOREIGN_STREAM);
    }

    /** An entry of a heartbeat whose framing was checked. */
    void onHeartbeatEntry(int line, DirectBuffer buffer, int entry, long nowNs) {
        long epoch = ControlFlyweight.heartbeatEpoch(buffer, entry);
        long sequence = ControlFlyweight.heartbeatNext(buffer, entry);
        if (sequence < 1 || sequence > PacketFraming.MAX_SEQUENCE) {
            refusals.refuseMalformed(line, PacketFraming.BAD_SEQUENCE);
            return;
        }
        int sight = see(line, epoch, sequence);
        if (sight > 0) {
            later.onHeard(line, arbiter.epoch(), epoch, sequence, nowNs);
        } else if (sight == 0) {
            arbiter.onAnnounced(line, sequence);
        }
    }

    /** The sequence to expect next by a packet that is no data. */
    private static long announcedBy(DirectBuffer buffer, int offset) {
        return PacketFlyweight.kind(buffer, offset) == PacketKind.GAP
                ? ControlFlyweight.gapLast(buffer, offset) + 1
                : PacketFlyweight.sequence(buffer, offset);
    }
}

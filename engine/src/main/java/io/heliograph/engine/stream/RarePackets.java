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
    /** Who was away for longer begins with what comes: the rest would be more than can be fetched while that waits. */
    private static final long MOST_BETWEEN = 1 << 20;

    private final Arbiter arbiter;
    private final LaterPackets later;
    private final AnnouncedPlaces announced;
    private final SealCheck seals;
    private final QualityWatch watch;
    private final Refusals refusals;
    private final int streamId;
    private final ArbiterContext.Join join;
    private long keptEpoch = Arbiter.NULL_EPOCH;
    private long keptNext;

    /**
     * @param arbiter does what follows.
     * @param later takes what is of an epoch that follows.
     * @param announced takes what is said of how far the current one has come.
     * @param seals compares what was delivered.
     * @param watch told when something is heard.
     * @param refusals counts what is dropped.
     * @param context the stream, and where to begin.
     */
    RarePackets(
            Arbiter arbiter,
            LaterPackets later,
            AnnouncedPlaces announced,
            SealCheck seals,
            QualityWatch watch,
            Refusals refusals,
            ArbiterContext context) {
        this.arbiter = arbiter;
        this.later = later;
        this.announced = announced;
        this.seals = seals;
        this.watch = watch;
        this.refusals = refusals;
        this.streamId = context.streamId();
        this.join = context.join();
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
            later.onPacket(line, buffer, offset, length, nowNs);
        } else if (sight == 0) {
            onCurrentEpoch(line, buffer, offset, length);
        }
    }

    /** Joins if nothing was heard so far; then 0 for the current epoch, 1 for a later one, -1 for one that is over. */
    private int see(int line, long epoch, long sequence) {
        if (arbiter.epoch() == Arbiter.NULL_EPOCH) {
            if (join == ArbiterContext.Join.REPLAY) {
                announced.onUnjoined(epoch, sequence);
                return -1;
            }
            arbiter.beginEpoch(epoch, join == ArbiterContext.Join.START ? 1 : beginning(epoch, sequence));
        }
        int sight = Long.compare(epoch, arbiter.epoch());
        if (sight < 0) {
            refusals.refuse(line, DropReason.OLD_EPOCH);
        } else {
            watch.onHeard();
        }
        return sight;
    }

    /** Who has kept what came before goes on behind it: what is between is missing, and can be had elsewhere. */
    private long beginning(long epoch, long sequence) {
        boolean isKept = epoch == keptEpoch && keptNext < sequence && sequence - keptNext <= MOST_BETWEEN;
        return isKept ? keptNext : sequence;
    }

    /** All before a message was had in an earlier life. */
    void goOnFrom(long epoch, long sequence) {
        keptEpoch = epoch;
        keptNext = sequence;
    }

    private void onCurrentEpoch(int line, DirectBuffer buffer, int offset, int length) {
        switch (PacketFlyweight.kind(buffer, offset)) {
            case PacketKind.DATA -> arbiter.onPacket(line, buffer, offset, length);
            case PacketKind.SEAL -> onSeal(line, buffer, offset);
            case PacketKind.END_OF_EPOCH -> announced.onEnd(line, PacketFlyweight.sequence(buffer, offset));
            default -> announced.onAnnounced(line, LaterPackets.announcedBy(buffer, offset));
        }
    }

    private void onSeal(int line, DirectBuffer buffer, int offset) {
        long first = ControlFlyweight.sealFirst(buffer, offset);
        long last = ControlFlyweight.sealLast(buffer, offset);
        if (announced.onAnnounced(line, PacketFlyweight.sequence(buffer, offset))) {
            seals.onSeal(first, last, ControlFlyweight.sealCrc(buffer, offset), line);
            arbiter.onSeal(buffer, offset);
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
            later.onAnnounced(line, epoch, sequence, nowNs);
        } else if (sight == 0) {
            announced.onAnnounced(line, sequence);
        }
    }
}
